using Backstep.Gait;

namespace Backstep.Files.Recording;

/// <summary>
/// A recording that has the chip's own even 100 Hz already, such as one that <c>backstep record</c> made: its rows are
/// the samples. Nothing is filtered twice, so the engine gets the very integers that the device had.
/// </summary>
public sealed class EvenSamples : IChipSource
{
    private const double Interval = 1.0 / MotionScale.SampleRateHertz;
    private const double Tolerance = 0.00005;

    private readonly ChipQuantiser _quantiser = new();
    private readonly ChipSample[] _output = new ChipSample[(int)(IChipSource.LongestHoleSeconds / Interval) + 1];
    private readonly double[] _values = new double[6];
    private MotionRow _last;

    /// <inheritdoc/>
    public long SampleCount { get; private set; }

    /// <inheritdoc/>
    public long Clipped => _quantiser.Clipped;

    /// <inheritdoc/>
    public double OriginSeconds { get; private set; } = double.NaN;

    /// <summary>Whether a recording that begins so is one.</summary>
    public static bool Fits(IReadOnlyList<MotionRow> start)
    {
        for (int i = 1; i < start.Count; i++)
        {
            if (Math.Abs(start[i].Seconds - start[i - 1].Seconds - Interval) > Tolerance)
            {
                return false;
            }
        }

        return start.Count > 1;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<ChipSample> Add(in MotionRow row, out uint lostSamples)
    {
        lostSamples = 0;
        long number = double.IsNaN(OriginSeconds) ? 1 : (long)Math.Round((row.Seconds - OriginSeconds) / Interval);
        long steps = number - SampleCount;
        if (double.IsNaN(OriginSeconds))
        {
            OriginSeconds = row.Seconds - Interval;
        }
        else if (row.Seconds - _last.Seconds > IChipSource.LongestHoleSeconds + Tolerance)
        {
            lostSamples = (uint)(steps - 1);
            steps = 1;
        }

        // A few rows that are lacking are bridged; a row too many, where the clock drifts against its grid, is left
        // out.
        int made = 0;
        for (int step = 1; step <= steps; step++)
        {
            Between(row, step / (double)steps);
            _output[made++] = _quantiser.Quantise(_values);
        }

        SampleCount = Math.Max(SampleCount, number);
        _last = row;
        return _output.AsSpan(0, made);
    }

    private void Between(in MotionRow row, double part)
    {
        _values[0] = double.Lerp(_last.AxG, row.AxG, part);
        _values[1] = double.Lerp(_last.AyG, row.AyG, part);
        _values[2] = double.Lerp(_last.AzG, row.AzG, part);
        _values[3] = double.Lerp(_last.GxDps, row.GxDps, part);
        _values[4] = double.Lerp(_last.GyDps, row.GyDps, part);
        _values[5] = double.Lerp(_last.GzDps, row.GzDps, part);
    }
}
