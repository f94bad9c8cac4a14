using System.Globalization;
using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Strides;

namespace Backstep.Lab.Incline;

/// <summary>Holds the incline that the engine says against the belts of simulated walkers, and against level
/// ground.</summary>
public static class InclineEvaluation
{
    /// <summary>Walkers if nobody says otherwise.</summary>
    public const int DefaultWalkers = 200;

    // Every other stance is looked at, the first only begins it, and five make a figure.
    private const int FirstStrides = 2 * (InclineMeter.LeastStances + 1);

    // Real feet stand otherwise than they walk: 1 % was hoped for, and is not reached by all (the page of the engine).
    private const double MostRealPercent = 2;

    private const double TenthsPerPercent = 10;
    private const double SteepClipDegrees = 30;

    private static readonly (string Name, Func<InclineWalker, bool> Holds)[] Groups =
    [
        ("all", _ => true),
        ("backward", one => one.Who.Walk.Direction == Direction.Backward),
        ("forward", one => one.Who.Walk.Direction == Direction.Forward),
        ("foot rests in the stance", one => one.Who.Grid == "usual"),
        ("stance rolls", one => one.Who.Grid != "usual"),
        ("clip sloped beyond 30 degrees",
            one => Math.Abs(one.Who.Settings.Place.PitchUpDegrees) > SteepClipDegrees),
        ("downhill", one => one.InclinePercent < 0),
        ("beyond 10 %", one => one.InclinePercent > 10),
    ];

    private static readonly (string Name, bool AtLeast, double Bound, Func<InclineReport, double?> Of)[] Bounds =
    [
        ("simulated: median absolute error, % of slope", false, 1, report => report.Simulated[0].MedianAbsolutePercent),
        ("simulated: 95 % of absolute errors, % of slope", false, 3,
            report => report.Simulated[0].Percentile95AbsolutePercent),
        ("simulated, stance rests: 95 % of absolute errors, % of slope", false, 1.5,
            report => report.Simulated.Single(row => row.Name == Groups[3].Name).Percentile95AbsolutePercent),
        ("simulated: unknown, share", false, 0.25, report => report.Simulated[0].UnknownShare),
    ];

    /// <summary>Simulated walkers, and the recordings of a folder, all of level ground.</summary>
    /// <param name="seed">Of the walkers.</param>
    /// <param name="walkers">How many.</param>
    /// <param name="seconds">How long each walks.</param>
    /// <param name="recordings">The level recordings.</param>
    /// <param name="check">Whether the targets are held against it.</param>
    /// <param name="stop">Ends it early.</param>
    public static InclineReport Run(int seed, int walkers, double seconds, IReadOnlyList<LevelRecording> recordings,
        bool check, CancellationToken stop)
    {
        var all = new (InclineWalker Walker, double?[]? Said)[walkers];
        Parallel.For(0, walkers, new ParallelOptions { CancellationToken = stop }, i =>
        {
            var walker = InclineWalkers.At(seed, i + 1, seconds);
            all[i] = (walker, walker.Calibrate() is { } mount ? Play(walker, mount, seconds) : null);
        });
        var report = new InclineReport(
            string.Create(CultureInfo.InvariantCulture,
                $"SYNTHETIC: {walkers} simulated walkers on sloped belts, seed {seed}, {seconds:0.#} s each; no person "
                + $"walked"),
            seed,
            [.. Groups.Select(group => Row(group.Name, [.. all.Where(one => group.Holds(one.Walker))]))],
            recordings,
            [],
            [.. Notes(all.Count(one => one.Said is null), recordings.Count)]);
        return !check ? report : report with { Targets = [.. Check(report)] };
    }

    /// <summary>What is said at each stride, %, or null, but of the first twelve; by an engine.</summary>
    public static double?[] Said(GaitEngine engine, IEnumerable<MotionCounts> samples)
    {
        var said = new List<double?>();
        foreach (var s in samples)
        {
            if (engine.Add(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz))
            {
                engine.TakeStride();
                int tenths = engine.Incline.TenthsPercent;
                said.Add(tenths == Stride.Missing ? null : tenths / TenthsPerPercent);
            }
        }

        return [.. said.Skip(FirstStrides)];
    }

    private static double?[] Play(InclineWalker walker, Mount mount, double seconds)
    {
        var feet = walker.Who.Make(seconds);
        return Said(new GaitEngine(mount, walker.Who.Settings.Side), Sampler.Sample(feet, feet.Seconds, walker.Chip));
    }

    private static InclineRow Row(string name, (InclineWalker Walker, double?[]? Said)[] group)
    {
        double?[][] told = [.. group.Select(one => one.Said ?? [])];
        double[] errors = [.. group.SelectMany(one => (one.Said ?? []).Where(said => said != null)
            .Select(said => said!.Value - one.Walker.InclinePercent))];
        double[] sizes = [.. errors.Select(Math.Abs)];
        int strides = told.Sum(one => one.Length);
        return new InclineRow(
            name,
            group.Length,
            strides,
            strides == 0 ? 1 : Math.Round(1 - ((double)errors.Length / strides), 3),
            told.Count(one => one.All(said => said == null)),
            Statistics.Round(Statistics.Median(sizes), 2),
            Statistics.Round(Statistics.Percentile(sizes, 0.95), 2),
            Statistics.Round(Statistics.Median(errors), 2));
    }

    private static IEnumerable<TargetResult> Check(InclineReport report) =>
    [
        .. Bounds.Select(bound => Held(bound.Name, bound.AtLeast, bound.Bound, bound.Of(report))),
        .. report.Recordings.Where(one => !one.Reversed && one.MedianPercent != null)
            .Select(one => Held($"{one.Name}, real, level: |median|, % of slope", false, MostRealPercent,
                Math.Abs(one.MedianPercent!.Value))),
    ];

    private static TargetResult Held(string name, bool atLeast, double bound, double? value) =>
        new(name, atLeast, bound, value, value is { } number && (atLeast ? number >= bound : number <= bound));

    private static IEnumerable<string> Notes(int refused, int recordings)
    {
        if (refused > 0)
        {
            yield return $"the mount calibration refused {refused} of the walkers.";
        }

        if (recordings > 0)
        {
            yield return "standing: what the same mount says of the foot that stands in the recording's first second. "
                + "A mount that is calibrated by standing as this person stood there is off by it.";
        }
    }
}
