using Backstep.Gait;
using Backstep.Walks.Strides;

namespace Backstep.Walks.Live;

/// <summary>What is known of one foot at one moment.</summary>
public sealed record FootSnapshot
{
    /// <summary>Which; unknown when it was not told, or when there is only one sensor.</summary>
    public FootSide Side { get; init; }

    /// <summary>The last steps, oldest first, at most <see cref="StepMarks.Shown"/>.</summary>
    public IReadOnlyList<StepMark> Marks { get; init; } = [];

    /// <summary>Mean of the last few, positive = toes up.</summary>
    public double? FootStrikeDegrees { get; init; }

    /// <summary>Foot strike angles of the last twenty strides, oldest first.</summary>
    public IReadOnlyList<double> FootStrikes { get; init; } = [];

    /// <summary>By how much the angle has changed over them; negative = more toes down.</summary>
    public double? FootStrikeTrendDegrees { get; init; }

    /// <summary>Share of toe-first landings of the last few, in %.</summary>
    public double? ToeFirstPercent { get; init; }

    /// <summary>Mean swing time of the last few, in s: the two feet of an even walk swing equally long.</summary>
    public double? SwingSeconds { get; init; }

    /// <summary>Mean of the last few, positive = outer edge.</summary>
    public double? TiltDegrees { get; init; }
}
