using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Files.Export;

/// <summary>A session in numbers, rounded for those who read them. Null means not known.</summary>
public sealed record SessionTotalsJson(
    double ElapsedSeconds,
    double ActiveSeconds,
    int BackwardStrides,
    int ForwardStrides,
    int UnknownStrides,
    double? ToeFirstPercent,
    double? RailsHeldPercent,
    double? CadenceStepsPerMinute,
    double? FootStrikeDegrees,
    double? TiltDegrees,
    double? DistanceMeters,
    double? BackwardMeters,
    double? BeltMetersPerSecond,
    double? RhythmSettledAfterSeconds)
{
    /// <summary>From totals.</summary>
    public static SessionTotalsJson From(SessionTotals totals) => new(
        ElapsedSeconds: Math.Round(totals.Elapsed.TotalSeconds, 1),
        ActiveSeconds: Math.Round(totals.Active.TotalSeconds, 1),
        BackwardStrides: totals.BackwardStrides,
        ForwardStrides: totals.ForwardStrides,
        UnknownStrides: totals.UnknownStrides,
        ToeFirstPercent: Statistics.Round(totals.ToeFirstShare * 100, 1),
        RailsHeldPercent: Statistics.Round(totals.HeldShare * 100, 1),
        CadenceStepsPerMinute: Statistics.Round(totals.CadenceStepsPerMinute, 1),
        FootStrikeDegrees: Statistics.Round(totals.FootStrikeDegrees, 1),
        TiltDegrees: Statistics.Round(totals.TiltDegrees, 1),
        DistanceMeters: Statistics.Round(totals.DistanceMeters, 1),
        BackwardMeters: Statistics.Round(totals.BackwardMeters, 1),
        BeltMetersPerSecond: Statistics.Round(totals.BeltMetersPerSecond, 3),
        RhythmSettledAfterSeconds: Statistics.Round(totals.RhythmSettledAfter?.TotalSeconds, 1));
}
