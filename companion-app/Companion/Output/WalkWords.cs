using System.Globalization;
using Backstep.Walks.Coaching;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Output;

/// <summary>What happened in a walk, in a sentence or two: whether the time was reached, better or worse than before,
/// and the one thing to try next.</summary>
public static class WalkWords
{
    // Ours: a share of a hundred landings is known to about that much.
    private const double Notable = 0.05;
    private const double GoodShare = 0.75;
    private const double TooMuchTilt = 8;

    // A stop at the last step is no failure.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    /// <summary>The sentences.</summary>
    /// <param name="session">The walk.</param>
    /// <param name="before">The walker's last one before it in the same mode; null when there is none.</param>
    /// <param name="intervals">How many intervals were walked; 0 for none.</param>
    /// <param name="inclineDose">What the incline should be, in %.</param>
    public static IReadOnlyList<string> Of(SessionSummary session, SessionSummary? before, int intervals,
        double inclineDose = Dose.InclinePercent) =>
        [.. new[] { HowLong(session, intervals), HowSteep(session, inclineDose),
            HowWell(session.Totals, before), Next(session) }
            .Where(sentence => sentence.Length > 0)];

    /// <summary>The walker's last walk before one, in the same mode, real for a real one.</summary>
    public static SessionSummary? Before(SessionHeader header, IEnumerable<SessionSummary> sessions) => sessions
        .Where(one => one.Header.Id != header.Id && one.Header.WalkerId == header.WalkerId
            && one.Header.IsSimulated == header.IsSimulated && one.Header.Mode == header.Mode
            && one.Header.StartedAt < header.StartedAt && !one.Header.IsStartUnknown
            && one.Totals.ToeFirstShare != null)
        .MaxBy(one => one.Header.StartedAt);

    private static string HowLong(SessionSummary session, int intervals)
    {
        string who = session.Header.IsSimulated ? "The simulated walker" : "You";
        string walked = SessionText.Clock(session.Totals.Active);
        return intervals > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"{who} walked {intervals} interval{(intervals == 1 ? "" : "s")}, {walked} of walking in all.")
            : session.Header.Target is not { } target ? $"{who} walked {walked}; no time was set."
            : session.Totals.Active + Slack >= target
                ? $"{who} walked {walked} of {SessionText.Clock(target)}: the target is reached."
                : $"{who} walked {walked} of {SessionText.Clock(target)}: the target is not reached.";
    }

    // What is as it should be needs no sentence.
    private static string HowSteep(SessionSummary session, double dose) => session.Header.Mode == WalkMode.Treadmill
        && session.MeasuredIncline is { } incline && BeltIncline.IsOff(incline.Percent, dose)
        ? $"The shoe measured the belt {BeltIncline.Words(incline.Percent, dose)}." : "";

    private static string HowWell(SessionTotals totals, SessionSummary? before)
    {
        if (totals.ToeFirstShare is not { } share)
        {
            return "How the foot came down is not known.";
        }

        string now = $"The toes came down first in {Percent(share)} of the steps backward";
        return before?.Totals.ToeFirstShare is not { } then ? $"{now}."
            : share - then >= Notable ? $"{now}: better than the walk before ({Percent(then)})."
            : then - share >= Notable ? $"{now}: worse than the walk before ({Percent(then)})."
            : $"{now}, as in the walk before ({Percent(then)}).";
    }

    private static string Next(SessionSummary session)
    {
        var totals = session.Totals;
        return session.Header.Mode == WalkMode.Treadmill
                && totals.BeltMetersPerSecond > Coach.BeltLimitMetersPerSecond * 1.01
            ? "Next time: a slower belt, then look at the toes."
            : totals.ToeFirstShare is not { } share
            ? "Next time: see that the clip sits firmly, its arrow to the toes."
            : share < GoodShare ? "Next time: reach farther back, big toe down first, then the heel."
            : totals.TiltDegrees > TooMuchTilt ? "Next time: land on the big toe rather than on the outer edge."
            : totals.TiltDegrees < -TooMuchTilt ? "Next time: roll back over the whole foot, not over its inner edge."
            : totals.RhythmSettledAfter == null
            ? "Next time: shorter, slower steps, hands on the rails until the rhythm is even."
            : "Next time: just the same.";
    }

    /// <summary>How the weeks went, in a sentence; null while there is nothing to hold them against.</summary>
    public static string? OfWeeks(IReadOnlyList<WeekOfWalking> weeks)
    {
        var told = weeks.Where(week => week.ToeFirstShare != null).ToArray();
        if (told.Length < 2)
        {
            return null;
        }

        int half = Math.Min(Adherence.MostWeeks, told.Length / 2);
        double then = told[^(2 * half)..^half].Average(week => week.ToeFirstShare!.Value);
        double now = told[^half..].Average(week => week.ToeFirstShare!.Value);
        string span = half == 1 ? "The newest week against the one before"
            : string.Create(CultureInfo.InvariantCulture, $"The newest {half} weeks against the {half} before");
        string change = now - then >= Notable ? "better" : then - now >= Notable ? "worse" : "about the same";
        return $"{span}: toes first {Percent(now)} after {Percent(then)}, {change}.";
    }

    /// <summary>Walks without a sensor, in a sentence; null when none was noted.</summary>
    public static string? Noted(IReadOnlyList<WalkerNote> notes)
    {
        var walks = notes.Where(note => note.Walked != null).ToArray();
        return walks.Length == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"Noted besides, without a sensor and so not in the table: {walks.Length} "
            + $"walk{(walks.Length == 1 ? "" : "s")} of {walks.Sum(note => note.Walked!.Value.TotalMinutes):0} minutes "
            + $"in all.");
    }

    /// <summary>Walked of planned, in a sentence; null in the first week.</summary>
    public static string? Of(Adherence? adherence) => adherence is not { } kept ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"Walked on {kept.Walked} of {kept.Planned} planned days in "
            + $"{(kept.Weeks == 1 ? "the last week" : $"the last {kept.Weeks} weeks")}.");

    /// <summary>A share as people say it.</summary>
    public static string Percent(double share) =>
        (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
}
