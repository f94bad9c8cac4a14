namespace Backstep.Walks.Programme;

/// <summary>On how many of the planned days somebody walked, over the last weeks that were whole.</summary>
/// <param name="Walked">Days walked that count, no more in a week than planned.</param>
/// <param name="Planned">Days that were planned: none on which pain forbade walking.</param>
/// <param name="Weeks">Over so many weeks.</param>
public sealed record Adherence(int Walked, int Planned, int Weeks)
{
    /// <summary>Over how many weeks at most.</summary>
    public const int MostWeeks = 4;

    /// <summary>The fewest days a week of the programme (<see cref="Rules.DaysAWeek"/>: 2 to 3).</summary>
    public const int FewestDays = 2;

    private const int Week = 7;

    /// <summary>Up to a day; null in the first week.</summary>
    public static Adherence? Of(WalkerDiary diary, DateOnly today)
    {
        var byDay = new DiaryByDay(diary);
        var days = byDay.Until(today);
        if (days.Count == 0)
        {
            return null;
        }

        // Weeks end today: who has walked for ten days has one whole week behind.
        int weeks = Math.Min(MostWeeks, (today.DayNumber - days[0].Day.DayNumber + 1) / Week);
        if (weeks == 0)
        {
            return null;
        }

        var each = Enumerable.Range(0, weeks).Select(week => today.AddDays(-Week * week))
            .Select(last => (Planned: PlannedIn(diary, byDay, days, last), Walked: WalkedIn(days, last))).ToArray();
        int planned = each.Sum(week => week.Planned);
        return planned == 0 ? null
            : new Adherence(each.Sum(week => Math.Min(week.Planned, week.Walked)), planned, weeks);
    }

    /// <summary>Days that were planned in the week that ends on a day. A rest or a stop that pain ordered is nobody's
    /// omission: what days were left could not all be walked, for a day of rest lies between.</summary>
    internal static int PlannedIn(WalkerDiary diary, DiaryByDay byDay, IReadOnlyList<WalkedDay> days, DateOnly last)
    {
        int planned = Math.Min(diary.Dose?.Days ?? FewestDays, Week);
        if (diary.Pain.Count == 0)
        {
            return planned;
        }

        int open = Enumerable.Range(0, Week).Count(i => !Planner.WasForbidden(byDay, last.AddDays(-i)));
        int possible = open == Week || planned > Dose.MostDaysInSeven ? open : (open + 1) / 2;
        return Math.Min(planned, Math.Max(possible, WalkedIn(days, last)));
    }

    private static int WalkedIn(IReadOnlyList<WalkedDay> days, DateOnly last) =>
        days.Count(day => day.Day <= last && day.Day > last.AddDays(-Week));
}
