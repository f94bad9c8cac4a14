using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Lab.Evaluation;

/// <summary>What was found in a scenario in which nobody walks backward.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Seeds">How many times, each with another seed.</param>
/// <param name="Minutes">Time in all.</param>
/// <param name="TrueForward">True strides forward: none but in running.</param>
/// <param name="Backward">Strides found backward: every one is invented.</param>
/// <param name="Forward">Strides found forward.</param>
/// <param name="Unknown">Found without a direction.</param>
/// <param name="Invented">Strides with a direction that nobody made.</param>
/// <param name="InventedWithSeeds">The seeds with which that happened.</param>
public sealed record NotWalkingFigures(
    string Scenario, int Seeds, double Minutes, int TrueForward, int Backward, int Forward, int Unknown, int Invented,
    IReadOnlyList<int> InventedWithSeeds);

/// <summary>What feet do besides walking, and running, which must never be taken for walking backward.</summary>
public static class NotWalking
{
    /// <summary>The scenarios.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["standing", "shuffling", "turning", "weight-shift", "tapping", "side-step", "side-rails", "carry",
            "putting-on", "riding", "sitting", "calibrating", "running"];

    /// <summary>Each of them with some seeds, on all cores.</summary>
    public static IReadOnlyList<NotWalkingFigures> Run(int seed, int seeds, CancellationToken stop)
    {
        var runs = new Trial[Names.Count * seeds];
        Parallel.For(0, runs.Length, new ParallelOptions { CancellationToken = stop },
            i => runs[i] = One(Names[i / seeds], seed + (i % seeds)));
        return [.. Names.Select((name, n) => Sum(name, runs.AsSpan(n * seeds, seeds).ToArray()))];
    }

    private static NotWalkingFigures Sum(string name, Trial[] runs) => new(
        name,
        runs.Length,
        Math.Round(runs.Sum(run => run.Seconds) / 60, 1),
        runs.Sum(run => run.TrueForward),
        runs.Sum(run => run.Backward),
        runs.Sum(run => run.Forward),
        runs.Sum(run => run.Unknown),
        runs.Sum(run => run.Invented),
        [.. runs.Where(run => run.Invented > 0).Select(run => run.Seed)]);

    private static Trial One(string name, int seed)
    {
        if (!Scenarios.TryGet(name, seed, out var walker))
        {
            throw new InvalidOperationException($"there is no scenario {name}");
        }

        // The chip is as far off as those of the grid.
        var chip = WalkerGrid.At(seed, 1).Chip;
        var strides = SimulatedFeet.Play(walker, chip);
        int Count(Direction direction) => strides.Count(one => one.Stride.Direction == direction);
        return new Trial(seed, walker.Seconds, walker.Strides.Count, Count(Direction.Backward),
            Count(Direction.Forward), Count(Direction.Unknown));
    }

    private sealed record Trial(int Seed, double Seconds, int TrueForward, int Backward, int Forward, int Unknown)
    {
        public int Invented => Backward + Math.Max(0, Forward - TrueForward);
    }
}
