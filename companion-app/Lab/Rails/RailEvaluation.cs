using System.Globalization;
using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks;
using Backstep.Walks.Rails;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Lab.Rails;

/// <summary>Puts the evaluation of rails together: on simulated walkers, or on an owner's two labelled
/// recordings.</summary>
public static class RailEvaluation
{
    /// <summary>Windows of the shoe that are reported.</summary>
    public static readonly IReadOnlyList<int> Windows = [20, RailEstimator.DefaultWindow, 80];

    /// <summary>Walkers unless told otherwise.</summary>
    public const int DefaultWalkers = 300;

    private const int ChainRuns = 6;
    private const string ShoeWords = "shoe", FusedWords = "shoe and wrist";
    private static readonly int[] RocPercents = [99, 95, 90, 80, 70, 50, 30, 20, 10, 5, 1];

    /// <summary>Simulated walkers. The constants were set with other seeds than the default one.</summary>
    public static RailEvaluationReport Simulate(int seed, int walkers, bool check, CancellationToken stop)
    {
        var shoe = new List<ShoeRow>();
        var roc = new List<RocRow>();
        var reliability = new List<ReliabilityRow>();
        ShoeRailsTally? device = null;
        foreach (int window in Windows)
        {
            var (published, backward) = ShoeRails.Run(seed, walkers, window, stop);
            var all = new ShoeRailsTally();
            all.Add(published);
            all.Add(backward);
            shoe.Add(ShoeRow.Of("as published", window, published));
            shoe.Add(ShoeRow.Of("2-3 x forward", window, backward));
            shoe.Add(ShoeRow.Of("all", window, all));
            roc.AddRange(Roc(ShoeWords, window, all.Probabilities));
            device = window == RailEstimator.DefaultWindow ? all : device;
        }

        var arms = ArmRails.Run(seed, walkers, Windows, stop);
        for (int w = 0; w < Windows.Count; w++)
        {
            roc.AddRange(Roc(FusedWords, Windows[w], arms[w].Probabilities));
        }

        var fused = arms[1];
        reliability.AddRange(Bins(ShoeWords, device!.Probabilities));
        reliability.AddRange(Bins(FusedWords, fused.Probabilities));
        var report = new RailEvaluationReport
        {
            Title = string.Create(CultureInfo.InvariantCulture,
                $"SYNTHETIC: rails told of {walkers} simulated walkers, seed {seed}; no person walked"),
            Synthetic = true,
            Shoe = shoe,
            ShoeAndWrist = [.. Windows.Select((window, w) => WristRow.Of(window, arms[w]))],
            Poses = [.. Enum.GetValues<ArmPose>().Select(pose => PoseRow.Of(pose, fused))],
            Roc = roc,
            Reliability = reliability,
            Chain = RailChain.Run(seed, ChainRuns, stop),
            Notes =
            [
                "The walkers' scatter has the published group's means and spreads (15 young adults walking forward "
                + "on an omnidirectional treadmill; J NeuroEng Rehabil 2024 21:29, table 3), or 2 to 3 times that of "
                + "walking forward over ground; how it goes together, what practice, days and arms do, is assumed.",
                "Of real walkers nothing is known: no recording of rails held and let go, from a shoe or a wrist, is "
                + "published or at hand.",
            ],
        };
        return check ? report with { Targets = TargetsOf(report, device) } : report;
    }

