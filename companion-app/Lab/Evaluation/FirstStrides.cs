using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Walks.Strides;

namespace Backstep.Lab.Evaluation;

/// <summary>How long a sensor that wakes in the middle of a walk waits for its first stride, s. Waits that never ended
/// are in no percentile.</summary>
/// <param name="Name">Recording or group.</param>
/// <param name="Reversed">Played backwards in time (synthetic).</param>
/// <param name="Starts">From how many instants.</param>
/// <param name="Never">From how many there was none within a minute, or to the end.</param>
/// <param name="MedianSeconds">The middle wait.</param>
/// <param name="Percentile95Seconds">What 95 % do not exceed.</param>
/// <param name="LongestSeconds">The longest.</param>
public sealed record FirstStrideFigures(
    string Name, bool Reversed, int Starts, int Never, double? MedianSeconds, double? Percentile95Seconds,
    double? LongestSeconds)
{
    /// <summary>The name of all recordings together.</summary>
    public const string All = "all";

    /// <summary>Of waits; null is never.</summary>
    public static FirstStrideFigures Of(string name, bool reversed, IReadOnlyCollection<double?> waits)
    {
        double[] ended = [.. waits.Where(wait => wait != null).Select(wait => wait!.Value)];
        return new FirstStrideFigures(
            name,
            reversed,
            waits.Count,
            waits.Count - ended.Length,
            Statistics.Round(Statistics.Median(ended), 2),
            Statistics.Round(Statistics.Percentile(ended, 0.95), 2),
            Statistics.Round(Statistics.Percentile(ended, 1), 2));
    }
}

/// <summary>Lets recordings begin at random instants of a walk.</summary>
public static class FirstStrides
{
    // Longer waits are called never.
    private const double LongestSeconds = 60;

    // A start is in a walk when the uncut recording has a stride that begins this soon after it; else the wait counts
    // from the next stride's beginning.
    private const double WalkingSeconds = 2;

    // So much of a walk must be left to be found.
    private const double LeastLeftSeconds = 10;

    /// <summary>The waits from random instants of a recording.</summary>
    /// <param name="rows">The whole recording, in the order in which it is played.</param>
    /// <param name="uncut">What was found in all of it: when somebody walked.</param>
    /// <param name="mount">How the sensor sat.</param>
    /// <param name="side">On which foot.</param>
    /// <param name="starts">From how many instants.</param>
    /// <param name="seed">Which ones.</param>
    public static IReadOnlyList<double?> Of(IReadOnlyList<MotionRow> rows, IReadOnlyList<ReplayedStride> uncut,
        Mount mount, FootSide side, int starts, int seed)
    {
        if (uncut.Count == 0)
        {
            return [];
        }

        var random = new Random(seed);
        double from = rows[0].Seconds, to = Math.Max(from, uncut[^1].ContactSeconds - LeastLeftSeconds);
        var waits = new List<double?>();
        for (int i = 0; i < starts; i++)
        {
            double cut = from + ((to - from) * random.NextDouble());
            double begins = uncut.Select(stride => stride.ClearanceSeconds)
                .FirstOrDefault(clearance => clearance >= cut, cut);
            double since = begins - cut <= WalkingSeconds ? cut : begins;
            var left = rows.SkipWhile(row => row.Seconds < cut).TakeWhile(row => row.Seconds < since + LongestSeconds)
                .ToList();
            waits.Add(
                Replay.FirstStride(left, mount, side) is { } first ? Math.Max(0, first.DetectedSeconds - since) : null);
        }

        return waits;
    }

    /// <summary>The wait of a simulated walker whose sensor wakes at a random instant in the first half of the
    /// walk.</summary>
    public static double? Of(GridWalker who, VirtualSensor.Walker.Walker walker)
    {
        var strides = walker.Strides;
        if (strides.Count < 4)
        {
            return null;
        }

        double from = strides[1].ContactSeconds, to = strides[strides.Count / 2].ContactSeconds;
        double cut = from + ((to - from) * new Random(who.Settings.Seed).NextDouble());
        var found = SimulatedFeet.Play(walker, who.Chip, cut);
        return found.Count == 0 ? null : found[0].DetectedSeconds - cut;
    }
}
