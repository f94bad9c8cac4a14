using Backstep.Files.Recording;
using Backstep.Protocol;

namespace Backstep.Lab.Rails;

/// <summary>A quarter of a second of a recorded wrist, with its end on the recording's clock.</summary>
/// <param name="Motion">As the sensor would have told it.</param>
/// <param name="EndSeconds">When it ended.</param>
public sealed record RecordedWrist(WristMotion Motion, double EndSeconds);

/// <summary>Reads a recording of a unit on the wrist: NAME.wrist.csv beside NAME.csv, made at the same time. The
/// device's own meter makes its records of it.</summary>
public static class WristRecording
{
    /// <summary>How the name of such a file ends.</summary>
    public const string Ending = ".wrist.csv";

    /// <summary>The recording that belongs to a shoe's, or null when there is none.</summary>
    /// <exception cref="BadInputException">It cannot be used.</exception>
    public static IReadOnlyList<RecordedWrist>? Beside(string shoe, CancellationToken stop)
    {
        string path = Path.ChangeExtension(shoe, null) + Ending;
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = MotionCsvReader.Open(path);
        var rate = new RateCheck(reader.Name);
        var rows = new List<MotionRow>();
        foreach (var row in reader.Rows())
        {
            stop.ThrowIfCancellationRequested();
            rate.Add(row.Seconds);
            rows.Add(row);
        }

        rate.Finish();
        return Measure(rows);
    }

    private static List<RecordedWrist> Measure(List<MotionRow> rows)
    {
        var source =
            IChipSource.For([.. rows.TakeWhile(row => row.Seconds - rows[0].Seconds <= MountSpec.RestSeconds)]);
        var records = new WristRecords();
        var found = new List<RecordedWrist>();
        foreach (var row in rows)
        {
            var made = source.Add(row, out uint lost);
            if (lost > 0)
            {
                records.Gap(lost);
            }

            foreach (ref readonly var sample in made)
            {
                if (records.Add(sample) is { } record)
                {
                    found.Add(new RecordedWrist(record, source.OriginSeconds + (record.EndMilliseconds / 1000.0)));
                }
            }
        }

        return found;
    }
}
