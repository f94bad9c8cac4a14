namespace Backstep.Walks.Programme;

/// <summary>On how many of the planned days somebody walked, over the last weeks that were whole.</summary>
/// <param name="Walked">Days walked that count, no more in a week than planned.</param>
/// <param name="Planned">Days that were planned.</param>
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
        var days = WalkedDay.From(diary, today);
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

        int planned = Math.Min(diary.Dose?.Days ?? FewestDays, Week);
        int walked = Enumerable.Range(0, weeks).Sum(week =>
        {
            var last = today.AddDays(-Week * week);
            return Math.Min(planned, days.Count(day => day.Day <= last && day.Day > last.AddDays(-Week)));
        });
        return new Adherence(walked, planned * weeks, weeks);
    }
}
