using Backstep.Gait;

namespace Backstep.Files.Recording;

/// <summary>Rounds to the chip's integers.</summary>
public sealed class ChipQuantiser
{
    private const int Accelerations = 3;

    /// <summary>How many numbers were beyond the chip's range and were held at its edge.</summary>
    public long Clipped { get; private set; }

    /// <summary>Three accelerations in g and three angular rates in deg/s as the chip would say them.</summary>
    public ChipSample Quantise(ReadOnlySpan<double> values) =>
        new(Counts(values, 0), Counts(values, 1), Counts(values, 2), Counts(values, 3), Counts(values, 4),
            Counts(values, 5));

    private short Counts(ReadOnlySpan<double> values, int channel)
    {
        double counts =
            Math.Round(
                values[channel]
                    * (channel < Accelerations ? MotionScale.AccelerometerCountsPerG
                        : MotionScale.GyroscopeCountsPerDegreePerSecond));
        if (counts is > short.MaxValue or < short.MinValue)
        {
            Clipped++;
            counts = Math.Clamp(counts, short.MinValue, short.MaxValue);
        }

        return (short)counts;
    }
}
