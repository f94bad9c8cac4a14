using Backstep.Walks.Sessions;
using static System.FormattableString;

namespace Backstep.Walks.Programme;

/// <summary>The belt's incline against the dose (<see cref="Rules.Incline"/>).</summary>
public static class BeltIncline
{
    /// <summary>A belt that is so much off, in %, is left alone. Ours.</summary>
    public const double Band = 1.5;

    /// <summary>The dose in %: a professional's, else the programme's.</summary>
    public static double DoseOf(PrescribedDose? dose) => dose?.InclinePercent ?? Dose.InclinePercent;

    /// <summary>Whether a measured incline is not the dose.</summary>
    public static bool IsOff(double percent, double dose) => Math.Abs(percent - dose) > Band;

    /// <summary>The two in words.</summary>
    public static string Words(double percent, double dose) =>
        $"{At(percent)}; {(dose == 0 ? "level" : Invariant($"{dose:0.#} %"))} is the dose";

    // Nobody sets a belt by tenths.
    private static string At(double percent) => Math.Round(percent) switch
    {
        0 => "level",
        > 0 and var up => Invariant($"at {up:0} %"),
        var down => Invariant($"at {-down:0} % down"),
    };

    /// <summary>What to think of before the next walk on a belt; null for nothing.</summary>
    internal static PlanReason? Reminder(WalkerDiary diary, Plan plan)
    {
        var last = diary.Sessions.Where(session => !session.Header.IsSimulated
                && session.Header.Mode == WalkMode.Treadmill && session.MeasuredIncline != null
                && WalkedDay.DayOf(session.Header.StartedAt) <= plan.Day)
            .MaxBy(session => session.Header.StartedAt);
        return plan.Advice == Advice.Walk && last?.MeasuredIncline is { } incline
            && IsOff(incline.Percent, DoseOf(plan.Dose))
            ? new PlanReason(Rules.Incline,
                $"in the last walk the shoe measured the belt {Words(incline.Percent, DoseOf(plan.Dose))}")
            : null;
    }
}
