namespace Backstep.Lab.Evaluation;

/// <summary>One walker of the grid and how the engine fared.</summary>
public sealed record EvaluatedWalker(GridWalker Walker, Tally Tally);

/// <summary>Lets the walkers of a grid walk, on all cores. The result does not depend on how many there are.</summary>
public static class GridEvaluation
{
    /// <summary>Walkers 1 to <paramref name="walkers"/>, in order.</summary>
    /// <param name="seed">Of the grid.</param>
    /// <param name="walkers">How many.</param>
    /// <param name="seconds">How long each walks.</param>
    /// <param name="stop">Ends it early.</param>
    /// <param name="done">Called after each, on any thread.</param>
    public static IReadOnlyList<EvaluatedWalker> Run(int seed, int walkers, double seconds, CancellationToken stop,
        Action? done = null)
    {
        var evaluated = new EvaluatedWalker[walkers];
        Parallel.For(0, walkers, new ParallelOptions { CancellationToken = stop }, i =>
        {
            evaluated[i] = One(seed, i + 1, seconds);
            done?.Invoke();
        });
        return evaluated;
    }

    /// <summary>A single one.</summary>
    public static EvaluatedWalker One(int seed, int number, double seconds)
    {
        var who = WalkerGrid.At(seed, number);
        var walker = who.Make(seconds);
        return new EvaluatedWalker(who,
            Tally.Of(SimulatedFeet.Truth(walker, who.Walk.Direction), SimulatedFeet.Play(walker, who.Chip)));
    }

    /// <summary>Those with which something was wrong, the worst first: wrong directions, then strides missed or
    /// invented, then unknown directions, then landings.</summary>
    public static IEnumerable<EvaluatedWalker> Worst(IEnumerable<EvaluatedWalker> walkers) => walkers
        .Where(
            one => one.Tally.DirectionWrong + one.Tally.DirectionUnknown + one.Tally.Extra + Missed(one)
                + WrongLandings(one) > 0)
        .OrderByDescending(one => one.Tally.DirectionWrong)
        .ThenByDescending(one => Missed(one) + one.Tally.Extra)
        .ThenByDescending(one => one.Tally.DirectionUnknown)
        .ThenByDescending(WrongLandings);

    /// <summary>True strides that were not found.</summary>
    public static int Missed(EvaluatedWalker walker) => walker.Tally.Referenced - walker.Tally.Matched;

    /// <summary>Found strides whose landing was wrong or unknown.</summary>
    public static int WrongLandings(EvaluatedWalker walker) => walker.Tally.LandingJudged - walker.Tally.LandingRight;
}
