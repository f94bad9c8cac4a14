using Backstep.Gait;

namespace Backstep.Files.Recording;

/// <summary>
/// Brings a recording of any rate to what the chip would have said: interpolated to the chip's own 1 kHz, low-passed as
/// the chip does, read out at 100 Hz, rounded to its integers. Sample n, counted from 1, is read n * 10 ms after the
/// first row and lags the motion by the filter's delay, which the engine knows. Causal but for one row of
/// interpolation: a recording cut short gives the same samples up to the cut.
/// </summary>
public sealed class ChipResampler : IChipSource
{
    private const int Channels = 6;
    private const int TicksPerSample = LowPass.RateHertz / MotionScale.SampleRateHertz;

    // Times that should be on the edge are not always exactly there.
    private const double TimeTolerance = 1e-6;

    private readonly LowPass[] _filters = new LowPass[Channels];
    private readonly double[][] _values = [new double[Channels], new double[Channels], new double[Channels],
        new double[Channels]];
    private readonly double[] _times = new double[4];
    private readonly double[] _filtered = new double[Channels];
    private readonly ChipQuantiser _quantiser = new();
    private ChipSample[] _output = new ChipSample[16];
    private int _rows; // rows of this segment held, at most 4; the newest is the last
    private long _tick; // next 1 kHz tick to filter
    private double _origin = double.NaN; // time of tick 0

    /// <inheritdoc/>
    public long SampleCount { get; private set; }

    /// <inheritdoc/>
    public long Clipped => _quantiser.Clipped;

    /// <inheritdoc/>
    public double OriginSeconds => _origin;

    /// <inheritdoc/>
    public ReadOnlySpan<ChipSample> Add(in MotionRow row, out uint lostSamples)
    {
        lostSamples = 0;
        if (double.IsNaN(_origin))
        {
            _origin = row.Seconds;
            StartSegment(0);
        }
        else if (row.Seconds - _times[^1] > IChipSource.LongestHoleSeconds + TimeTolerance)
        {
            long firstTick = (long)Math.Ceiling(((row.Seconds - _origin) * LowPass.RateHertz) - TimeTolerance);
            long samplesBefore = (firstTick + TicksPerSample - 1) / TicksPerSample - 1;
            lostSamples = (uint)(samplesBefore - SampleCount);
            SampleCount = samplesBefore;
            StartSegment(firstTick);
        }

        Push(row);
        if (_rows == 1)
        {
            SettleFilters();
        }

        return _rows < 3 ? [] : Interpolate();
    }

    private void StartSegment(long firstTick)
    {
        _rows = 0;
        _tick = firstTick;
    }

    private void Push(in MotionRow row)
    {
        var oldest = _values[0];
        for (int i = 0; i < 3; i++)
        {
            _values[i] = _values[i + 1];
            _times[i] = _times[i + 1];
        }

        (oldest[0], oldest[1], oldest[2], oldest[3], oldest[4], oldest[5]) = (row.AxG, row.AyG, row.AzG, row.GxDps,
            row.GyDps, row.GzDps);
        _values[3] = oldest;
        _times[3] = row.Seconds;
        _rows = Math.Min(_rows + 1, 4);
    }

    private void SettleFilters()
    {
        for (int c = 0; c < Channels; c++)
        {
            _filters[c].Settle(_values[3][c]);
        }
    }

    /// <summary>Runs the filter over the ticks between rows 1 and 2 of the four held: the newest row is needed for the
    /// slope at row 2.</summary>
    private ReadOnlySpan<ChipSample> Interpolate()
    {
        double from = _times[1];
        double width = _times[2] - from;
        long lastTick = (long)Math.Floor(((_times[2] - _origin) * LowPass.RateHertz) + TimeTolerance);
        int made = 0;
        for (; _tick <= lastTick; _tick++)
        {
            double u = (_origin + ((double)_tick / LowPass.RateHertz) - from) / width;
            FilterTick(u, width);

            if (_tick == (SampleCount + 1) * TicksPerSample)
            {
                if (made == _output.Length)
                {
                    Array.Resize(ref _output, made * 2);
                }

                _output[made++] = _quantiser.Quantise(_filtered);
                SampleCount++;
            }
        }

        return _output.AsSpan(0, made);
    }

    /// <summary>Cubic Hermite interpolation with slopes from the neighbouring rows, whatever their spacing; then the
    /// filter.</summary>
    private void FilterTick(double u, double width)
    {
        double[] before = _values[_rows < 4 ? 1 : 0], start = _values[1], end = _values[2], after = _values[3];
        double spanStart = _times[2] - _times[_rows < 4 ? 1 : 0];
        double spanEnd = _times[3] - _times[1];
        double u2 = u * u;
        for (int c = 0; c < Channels; c++)
        {
            double slopeStart = (end[c] - before[c]) / spanStart * width;
            double slopeEnd = (after[c] - start[c]) / spanEnd * width;
            double rise = end[c] - start[c];
            double value = start[c] + (u * slopeStart) + (u2 * ((3 * rise) - (2 * slopeStart) - slopeEnd))
                + (u2 * u * (slopeStart + slopeEnd - (2 * rise)));
            _filtered[c] = _filters[c].Next(value);
        }
    }
}
