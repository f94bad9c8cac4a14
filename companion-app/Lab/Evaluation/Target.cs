using System.Globalization;

namespace Backstep.Lab.Evaluation;

/// <summary>Something the engine must show.</summary>
/// <param name="Name">In words, with the unit.</param>
/// <param name="AtLeast">Whether the bound is the least (else the most) allowed.</param>
/// <param name="Bound">The bound, itself allowed.</param>
/// <param name="Of">Where its value is found; null when nothing measures it.</param>
public sealed record Target(string Name, bool AtLeast, double Bound, Func<EvaluationReport, double?> Of)
{
    /// <summary>Holds it against a report. What was not measured is not met.</summary>
    public TargetResult Check(EvaluationReport report)
    {
        double? value = Of(report);
        return new TargetResult(Name, AtLeast, Bound, value,
            value is { } number && (AtLeast ? number >= Bound : number <= Bound));
    }
}

/// <summary>How a target fared.</summary>
public sealed record TargetResult(string Name, bool AtLeast, double Bound, double? Value, bool Met)
{
    /// <summary>The bound as text: &gt;= 0.99.</summary>
    public string BoundText => (AtLeast ? ">= " : "<= ") + Bound.ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>The targets of each kind of evaluation.</summary>
public static class Targets
{
    /// <summary>Real recordings, as they were walked. Recall and precision where the reference speaks.</summary>
    public static IReadOnlyList<Target> Real { get; } =
    [
        new("recall", true, 0.98, report => report.Total.Recall),
        new("precision", true, 0.98, report => report.Total.Precision),
        new("direction wrong, strides", false, 0, report => report.Total.DirectionWrong),
        new("contact, median error, ms", false, 25, report => report.Total.ContactMilliseconds.MedianAbsolute),
    ];

    /// <summary>The same played backwards.</summary>
    public static IReadOnlyList<Target> Reversed { get; } =
    [
        new("direction wrong, strides", false, 0, report => report.Total.DirectionWrong),
        new("direction right, share", true, 0.97, report => report.Total.DirectionRightShare),
    ];

    /// <summary>Real recordings with measured stride lengths, and the same played backwards: a stride is as long from
    /// either end.</summary>
    public static IReadOnlyList<Target> Lengths { get; } =
    [
        new("stride length by true length, median, at least", true, 0.98, report => report.Total.LengthRatio.Median),
        new("stride length by true length, median, at most", false, 1.02, report => report.Total.LengthRatio.Median),
        new("stride length by true length, 5 %", true, 0.92, report => report.Total.LengthRatio.Percentile5),
        new("stride length by true length, 95 %", false, 1.08, report => report.Total.LengthRatio.Percentile95),
    ];

    /// <summary>Recordings that are started at random instants, as they were walked and played backwards.</summary>
    public static IReadOnlyList<Target> FirstStride { get; } =
    [
        new("first stride after waking in a walk, 95 %, s", false, 6,
            report => Slowest(report, one => one.Percentile95Seconds)),
        new("starts without a first stride", false, 0,
            report => report.FirstStrides.Count == 0 ? null : report.FirstStrides.Max(one => one.Never)),
    ];

    /// <summary>Simulated walkers whose stance rolls.</summary>
    public static IReadOnlyList<Target> Rolling { get; } =
    [
        new("rolling: recall", true, 0.98, report => report.Rolling?.Total.Recall),
        new("rolling: precision", true, 0.99, report => report.Rolling?.Total.Precision),
        new("rolling: direction wrong, share", false, 0.001, report => report.Rolling?.Total.DirectionWrongShare),
        new("rolling: stride length, median error, %", false, 3,
            report => report.Rolling?.Total.LengthPercent.MedianAbsolute),
        new("rolling: stride length, worst clip and direction, median off by, %", false, 3,
            report => RollingEvaluation.WorstOff(report.Rolling, f => f.LengthPercent.MedianSigned)),
        new("rolling: belt speed, median error, %", false, 3,
            report => report.Rolling?.Total.BeltSpeedPercent.MedianAbsolute),
        new("rolling: belt speed, worst clip and direction, median off by, %", false, 3,
            report => RollingEvaluation.WorstOff(report.Rolling, f => f.BeltSpeedPercent.MedianSigned)),
        new("rolling: known after foot-flat, median, ms", false, 150,
            report => report.Rolling?.Total.KnownAfterMilliseconds.Median),
        new("rolling: known after foot-flat, 95 %, ms", false, 250,
            report => report.Rolling?.Total.KnownAfterMilliseconds.Percentile95),
        new("rolling: first stride after waking in a walk, 95 %, s", false, 6,
            report => report.Rolling?.FirstStride.Percentile95Seconds),
        new("rolling: starts without a first stride", false, 0, report => report.Rolling?.FirstStride.Never),
    ];

    private static double? Slowest(EvaluationReport report, Func<FirstStrideFigures, double?> seconds) =>
        report.FirstStrides.Where(one => one.Name == FirstStrideFigures.All).Max(seconds);

    /// <summary>The grid of simulated walkers.</summary>
    public static IReadOnlyList<Target> Simulated { get; } =
    [
        new("recall", true, 0.99, report => report.Total.Recall),
        new("precision", true, 0.99, report => report.Total.Precision),
        new("direction right, share", true, 0.99, report => report.Total.DirectionRightShare),
        new("direction wrong, share", false, 0.001, report => report.Total.DirectionWrongShare),
        new("landing right, share", true, 0.97, report => report.Total.LandingRightShare),
        new("foot strike angle, median error, degrees", false, 3,
            report => report.Total.FootStrikeDegrees.MedianAbsolute),
        new("tilt, median error, degrees", false, 3, report => report.Total.TiltDegrees.MedianAbsolute),
        new("cadence over 4 strides, median error, steps/min", false, 0.5,
            report => report.Total.CadenceStepsPerMinute.MedianAbsolute),
        new("stride length, median error, %", false, 5, report => report.Total.LengthPercent.MedianAbsolute),
        new("known after foot-flat, median, ms", false, 150, report => report.Total.KnownAfterMilliseconds.Median),
        new("known after foot-flat, 95 %, ms", false, 250, report => report.Total.KnownAfterMilliseconds.Percentile95),
        new("strides invented while not walking", false, 0, report => report.NotWalking.Sum(one => one.Invented)),
    ];
}
