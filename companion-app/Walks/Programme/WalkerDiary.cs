using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>All that a plan follows from.</summary>
/// <param name="Sessions">All of one walker's, in any order. Simulated ones do not count.</param>
/// <param name="Pain">All that the walker noted about pain, in any order.</param>
public sealed record WalkerDiary(IReadOnlyList<SessionSummary> Sessions, IReadOnlyList<PainNote> Pain)
{
    /// <summary>All that the walker noted besides: walks without a sensor among it.</summary>
    public IReadOnlyList<WalkerNote> Notes { get; init; } = [];

    /// <summary>What the walker answered before the first walk; null when that is of no account.</summary>
    public FirstAnswers? Answers { get; init; }

    /// <summary>What a professional has set; null: nothing.</summary>
    public PrescribedDose? Dose { get; init; }

    /// <summary>What is kept of a walker, up to now.</summary>
    public static WalkerDiary Of(ISessionArchive archive, long walkerId, DateTimeOffset now) =>

        // Pain that was noted while the clock was ahead was noted by now: an alarm is not put off by a clock.
        new(archive.Summaries(walkerId),
            [.. archive.Pain(walkerId).Select(note => note.At > now ? note with { At = now } : note)])
        {
            Notes = archive.Notes(walkerId),
            Answers = FirstAnswers.Of(archive, walkerId),
            Dose = PrescribedDose.Of(archive, walkerId),
        };

    /// <summary>What was known in the morning of a day: before that day's walk.</summary>
    public WalkerDiary InTheMorningOf(DateOnly day) => this with
    {
        Sessions = [.. Sessions.Where(session => WalkedDay.DayOf(session.Header.StartedAt) < day)],
        Notes = [.. Notes.Where(note => WalkedDay.DayOf(note.At) < day)],
        Pain = [.. Pain.Where(note => IsKnownInTheMorningOf(day, note))],
        Answers = null,
    };

    /// <summary>Whether a note was made before a day's walk.</summary>
    internal static bool IsKnownInTheMorningOf(DateOnly day, PainNote note) =>
        WalkedDay.DayOf(note.At) is var noted
            && (noted < day || (noted == day && note.Moment != PainMoment.After));

    /// <summary>Minutes walked backward on a day: with a sensor, and without.</summary>
    public TimeSpan Walked(DateOnly day) => Sessions
        .Where(session => !session.Header.IsSimulated && WalkedDay.DayOf(session.Header.StartedAt) == day)
        .Select(session => WalkedDay.BackwardTime(session.Totals))
        .Concat(Notes.Where(note => WalkedDay.DayOf(note.At) == day).Select(note => note.Walked ?? TimeSpan.Zero))
        .Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}
