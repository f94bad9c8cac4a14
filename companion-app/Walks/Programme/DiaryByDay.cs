using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>
/// A diary sorted to its days once, for who asks for the days walked as they were known at many moments: only what was
/// noted by then differs.
/// </summary>
internal sealed class DiaryByDay
{
    private readonly Walked[] _days;
    private readonly List<DateOnly> _dates;
    private readonly Noted[] _pain;

    /// <summary>Sorts it. Simulated sessions are no days.</summary>
    public DiaryByDay(WalkerDiary diary)
    {
        var real = diary.Sessions.Where(session => !session.Header.IsSimulated)
            .Select(session => (Session: session, Day: WalkedDay.DayOf(session.Header.StartedAt))).ToArray();
        var dayOfSession = real.Where(one => one.Session.Header.Id != 0).DistinctBy(one => one.Session.Header.Id)
            .ToDictionary(one => one.Session.Header.Id, one => one.Day);
        var noted = diary.Notes.Where(note => note.Walked != null)
            .Select(note => (Day: WalkedDay.DayOf(note.At), Time: note.Walked!.Value, note.Mode));
        _days = [.. real
            .Select(one => (one.Day, Time: WalkedDay.BackwardTime(one.Session.Totals), one.Session.Header.Mode))
            .Concat(noted)
            .GroupBy(walk => walk.Day)
            .Select(day => new Walked(day.Key, Sum(day.Select(walk => walk.Time)),
                Sum(day.Where(walk => walk.Mode == WalkMode.Treadmill).Select(walk => walk.Time))))
            .Where(day => day.Backward >= Dose.LeastOfADay)
            .OrderBy(day => day.Day)];
        _dates = [.. _days.Select(day => day.Day)];
        _pain = [.. diary.Pain.OrderBy(note => note.At).Select(note => new Noted(note, WalkedDay.DayOf(note.At),
            note.SessionId is { } id && dayOfSession.TryGetValue(id, out var day) ? day : null))];
    }

    /// <summary>The days that count, in order, none after a given one.</summary>
    public IReadOnlyList<WalkedDay> Until(DateOnly last) => DaysOf(last, _pain.Where(note => note.Day <= last));

    /// <summary>What was known in the morning of a day, before that day's walk: the days walked, and the notes in
    /// order.</summary>
    public (IReadOnlyList<WalkedDay> Days, PainNote[] Notes) InTheMorningOf(DateOnly day)
    {
        Noted[] known = [.. _pain.Where(note => WalkerDiary.IsKnownInTheMorningOf(day, note.Note))];
        return (DaysOf(day.AddDays(-1), known), [.. known.Select(note => note.Note)]);
    }

    private WalkedDay[] DaysOf(DateOnly last, IEnumerable<Noted> known)
    {
        int count = _dates.BinarySearch(last) is var found && found < 0 ? ~found : found + 1;
        var notes = known.ToLookup(note => (note.Note.Moment, Day: DayOfNote(note, last, count)), note => note.Note);
        return Array.ConvertAll(_days[..count], day =>
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
    private DateOnly? DayOfNote(Noted note, DateOnly last, int count)
    {
        if (note.DayOfSession is { } day && day <= last)
        {
            return day;
        }

        int next = _dates.BinarySearch(0, count, note.Day, null);
        next = next < 0 ? ~next : next;
        return note.Note.Moment != PainMoment.NextMorning ? note.Day : next == 0 ? null : _dates[next - 1];
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) =>
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    private static int? Highest(IEnumerable<PainNote> notes) => notes.Max(note => (int?)note.Level);

    private sealed record Walked(DateOnly Day, TimeSpan Backward, TimeSpan OnTreadmill);

    private sealed record Noted(PainNote Note, DateOnly Day, DateOnly? DayOfSession);
}
