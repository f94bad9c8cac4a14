namespace Backstep.VirtualSensor.Board;

/// <summary>
/// One axis of the chip's digital low-pass at 1 kHz: a single pole with the data sheet's -3 dB bandwidth, then a pure
/// delay that makes up the data sheet's delay. (The chip's real filter is not published; only those two numbers are.
/// Where the pole alone is slower than the data sheet, at 10 Hz and 5 Hz, the bandwidth is kept.)
/// </summary>
internal sealed class DigitalLowPass
{
    private readonly double _weight;
    private readonly double[] _line;
    private readonly double _allPass;
    private double _pole;
    private double _before;
    private int _at;

    public DigitalLowPass(double bandwidthHertz, double delayMilliseconds, double start)
    {
        // The one weight at which |H| is 1/sqrt(2) at the bandwidth: y += w (x - y).
        var b = 1 - Math.Cos(2 * Math.PI * bandwidthHertz / 1000);
        _weight = Math.Sqrt((b * b) + (2 * b)) - b;

        // The pole's own delay of slow signals is (1 - w) / w samples of 1 ms. What is missing: whole samples in a
        // ring, the rest by an all-pass of first order (Thiran), which keeps the gain at 1 at all frequencies.
        var delay = Math.Max(0, delayMilliseconds - ((1 - _weight) / _weight));
        var whole = Math.Max(0, (int)Math.Floor(delay - 0.5));
        _allPass = (1 - (delay - whole)) / (1 + delay - whole);
        _line = new double[whole + 1];
        Array.Fill(_line, start);
        (_pole, _before, Output) = (start, start, start);
    }

    public double Output { get; private set; }

    public void Next(double value)
    {
        _pole += _weight * (value - _pole);
        _line[_at] = _pole;
        _at = (_at + 1) % _line.Length;
        var delayed = _line[_at];

        // With no delay at all the all-pass is the identity.
        Output = _allPass >= 1 ? delayed : (_allPass * (delayed - Output)) + _before;
        _before = delayed;
    }
}
