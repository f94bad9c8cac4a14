using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>A week of the programme: what was planned and what came of it. Null means not known.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="PlannedDays">Days that were planned.</param>
/// <param name="WalkedDays">Days walked that count.</param>
/// <param name="PlannedMinutes">What the plan of each walked day said, together; a day of rest adds none.</param>
/// <param name="WalkedMinutes">Walked backward.</param>
/// <param name="InclinePercent">Mean of the sessions: of each what the shoe measured, else what was told.</param>
/// <param name="MeasuredInclines">How many of the sessions with an incline were measured.</param>
/// <param name="ToldInclines">Of how many it was only told.</param>
/// <param name="MetersPerSecond">Mean belt speed of the sessions that measured it.</param>
/// <param name="Before">Mean of the pain noted before walks.</param>
/// <param name="After">Right after.</param>
/// <param name="Morning">On the next mornings.</param>
public sealed record ProgrammeWeek(DateOnly Monday, int PlannedDays, int WalkedDays, double PlannedMinutes,
    double WalkedMinutes, double? InclinePercent, int MeasuredInclines, int ToldInclines, double? MetersPerSecond,
    double? Before, double? After, double? Morning)
{
    private const int Week = 7;

    /// <summary>The weeks up to a day, oldest first, from the first walk on, at most so many.</summary>
    public static IReadOnlyList<ProgrammeWeek> Of(WalkerDiary diary, DateOnly until, int most)
    {
        var byDay = new DiaryByDay(diary);
        var days = byDay.Until(until);
        if (days.Count == 0)
        {
            return [];
        }

        var last = WeekOfWalking.MondayOf(until);
        var first = WeekOfWalking.MondayOf(days[0].Day);
        int weeks = Math.Min(most, ((last.DayNumber - first.DayNumber) / Week) + 1);
        return [.. Enumerable.Range(0, weeks)
            .Select(i => Of(diary, byDay, days, last.AddDays(Week * (i - weeks + 1))))];
    }

    /// <summary>By how much the pain before walks has changed, from the first two of these weeks to the last two:
    /// negative is less; null when it was not noted in both, or when they are fewer than four.</summary>
    public static double? PainChange(IReadOnlyList<ProgrammeWeek> weeks)
    {
        double[] first = [.. weeks.Take(2).Select(week => week.Before).OfType<double>()];
        double[] last = [.. weeks.TakeLast(2).Select(week => week.Before).OfType<double>()];
        return weeks.Count < 4 || first.Length == 0 || last.Length == 0 ? null : last.Average() - first.Average();
    }

    private static ProgrammeWeek Of(WalkerDiary diary, DiaryByDay byDay, IReadOnlyList<WalkedDay> days,
        DateOnly monday)
    {
        bool IsIn(DateTimeOffset at) =>
            WalkedDay.DayOf(at) is var day && day >= monday && day < monday.AddDays(Week);
        var walked = days.Where(day => day.Day >= monday && day.Day < monday.AddDays(Week)).ToArray();
        var sessions = diary.Sessions.Where(session => !session.Header.IsSimulated && IsIn(session.Header.StartedAt))
            .ToArray();
        var pain = diary.Pain.Where(note => IsIn(note.At)).ToArray();
        return new ProgrammeWeek(
            Monday: monday,
            PlannedDays: Adherence.PlannedIn(diary, byDay, days, monday.AddDays(Week - 1)),
            WalkedDays: walked.Length,
            PlannedMinutes: walked.Sum(day => PlannedOn(diary, day.Day)),
            WalkedMinutes: Enumerable.Range(0, Week).Sum(i => diary.Walked(monday.AddDays(i)).TotalMinutes),
            InclinePercent: Mean(sessions.Select(session => session.InclinePercent)),
            MeasuredInclines: sessions.Count(session => session.MeasuredIncline != null),
            ToldInclines: sessions.Count(session => session is { MeasuredIncline: null, InclinePercent: not null }),
            MetersPerSecond: Mean(sessions.Select(session => session.Totals.BeltMetersPerSecond)),
            Before: Level(PainMoment.Before),
            After: Level(PainMoment.After),
            Morning: Level(PainMoment.NextMorning));

        double? Level(PainMoment moment) =>
            Mean(pain.Where(note => note.Moment == moment).Select(note => (double?)note.Level));
    }

    /// <summary>What the plan said in the morning of a day: before that day's walk.</summary>
    private static double PlannedOn(WalkerDiary diary, DateOnly day) =>
        Planner.OfTheDay(diary.InTheMorningOf(day), day).Target?.TotalMinutes ?? 0;

    private static double? Mean(IEnumerable<double?> values) =>
        values.OfType<double>().ToArray() is { Length: > 0 } known ? known.Average() : null;
}
