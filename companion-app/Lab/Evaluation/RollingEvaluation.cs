namespace Backstep.Lab.Evaluation;

/// <summary>How the engine fares with stances that roll, slow belts, and a gyroscope whose bias moves.</summary>
/// <param name="Walkers">How many.</param>
/// <param name="Rows">Directions and places of the clip; those slow and those with a step of the bias are counted there
/// as well.</param>
/// <param name="Total">All together.</param>
/// <param name="FirstStride">Each walker's sensor woken once more, at a random instant of the walk.</param>
/// <param name="Worst">Those with which most was wrong.</param>
public sealed record RollingFigures(
    int Walkers, IReadOnlyList<EvaluationRow> Rows, Figures Total, FirstStrideFigures FirstStride,
    IReadOnlyList<WorstCase> Worst);

/// <summary>Lets the walkers of <see cref="RollingGrid"/> walk, on all cores.</summary>
public static class RollingEvaluation
{
    private const string SubGroup = "of these ";

    /// <summary>Walkers 1 to <paramref name="walkers"/>.</summary>
    /// <param name="seed">Of the grid.</param>
    /// <param name="walkers">How many.</param>
    /// <param name="seconds">How long each walks.</param>
    /// <param name="worstShown">How many of the worst are told.</param>
    /// <param name="stop">Ends it early.</param>
    /// <param name="done">Called after each, on any thread.</param>
    public static RollingFigures Run(int seed, int walkers, double seconds, int worstShown, CancellationToken stop,
        Action? done = null)
    {
        var evaluated = new (EvaluatedWalker Walker, double? Wait)[walkers];
        Parallel.For(0, walkers, new ParallelOptions { CancellationToken = stop }, i =>
        {
            evaluated[i] = One(seed, i + 1, seconds);
            done?.Invoke();
        });
        var total = new Tally();
        var groups = new SortedDictionary<string, Tally>(Comparer<string>.Create(InOrder));
        foreach (var ((who, tally), _) in evaluated)
        {
            total.Add(tally);
            foreach (string name in RollingGrid.Groups(who))
            {
                groups.TryAdd(name, new Tally());
                groups[name].Add(tally);
            }
        }

        return new RollingFigures(
            walkers,
            [.. groups.Select(group => new EvaluationRow(group.Key, true, null, Figures.Of(group.Value)))],
            Figures.Of(total),
            FirstStrideFigures.Of("simulated, stance rolls", false, [.. evaluated.Select(one => one.Wait)]),
            [.. GridEvaluation.Worst(evaluated.Select(one => one.Walker)).Take(worstShown).Select(Reports.Worst)]);
    }

    /// <summary>A single one, and its wait for a first stride when its sensor wakes in the walk; null is
    /// never.</summary>
    public static (EvaluatedWalker Walker, double? Wait) One(int seed, int number, double seconds)
    {
        var who = RollingGrid.At(seed, number);
        var walker = who.Make(seconds);
        var tally = Tally.Of(SimulatedFeet.Truth(walker, who.Walk.Direction), SimulatedFeet.Play(walker, who.Chip));
        return (new EvaluatedWalker(who, tally), FirstStrides.Of(who, walker));
    }

    /// <summary>The furthest that a direction and place is off in the median, %; null when nothing was
    /// measured.</summary>
    public static double? WorstOff(RollingFigures? rolling, Func<Figures, double?> percent) =>
        rolling?.Rows.Where(row => !row.Name.StartsWith(SubGroup, StringComparison.Ordinal))
            .Select(row => percent(row.Figures)).Where(off => off != null).Max(off => (double?)Math.Abs(off!.Value));

    private static int InOrder(string? one, string? other)
    {
        bool sub(string? name) => name!.StartsWith(SubGroup, StringComparison.Ordinal);
        return sub(one) != sub(other) ? sub(one).CompareTo(sub(other)) : string.CompareOrdinal(one, other);
    }
}
