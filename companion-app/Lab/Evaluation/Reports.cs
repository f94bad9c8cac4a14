using System.Globalization;

namespace Backstep.Lab.Evaluation;

/// <summary>Puts evaluations together.</summary>
public static class Reports
{
    /// <summary>Of a folder of recordings.</summary>
    /// <exception cref="BadInputException">There is none, or one of them cannot be used.</exception>
    public static EvaluationReport OfRecordings(string folder, RecordingDefaults defaults, bool reverse, Cuts cuts,
        bool check, CancellationToken stop)
    {
        var notes = new List<string>();
        var recordings = RecordingEvaluation.Run(folder, defaults, reverse, cuts, notes, stop);
        var total = new Tally();
        foreach (var recording in recordings)
        {
            total.Add(recording.Tally);
            if (recording.Counted is { } counted)
            {
                notes.Add($"{recording.Name}: a person counted {counted} strides, {recording.Tally.Found} were found.");
            }

            if (recording.Tally.Elsewhere > 0 && recording.Reference.Contacts.Count > 0)
            {
                notes.Add($"{recording.Name}: found outside of the stretches that the reference covers, and so "
                    + $"neither hit nor extra: {recording.Tally.Elsewhere}.");
            }
        }

        int synthetic = recordings.Count(recording => recording.Synthetic);
        string what = reverse
            ? $"SYNTHETIC: {recordings.Count} recordings of {folder} played backwards in time; no real backward walking"
            : synthetic == recordings.Count
            ? $"SYNTHETIC: {recordings.Count} recordings of {folder}, all of which say that they are simulated"
            : synthetic == 0 ? $"REAL: {recordings.Count} recordings of {folder}"
            : $"REAL: {recordings.Count - synthetic} recordings of {folder}, and {synthetic} SYNTHETIC ones; the "
                + $"total mixes them";
        return Make(
            new EvaluationReport(
                Source: "recordings",
                Title: what,
                Synthetic: synthetic == recordings.Count,
                Reversed: reverse,
                Seed: null,
                Rows: [
                    .. recordings.Select(
                        recording => new EvaluationRow(recording.Name, recording.Synthetic, recording.Counted,
                            Figures.Of(recording.Tally)))],
                Total: Figures.Of(total),
                Worst: [],
                NotWalking: [],
                Targets: [],
                Notes: notes,
                Rolling: null,
                FirstStrides: cuts.Count == 0 ? [] : Waits(recordings)),
            !check ? [] :
            [
                .. reverse ? Targets.Reversed : Targets.Real,
                .. recordings.Any(recording => recording.Lengths > 0) ? Targets.Lengths : [],
                .. cuts.Count > 0 ? Targets.FirstStride : [],
            ]);
    }

    /// <summary>Of simulated walkers.</summary>
    public static EvaluationReport OfWalkers(
        int seed,
        double seconds,
        IReadOnlyList<EvaluatedWalker> walkers,
        RollingFigures? rolling,
        IReadOnlyList<NotWalkingFigures> notWalking,
        int worstShown,
        bool check)
    {
        var total = new Tally();
        var groups = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var (walker, tally) in walkers)
        {
            total.Add(tally);
            if (!groups.TryGetValue(walker.Group, out var group))
            {
                groups.Add(walker.Group, group = new Tally());
            }

            group.Add(tally);
        }

        string who = walkers.Count == 0 ? $"{rolling?.Walkers} simulated walkers, all with a rolling stance"
            : walkers.Count == 1 ? $"simulated walker {walkers[0].Walker.Number} ({walkers[0].Walker.Description})"
            : $"{walkers.Count} simulated walkers";
        return Make(
            new EvaluationReport(
                Source: "simulated",
                Title: string.Create(CultureInfo.InvariantCulture,
                    $"SYNTHETIC: {who}, seed {seed}, {seconds:0.#} s each; no person walked"),
                Synthetic: true,
                Reversed: false,
                Seed: seed,
                Rows: [.. groups.Select(group => new EvaluationRow(group.Key, true, null, Figures.Of(group.Value)))],
                Total: Figures.Of(total),
                Worst: [.. GridEvaluation.Worst(walkers).Take(worstShown).Select(Worst)],
                NotWalking: notWalking,
                Targets: [],
                Notes: [],
                Rolling: rolling,
                FirstStrides: rolling is null ? [] : [rolling.FirstStride]),
            !check ? [] : [.. walkers.Count == 0 ? [] : Targets.Simulated, .. rolling is null ? [] : Targets.Rolling]);
    }

    private static List<FirstStrideFigures> Waits(IReadOnlyList<EvaluatedRecording> recordings)
    {
        var found = recordings.Where(recording => recording.Waits.Walked.Count + recording.Waits.Reversed.Count > 0)
            .ToList();
        return
        [
            .. found.Select(one => FirstStrideFigures.Of(one.Name, false, one.Waits.Walked)),
            .. found.Select(one => FirstStrideFigures.Of(one.Name, true, one.Waits.Reversed)),
            FirstStrideFigures.Of(FirstStrideFigures.All, false, [.. found.SelectMany(one => one.Waits.Walked)]),
            FirstStrideFigures.Of(FirstStrideFigures.All, true, [.. found.SelectMany(one => one.Waits.Reversed)]),
        ];
    }

    private static EvaluationReport Make(EvaluationReport report, IReadOnlyList<Target> targets) =>
        report with { Targets = [.. targets.Select(target => target.Check(report))] };

    /// <summary>A walker in the list of the worst.</summary>
    public static WorstCase Worst(EvaluatedWalker one) => new(
        one.Walker.Number,
        one.Walker.Description,
        one.Tally.Referenced,
        GridEvaluation.Missed(one),
        one.Tally.Extra,
        one.Tally.DirectionWrong,
        one.Tally.DirectionUnknown,
        GridEvaluation.WrongLandings(one));
}