    /// <summary>An owner's own recordings: some with the rails held, some with free hands, as their <c># rails:</c>
    /// lines or their names say.</summary>
    /// <exception cref="BadInputException">One of the two is missing, too short, or cannot be used.</exception>
    public static RailEvaluationReport OfRecordings(string folder, RecordingDefaults defaults, CancellationToken stop)
    {
        var notes = new List<string>();
        var recordings = RailRecordings.Read(folder, defaults, notes, stop);
        var calibration = new RailCalibration();
        var rest = new Dictionary<Posture, List<Stride>>();
        foreach (var posture in new[] { Posture.Held, Posture.Free })
        {
            var strides = recordings.Where(recording => recording.Posture == posture)
                .SelectMany(recording => recording.Strides.Select(stride => stride.Stride)).ToList();
            rest[posture] = Calibrate(calibration, posture, strides);
        }

        var baselines = calibration.Found!;
        bool synthetic = recordings.Any(recording => recording.Synthetic);
        notes.Add(RailEstimator.AreDistinct(baselines)
            ? $"baselines: stride time varies by {Percent(baselines.Held.StrideTimeHundredthsPercent)} % held and "
                + $"{Percent(baselines.Free.StrideTimeHundredthsPercent)} % free; they are far enough apart."
            : $"baselines: stride time varies by {Percent(baselines.Held.StrideTimeHundredthsPercent)} % held and "
                + $"{Percent(baselines.Free.StrideTimeHundredthsPercent)} % free: they overlap, so the shoe alone "
                + $"will never say anything of this walker.");
        notes.Add("The first 40 strides of each posture make the baselines; only the strides after them are judged. "
            + "One walker, one day: this says how well it works with you, not with people.");
        var rows = new List<ShoeRow>();
        var roc = new List<RocRow>();
        var reliability = new List<ReliabilityRow>();
        foreach (int window in Windows)
        {
            var tally = Judge(baselines, rest, window);
            rows.Add(ShoeRow.Of("you", window, tally));
            roc.AddRange(Roc(ShoeWords, window, tally.Probabilities));
            if (window == RailEstimator.DefaultWindow)
            {
                reliability.AddRange(Bins(ShoeWords, tally.Probabilities));
            }
        }

        var wrist = OfWrists(recordings, baselines, notes);
        for (int w = 0; w < wrist.Length; w++)
        {
            roc.AddRange(Roc(FusedWords, Windows[w], wrist[w].Probabilities));
        }

        if (wrist.Length > 0)
        {
            reliability.AddRange(
                Bins(FusedWords, wrist[Windows.ToList().IndexOf(RailEstimator.DefaultWindow)].Probabilities));
        }

        return new RailEvaluationReport
        {
            Title = $"{(synthetic ? "SYNTHETIC" : "REAL")}: rails told of {recordings.Count} recordings of {folder}",
            Synthetic = synthetic,
            Shoe = rows,
            ShoeAndWrist = [.. wrist.Select((tally, w) => WristRow.Of(Windows[w], tally))],
            Poses = [],
            Roc = roc,
            Reliability = reliability,
            Chain = null,
            Notes = notes,
        };
    }

    /// <summary>Shoe and wrist, with each of the shoe's windows; empty unless there is a recording of a wrist with
    /// either posture.</summary>
    private static ArmRailsTally[] OfWrists(IReadOnlyList<RailRecording> recordings, RailBaselines shoe,
        List<string> notes)
    {
        var worn = new Dictionary<Posture, RailRecording>();
        foreach (var recording in recordings.Where(
            recording => recording.Wrist is { Count: > 0 } && recording.Strides.Count > RailCalibration.StridesNeeded))
        {
            worn.TryAdd(recording.Posture, recording);
        }

        if (worn.Count < 2)
        {
            return [];
        }

        if (OwnWrist.Calibrate(worn) is not { } wrist)
        {
            notes.Add("the recordings of the wrist are too short, or were not made at the same time as those of the "
                + "shoe: it was left out.");
            return [];
        }

        notes.Add($"wrist: the first recording of either posture ({worn[Posture.Held].Name}, "
            + $"{worn[Posture.Free].Name}); the minutes that made the shoe's baselines made the wrist's.");
        return [.. Windows.Select(window => OwnWrist.Judge(worn, shoe, wrist, window))];
    }

    private static List<Stride> Calibrate(RailCalibration calibration, Posture posture, List<Stride> strides)
    {
        calibration.Begin(posture);
        int taken = 0;
        while (calibration.IsRunning && taken < strides.Count)
        {
            calibration.Add(strides[taken++], Stride.Missing);
        }

        string words = StrideText.Of(posture);
        return calibration.HasFailed
            ? throw new BadInputException(
                $"the strides with rails {words} go another way, or at a speed more than 10 % from that of the "
                + $"others. Record both at one speed and incline.")
            : calibration.IsRunning
                ? throw new BadInputException(
                    $"too few strides with rails {words}: {strides.Count}. 40 make the baseline, and what comes "
                    + $"after them is judged: record three minutes or more.")
                : strides[taken..];
    }

