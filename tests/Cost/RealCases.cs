using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>
/// Recordings of real feet, brought to the chip's integers as a replay does. Beside NAME.csv a file NAME.mount may say
/// how the sensor sat, in the words of
/// `backstep replay --mount`; without it the axes are the foot's. Files named *_events.csv are references, not
/// recordings.
/// </summary>
public static class RealCases
{
    /// <summary>The folder beside the program into which the repository's recordings are copied.</summary>
    public static string FolderBesideProgram { get; } = Path.Combine(AppContext.BaseDirectory, "Recordings");

    /// <summary>Every recording of a folder, and each once more in reversed time, which resembles walking backward;
    /// none when there is no such folder.</summary>
    public static IReadOnlyList<CostCase> In(string folder) =>
        !Directory.Exists(folder) ? [] :
        [
            .. from path in Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
               where !path.EndsWith("_events.csv", StringComparison.OrdinalIgnoreCase)
               let name = Path.GetFileNameWithoutExtension(path)
               from reversed in (bool[])[false, true]
               select new CostCase(reversed ? $"real: {name}, time reversed" : $"real: {name}", true,
                   () => Read(path, reversed)),
        ];

    private static CostInput Read(string path, bool reversed)
    {
        using var reader = MotionCsvReader.Open(path);
        var rows = reader.Rows().ToList();
        string mountFile = Path.ChangeExtension(path, ".mount");
        var spec = File.Exists(mountFile) ? MountSpec.Parse(File.ReadAllText(mountFile).Trim()) : MountSpec.Identity;
        var mount = spec.Resolve([.. rows.TakeWhile(row => row.Seconds - rows[0].Seconds <= MountSpec.RestSeconds)],
            reader.Name);

        // Across a hole in the recording the samples are joined: this is about their cost, not about strides.
        var resampler = new ChipResampler();
        List<MotionCounts> samples = [];
        foreach (var row in reversed ? TimeReversal.Reverse(rows) : rows)
        {
            foreach (var s in resampler.Add(row, out _))
            {
                samples.Add(new MotionCounts(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz));
            }
        }

        return new CostInput(mount, [.. samples]);
    }
}
