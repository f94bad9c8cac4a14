namespace Backstep.VirtualSensor.Board;

/// <summary>
/// The motion interrupt of an MPU-6050: after a digital high-pass, an axis above the threshold for long enough.
/// (Registers MOT_THR 0x1F and MOT_DUR 0x20 are in the register map's revision 3; the later one leaves them out, the
/// chip has them.)
/// </summary>
internal sealed class MotionDetector
{
    private static readonly double[] HighPassHertz = [0, 5, 2.5, 1.25, 0.63];
    private readonly double[] _slow = new double[3];
    private bool _primed;
    private int _above;

    /// <summary>Looks at one sample of 1 kHz, in g. True when motion is found.</summary>
    /// <param name="x">g.</param>
    /// <param name="y">g.</param>
    /// <param name="z">g.</param>
    /// <param name="highPass">ACCEL_HPF: 0 none, 1 to 4 a corner frequency, 7 holds the sample at which it was
    /// set.</param>
    /// <param name="threshold">MOT_THR, 32 mg a count.</param>
    /// <param name="duration">MOT_DUR, milliseconds.</param>
    public bool Next(double x, double y, double z, int highPass, byte threshold, byte duration)
    {
        if (!_primed)
        {
            (_slow[0], _slow[1], _slow[2], _primed) = (x, y, z, true);
        }

        var limit = threshold * 0.032;
        var moved = Above(0, x, highPass, limit) | Above(1, y, highPass, limit) | Above(2, z, highPass, limit);
        _above = moved ? _above + 1 : 0;
        return threshold > 0 && _above > 0 && _above >= duration;
    }

    /// <summary>Starts afresh: the next sample is the one to hold.</summary>
    public void Reset()
    {
        _primed = false;
        _above = 0;
    }

    private bool Above(int axis, double value, int highPass, double limit)
    {
        if (highPass is >= 1 and <= 4)
        {
            _slow[axis] += (1 - Math.Exp(-2 * Math.PI * HighPassHertz[highPass] / 1000)) * (value - _slow[axis]);
        }

        var rest = highPass is 0 or 5 or 6 ? value : value - _slow[axis];
        return Math.Abs(rest) > limit;
    }
}