    private static ShoeRailsTally Judge(RailBaselines baselines, Dictionary<Posture, List<Stride>> rest, int window)
    {
        var tally = new ShoeRailsTally { Walkers = 1, Overlapping = RailEstimator.AreDistinct(baselines) ? 0 : 1 };
        foreach (var (posture, strides) in rest)
        {
            var estimator = new RailEstimator(window);
            estimator.Use(baselines);
            var said = Posture.Unknown;
            var changes = new ChangesInAMinute();
            int count = 0;
            foreach (var stride in strides)
            {
                estimator.Add(stride);
                estimator.Finish();
                tally.All.Add(posture, estimator.Posture);
                if (++count < window + SpreadWindow.Before)
                {
                    said = estimator.Posture;
                    continue;
                }

                tally.Steady.Add(posture, estimator.Posture);
                if (estimator.HeldPercent != Stride.Missing)
                {
                    tally.Probabilities.Add(estimator.HeldPercent, posture);
                }

                tally.SteadyMinutes += Math.Max(stride.StrideMilliseconds, 0) / 60000.0;
                if (estimator.Posture != said)
                {
                    said = estimator.Posture;
                    tally.Changes++;
                    tally.MostChangesInAMinute = Math.Max(tally.MostChangesInAMinute,
                        changes.Note(tally.SteadyMinutes * 60));
                }
            }
        }

        return tally;
    }

    private static List<TargetResult> TargetsOf(RailEvaluationReport report, ShoeRailsTally device)
    {
        var targets = new List<TargetResult>();
        void AtLeast(string name, double bound, double? value) =>
            targets.Add(new TargetResult(name, true, bound, value, value >= bound));
        void AtMost(string name, double bound, double? value) =>
            targets.Add(new TargetResult(name, false, bound, value, value <= bound));
        foreach (var row in report.Shoe.Where(row => row.Who == "all"))
        {
            AtLeast($"shoe, {row.WindowStrides} strides: right of what it decides", 0.9, row.RightOfDecided);
            AtMost($"shoe, {row.WindowStrides} strides: changes in any minute", 1, row.MostChangesInAMinute);
        }

        AtMost("shoe: strides told without calibration", 0, device.Uncalibrated.Decided);
        AtMost("shoe: strides told at another speed", 0, device.OtherSpeed.Decided);
        foreach (var row in report.ShoeAndWrist)
        {
            AtLeast($"with wrist, {row.WindowStrides} strides: balanced accuracy", 0.97, row.BalancedAccuracy);
            AtMost($"with wrist, {row.WindowStrides} strides: changes in any minute", 1, row.MostChangesInAMinute);
            AtLeast($"with wrist, {row.WindowStrides} strides: changes told within 3 s, share", 0.95,
                row.NoticedWithin3SecondsShare);
        }

        AtMost("clocks apart after alignment, 99 %, ms", 100, report.ShoeAndWrist[0].ClockErrorMilliseconds99);

        // Where it is sure, it must be: the outer bins, which are what is said.
        foreach (var bin in report.Reliability.Where(
            bin => bin.Source == ShoeWords && bin.FromPercent is 0 or 90 && bin.Source == ShoeWords))
        {
            AtMost($"shoe: said {bin.SaidPercent:0} %, seen: difference", 5,
                Math.Round(Math.Abs(bin.SaidPercent - bin.SeenPercent), 2));
        }

        AtLeast("whole chain: right of what it decides", 0.9, report.Chain?.RightOfDecided);
        return targets;
    }

    private static IEnumerable<RocRow> Roc(string source, int window, RailProbabilities probabilities) =>
        RocPercents.Select(percent =>
    {
        var (hit, alarm) = probabilities.PointAt(percent);
        return new RocRow(source, window, percent, Math.Round(hit, 4), Math.Round(alarm, 4));
    });

    private static IEnumerable<ReliabilityRow> Bins(string source, RailProbabilities probabilities) =>
        probabilities.Reliability().Select(bin =>
        new ReliabilityRow(source, bin.FromPercent, bin.ToPercent, Math.Round(bin.SaidPercent, 1),
            Math.Round(bin.SeenPercent, 1), bin.Count));

    private static string Percent(int hundredths) => (hundredths / 100.0).ToString("0.0", CultureInfo.InvariantCulture);
}
