using Backstep.Gait;
using Backstep.Walks.Events;

namespace Backstep.Files.Recording;

/// <summary>Collects raw motion until there is enough, by the sensor's own numbers.</summary>
/// <param name="length">How much.</param>
public sealed class RawCapture(TimeSpan length)
{
    /// <summary>What a reader of the file should know.</summary>
    public const string UnitsComment =
        "units: seconds, g (resting foot: +1 on az), degrees per second; axes: x to the toes, y left, z up";

    /// <summary>The same, of a unit on the wrist.</summary>
    public const string WristComment =
        "units: seconds, g, degrees per second; worn on the wrist; axes: the sensor's own";

    private const double Interval = 1.0 / MotionScale.SampleRateHertz;

    /// <summary>Samples wanted, those that did not arrive included.</summary>
    public long Wanted { get; } = (long)Math.Round(length.TotalSeconds * MotionScale.SampleRateHertz);

    /// <summary>What came.</summary>
    public List<(long Number, ChipSample Sample)> Samples { get; } = [];

    /// <summary>Whether it is enough.</summary>
    public bool IsComplete => Samples.Count > 0 && Samples[^1].Number - Samples[0].Number + 1 >= Wanted;

    /// <summary>From the first sample to the last.</summary>
    public double DurationSeconds =>
        Samples.Count == 0 ? 0 : Math.Round((Samples[^1].Number - Samples[0].Number) * Interval, 3);

    /// <summary>Takes an event. A number that does not go on from the last one is of a sensor that was started anew, or
    /// came twice: it is left out.</summary>
    public void Apply(SensorEvent received)
    {
        if (received is not RawMotionReceived { Motion: var motion })
        {
            return;
        }

        for (int i = 0; i < motion.Count && !IsComplete; i++)
        {
            long number = motion.FirstSample + i;
            if (Samples.Count == 0 || number > Samples[^1].Number)
            {
                Samples.Add(
                    (number,
                        new ChipSample(motion.Get(i, 0), motion.Get(i, 1), motion.Get(i, 2), motion.Get(i, 3),
                            motion.Get(i, 4), motion.Get(i, 5))));
            }
        }
    }

    /// <summary>Writes the recording. Rows carry the time of their number, so samples that did not arrive leave a gap
    /// in time.</summary>
    /// <returns>How many did not arrive.</returns>
    public long Write(TextWriter writer, IEnumerable<string> comments)
    {
        using var csv = new MotionCsvWriter(writer, comments);
        long missing = 0;
        for (int i = 0; i < Samples.Count; i++)
        {
            csv.Write((Samples[i].Number - Samples[0].Number) * MotionScale.SampleMilliseconds, Samples[i].Sample);
            missing += i == 0 ? 0 : Samples[i].Number - Samples[i - 1].Number - 1;
        }

        return missing;
    }
}
