using System.Globalization;
using Backstep.Gait;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Files.Recording;

/// <summary>
/// Holds what a replay found against the one thing that the walker knows for sure: which way they walked. A sensor
/// turned half round feels one direction as the other, so when most strides say the opposite it is the mount that is
/// wrong.
/// </summary>
public static class DirectionCheck
{
    /// <summary>Whether most strides of a known direction say the opposite of what the walker said.</summary>
    public static bool Contradicts(IReadOnlyCollection<ReplayedStride> strides, ReplayOptions options)
    {
        var (same, opposite) = Count(strides, options);
        return options.Walked != Direction.Unknown && opposite > same;
    }

    /// <summary>What to tell when the walker's word and the strides agree about a mount that was assumed; null when
    /// there is nothing to hold against each other.</summary>
    public static string? Agreed(IReadOnlyCollection<ReplayedStride> strides, ReplayOptions options)
    {
        var (same, opposite) = Count(strides, options);
        return options.Walked == Direction.Unknown || same == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"The arrow points to the toes, by your word: you walked {StrideText.Of(options.Walked)}, and {same} of "
            + $"{same + opposite} strides say so");
    }

    /// <summary>What to tell when the mount was given: it may be right, and the clip is what is wrong.</summary>
    public static string WrongWayRound(ReplayResult result, ReplayOptions options)
    {
        var m = AutoMount.HalfTurned(result.Mount);
        string spec = $"{Row(m.XX, m.XY, m.XZ)}, {Row(m.YX, m.YY, m.YZ)}, {Row(m.ZX, m.ZY, m.ZZ)}";
        return Said(result.Strides, options)
            + $"Turn the clip so that its arrow points to the toes, or replay with --mount \"{spec}\"";
    }

    /// <summary>What to tell when the mount was an assumption.</summary>
    public static string Turned(IReadOnlyCollection<ReplayedStride> strides, ReplayOptions options) =>
        Said(strides, options)
            + "It was turned half round for this replay. Turn the clip so that its arrow points to the toes";

    private static string Said(IReadOnlyCollection<ReplayedStride> strides, ReplayOptions options)
    {
        var (same, opposite) = Count(strides, options);
        return string.Create(CultureInfo.InvariantCulture,
            $"you walked {StrideText.Of(options.Walked)}, but {opposite} of {same + opposite} strides said the "
            + $"opposite: the sensor sat the wrong way round. ");
    }

    // + 0.0: no minus before a zero.
    private static string Row(double x, double y, double z) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Math.Round(x, 4) + 0.0},{Math.Round(y, 4) + 0.0},{Math.Round(z, 4) + 0.0}");

    private static (int Same, int Opposite) Count(IReadOnlyCollection<ReplayedStride> strides, ReplayOptions options)
    {
        var expected = options.Reverse ? Opposite(options.Walked) : options.Walked;
        return (strides.Count(one => one.Stride.Direction == expected),
            strides.Count(one => one.Stride.Direction == Opposite(expected)));
    }

    /// <summary>The other way; unknown stays unknown.</summary>
    public static Direction Opposite(Direction direction) => direction switch
    {
        Direction.Forward => Direction.Backward,
        Direction.Backward => Direction.Forward,
        _ => Direction.Unknown,
    };
}
