using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.Walks;
using Backstep.Walks.Strides;

namespace Backstep.Lab.Incline;

/// <summary>
/// Real feet on level ground, as they were walked and played backwards. Their sensors were not calibrated by this
/// project's gesture, so something else must count as the level floor: the foot that stands in the first second, where
/// it stands and the frame is not upright there; else the frame, which whoever made the recording has levelled.
/// </summary>
public static class LevelRecordings
{
    // A frame is not level in which the standing foot's gravity is off by more than a standing foot is (15: 2.6).
    private const double UprightDegrees = 3;

    /// <summary>The recordings of a folder by name, each in both directions of time.</summary>
    /// <exception cref="BadInputException">There is none, or one of them cannot be used.</exception>
    public static IReadOnlyList<LevelRecording> Run(string folder, CancellationToken stop)
    {
        if (!Directory.Exists(folder))
        {
            throw new BadInputException(
                $"there is no folder {OneLine.Of(folder)}. Name a folder with recordings (CSV) of level ground in it.");
        }

        var found = new List<LevelRecording>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            stop.ThrowIfCancellationRequested();
            if (!path.EndsWith(ReferenceCsv.Ending, StringComparison.OrdinalIgnoreCase)
                && !path.EndsWith(LengthsCsv.Ending, StringComparison.OrdinalIgnoreCase))
            {
                found.AddRange(Evaluate(path));
            }
        }

        return found;
    }

    /// <summary>One recording, as it was walked and played backwards.</summary>
    public static IReadOnlyList<LevelRecording> Evaluate(string path)
    {
        string stem = path[..^".csv".Length];
        using var reader = MotionCsvReader.Open(path);
        var rows = RowCheck.Hold(reader.Rows(), reader.Name);
        var first = rows.TakeWhile(row => row.Seconds - rows[0].Seconds <= MountSpec.RestSeconds).ToList();
        var frame = (File.Exists(stem + ".mount") ? MountSpec.Parse(File.ReadAllText(stem + ".mount").Trim())
            : MountSpec.Identity).Resolve(first, reader.Name);
        var standing = Standing(first);
        bool isLevel = Degrees(frame, standing) <= UprightDegrees;
        var mount = isLevel ? frame : Levelled(frame, standing);
        return [.. ((bool[])[false, true]).Select(reversed =>
        {
            double?[] said = InclineEvaluation.Said(new GaitEngine(mount, FootSide.Unknown),
                Samples(reversed ? [.. TimeReversal.Reverse(rows)] : rows));
            double[] known = [.. said.Where(one => one != null).Select(one => one!.Value)];
            return new LevelRecording(
                Path.GetFileName(stem),
                isLevel ? "frame" : "standing",
                reversed,
                said.Length,
                said.Length == 0 ? 1 : Math.Round(1 - ((double)known.Length / said.Length), 3),
                Statistics.Round(Statistics.Median(known), 2),
                Statistics.Round(Statistics.Percentile(known, 0.05), 2),
                Statistics.Round(Statistics.Percentile(known, 0.95), 2),
                Math.Round(100 * Dot((mount.XX, mount.XY, mount.XZ), standing), 2));
        })];
    }

    /// <summary>The same mount, turned about as little as makes a direction of gravity upright in it.</summary>
    public static Mount Levelled(Mount mount, (double X, double Y, double Z) up)
    {
        double length = Math.Sqrt(Dot(up, up));
        var z = (X: up.X / length, Y: up.Y / length, Z: up.Z / length);
        double along = Dot((mount.XX, mount.XY, mount.XZ), z);
        var x = (X: mount.XX - (along * z.X), Y: mount.XY - (along * z.Y), Z: mount.XZ - (along * z.Z));
        double flat = Math.Sqrt(Dot(x, x));
        x = (x.X / flat, x.Y / flat, x.Z / flat);
        var y = (X: (z.Y * x.Z) - (z.Z * x.Y), Y: (z.Z * x.X) - (z.X * x.Z), Z: (z.X * x.Y) - (z.Y * x.X));
        return new Mount((float)x.X, (float)x.Y, (float)x.Z, (float)y.X, (float)y.Y, (float)y.Z, (float)z.X,
            (float)z.Y, (float)z.Z);
    }

    private static IEnumerable<VirtualSensor.Walker.MotionCounts> Samples(List<MotionRow> rows)
    {
        var source = IChipSource.For(
            [.. rows.TakeWhile(row => row.Seconds - rows[0].Seconds <= MountSpec.RestSeconds)]);
        foreach (var row in rows)
        {
            foreach (var s in source.Add(row, out _).ToArray())
            {
                yield return new(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz);
            }
        }
    }

    // The calmest half of the first second: some begin to move in it.
    private static (double X, double Y, double Z) Standing(List<MotionRow> first)
    {
        var calm = first.OrderBy(r => (r.GxDps * r.GxDps) + (r.GyDps * r.GyDps) + (r.GzDps * r.GzDps))
            .Take(Math.Max(1, first.Count / 2)).ToList();
        return (calm.Average(r => r.AxG), calm.Average(r => r.AyG), calm.Average(r => r.AzG));
    }

    private static double Degrees(Mount mount, (double X, double Y, double Z) up) => double.RadiansToDegrees(
        Math.Acos(Math.Clamp(Dot((mount.ZX, mount.ZY, mount.ZZ), up) / Math.Sqrt(Dot(up, up)), -1, 1)));

    private static double Dot((double X, double Y, double Z) a, (double X, double Y, double Z) b) =>
        (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);
}
