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
    public static IReadOnlyList<WalkedDay> From(WalkerDiary diary, DateOnly until) =>
        new DiaryByDay(diary).Until(until);

    /// <summary>The date where it happened.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.DateTime);

    /// <summary>Of the time spent walking, the part that went backward.</summary>
    public static TimeSpan BackwardTime(SessionTotals totals)
    {
        int known = totals.BackwardStrides + totals.ForwardStrides;
        return known == 0 ? TimeSpan.Zero : totals.Active * ((double)totals.BackwardStrides / known);
    }
}
