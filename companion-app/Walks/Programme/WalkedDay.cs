using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>A day on which somebody walked, and what was noted about its pain. Null means that nothing was.</summary>
/// <param name="Day">Its date, where the walker was.</param>
/// <param name="Backward">Time walked backward, in any mode.</param>
/// <param name="OnTreadmill">Of it, on a treadmill: only there the minutes are built up.</param>
/// <param name="Before">Pain before.</param>
/// <param name="After">Pain after, the highest.</param>
/// <param name="Morning">Pain on the next morning, the highest until the next day of walking.</param>
/// <param name="MorningAt">When that was noted last.</param>
public sealed record WalkedDay(DateOnly Day, TimeSpan Backward, TimeSpan OnTreadmill, int? Before, int? After,
    int? Morning, DateTimeOffset? MorningAt)
{
    /// <summary>Whether anything was noted.</summary>
    public bool IsNoted => Before != null || After != null || Morning != null;

    /// <summary>What later pain is held against: the pain before; when that was not noted, the end of the safe
    /// zone.</summary>
    public int Baseline => Before ?? Dose.SafePain;

    /// <summary>Whether the pain was higher on the next morning.</summary>
    public bool Lingers => Morning > Baseline;

    /// <summary>Whether the pain was much higher right after.</summary>
    public bool Rises => After >= Baseline + Dose.TooMuchRise;

    /// <summary>The days that count, in order, none after a given one. Simulated sessions are no days.</summary>
    public static IReadOnlyList<WalkedDay> From(WalkerDiary diary, DateOnly until)
    {
        var real = diary.Sessions
            .Where(session => !session.Header.IsSimulated && DayOf(session.Header.StartedAt) <= until)
            .ToArray();
        var dayOfSession = real.Where(session => session.Header.Id != 0).DistinctBy(session => session.Header.Id)
            .ToDictionary(session => session.Header.Id, session => DayOf(session.Header.StartedAt));
        var noted = diary.Notes.Where(note => note.Walked != null && DayOf(note.At) <= until)
            .Select(note => (Day: DayOf(note.At), Time: note.Walked!.Value, note.Mode));
        var days = real.Select(session => (Day: DayOf(session.Header.StartedAt), Time: BackwardTime(session.Totals),
                session.Header.Mode))
            .Concat(noted)
            .GroupBy(walk => walk.Day)
            .Select(
                day => (Day: day.Key, Backward: Sum(day.Select(walk => walk.Time)),
                    OnTreadmill: Sum(day.Where(walk => walk.Mode == WalkMode.Treadmill).Select(walk => walk.Time))))
            .Where(day => day.Backward >= Dose.LeastOfADay)
            .OrderBy(day => day.Day)
            .ToList();
        var dates = days.ConvertAll(day => day.Day);
        var notes = diary.Pain.Where(note => DayOf(note.At) <= until).OrderBy(note => note.At)
            .ToLookup(note => (note.Moment, Day: DayOfNote(note, dayOfSession, dates)));
        return days.ConvertAll(day =>
        {
            var morning = notes[(PainMoment.NextMorning, day.Day)];
            return new WalkedDay(
                day.Day,
                day.Backward,
                day.OnTreadmill,
                notes[(PainMoment.Before, day.Day)].LastOrDefault()?.Level,
                Highest(notes[(PainMoment.After, day.Day)]),
                Highest(morning),
                morning.LastOrDefault()?.At);
        });
    }

    /// <summary>The day that a note is about: its session's, else its own; in the morning the last day walked
    /// before.</summary>
    private static DateOnly? DayOfNote(PainNote note, Dictionary<long, DateOnly> dayOfSession, List<DateOnly> walked)
    {
        var date = DayOf(note.At);
        if (note.SessionId is { } id && dayOfSession.TryGetValue(id, out var day))
        {
            return day;
        }

        int next = walked.BinarySearch(date);
        next = next < 0 ? ~next : next;
        return note.Moment != PainMoment.NextMorning ? date : next == 0 ? null : walked[next - 1];
    }

    /// <summary>The date where it happened.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.DateTime);

    /// <summary>Of the time spent walking, the part that went backward.</summary>
    public static TimeSpan BackwardTime(SessionTotals totals)
    {
        int known = totals.BackwardStrides + totals.ForwardStrides;
        return known == 0 ? TimeSpan.Zero : totals.Active * ((double)totals.BackwardStrides / known);
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) =>
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    private static int? Highest(IEnumerable<PainNote> notes) => notes.Max(note => (int?)note.Level);
}
