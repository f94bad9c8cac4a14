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
        return new TargetResult(Name, AtLeast, Bound, value, value is { } number && (AtLeast ? number >= Bound : number <= Bound));
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

    /// <summary>The grid of simulated walkers.</summary>
    public static IReadOnlyList<Target> Simulated { get; } =
    [
        new("recall", true, 0.99, report => report.Total.Recall),
        new("precision", true, 0.99, report => report.Total.Precision),
        new("direction right, share", true, 0.99, report => report.Total.DirectionRightShare),
        new("direction wrong, share", false, 0.001, report => report.Total.DirectionWrongShare),
        new("landing right, share", true, 0.97, report => report.Total.LandingRightShare),
        new("foot strike angle, median error, degrees", false, 3, report => report.Total.FootStrikeDegrees.MedianAbsolute),
        new("tilt, median error, degrees", false, 3, report => report.Total.TiltDegrees.MedianAbsolute),
        new("cadence over 4 strides, median error, steps/min", false, 0.5, report => report.Total.CadenceStepsPerMinute.MedianAbsolute),
        new("stride length, median error, %", false, 5, report => report.Total.LengthPercent.MedianAbsolute),
        new("known after foot-flat, median, ms", false, 150, report => report.Total.KnownAfterMilliseconds.Median),
        new("known after foot-flat, 95 %, ms", false, 250, report => report.Total.KnownAfterMilliseconds.Percentile95),
        new("strides invented while not walking", false, 0, report => report.NotWalking.Sum(one => one.Invented)),
    ];
}
