using Backstep.Gait;

namespace Backstep.Walks.Strides;

/// <summary>How many strides went which way.</summary>
public sealed record DirectionCounts(int Forward, int Backward, int Unknown)
{
    /// <summary>Counts.</summary>
    public static DirectionCounts Of(IReadOnlyCollection<Stride> strides) => new(
        strides.Count(stride => stride.Direction == Direction.Forward),
        strides.Count(stride => stride.Direction == Direction.Backward),
        strides.Count(stride => stride.Direction == Direction.Unknown));
}

/// <summary>How many strides landed how.</summary>
public sealed record LandingCounts(int Toe, int Flat, int Heel, int Unknown)
{
    /// <summary>Counts.</summary>
    public static LandingCounts Of(IReadOnlyCollection<Stride> strides) => new(
        strides.Count(stride => stride.Landing == Landing.Toe),
        strides.Count(stride => stride.Landing == Landing.Flat),
        strides.Count(stride => stride.Landing == Landing.Heel),
        strides.Count(stride => stride.Landing == Landing.Unknown));
}
