using System.Globalization;
using Backstep.Files.Recording;
using Backstep.Gait;

namespace Backstep.Replay.Tests;

/// <summary>The real recordings beside this file, and what the companion's replay makes of them.</summary>
internal static class Recordings
{
    public const string Left = "09_gaitmap_healthy_left";
    public const string Right = "10_gaitmap_healthy_right";
    public const string Slow = "07_gdin_walk_slow_exp36";
    public const string Extreme = "08_gdin_walk_to_run_exp38";
    public const string Loop = "13_xio_short_walk";

    private static readonly Dictionary<string, string> Mounts = new()
    {
        [Left] = "x=X,y=Y,z=Z",
        [Right] = "x=X,y=Y,z=Z",
        [Slow] = "toe-up=-0.315,-0.872,-0.374",
        [Extreme] = "toe-up=0.301,0.818,-0.490",
        [Loop] = "toe-up=0.029,-0.948,0.316",
    };

    public static IReadOnlyList<ReplayedStride> Play(string name, bool reverse)
    {
        using var reader = MotionCsvReader.Open(Path(name));
        var side = name == Left ? FootSide.Left : name == Right ? FootSide.Right : FootSide.Unknown;
        return Files.Recording.Replay.Run(reader,
            new ReplayOptions(MountSpec.Parse(Mounts[name]), side, reverse)).Strides;
    }

    /// <summary>All rows, and how the sensor sat.</summary>
    public static (List<MotionRow> Rows, Mount Mount) Rows(string name)
    {
        using var reader = MotionCsvReader.Open(Path(name));
        var rows = reader.Rows().ToList();
        var start = rows.TakeWhile(row => row.Seconds - rows[0].Seconds <= MountSpec.RestSeconds).ToList();
        return (rows, MountSpec.Parse(Mounts[name]).Resolve(start, name));
    }

    /// <summary>Times of a motion-capture event, s. Played backwards, a foot-off is an initial contact and the other
    /// way round.</summary>
    public static IReadOnlyList<double> Events(string name, string kind) =>
    [
        .. File.ReadLines(Path(name + "_events")).Skip(1).Select(line => line.Split(','))
            .Where(cells => cells[0] == kind)
            .Select(cells => double.Parse(cells[1], CultureInfo.InvariantCulture)),
    ];

    /// <summary>Time of the recording's last row, s.</summary>
    public static double EndSeconds(string name) =>
        double.Parse(File.ReadLines(Path(name)).Last().Split(',')[0], CultureInfo.InvariantCulture);

    private static string Path(string name) =>
        System.IO.Path.Combine(AppContext.BaseDirectory, "Recordings", name + ".csv");
}
