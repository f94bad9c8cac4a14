namespace Backstep.VirtualSensor.Board;

/// <summary>
/// One axis of the chip's digital low-pass at 1 kHz: a single pole with the data sheet's -3 dB bandwidth, then a pure delay that makes up the data sheet's delay.
/// (The chip's real filter is not published; only those two numbers are.)
/// </summary>
internal sealed class DigitalLowPass
{
    private const double SamplesPerMillisecond = 1;
    private readonly double _weight;
    private readonly double _fraction;
    private readonly double[] _line;
    private double _pole;
    private int _at;

    public DigitalLowPass(double bandwidthHertz, double delayMilliseconds, double start)
    {
        // The one weight at which |H| is 1/sqrt(2) at the bandwidth: y += w (x - y).
        var b = 1 - Math.Cos(2 * Math.PI * bandwidthHertz / 1000);
        _weight = Math.Sqrt((b * b) + (2 * b)) - b;

        // The pole's own delay of slow signals is (1 - w) / w samples.
        var delay = Math.Max(0, (delayMilliseconds * SamplesPerMillisecond) - ((1 - _weight) / _weight));
        _fraction = delay - Math.Floor(delay);
        _line = new double[(int)delay + 2];
        Array.Fill(_line, start);
        _pole = start;
        Output = start;
    }

    public double Output { get; private set; }

    public void Next(double value)
    {
        _pole += _weight * (value - _pole);
        _line[_at] = _pole;

        // The ring holds delay + 2 samples: the next place is the oldest, the one after it is one sample younger.
        _at = (_at + 1) % _line.Length;
        var older = _line[_at];
        var younger = _line[(_at + 1) % _line.Length];
        Output = younger + (_fraction * (older - younger));
    }
}
