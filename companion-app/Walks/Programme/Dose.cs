namespace Backstep.Walks.Programme;

/// <summary>How much, how often, and what a pain level means. Figures with a source name it in
/// <see cref="Rules"/>.</summary>
public static class Dose
{
    /// <summary>Days walked in any seven. See <see cref="Rules.DaysAWeek"/>.</summary>
    public const int MostDaysInSeven = 3;

    /// <summary>Completed sessions before the minutes go up. See <see cref="Rules.BuildUp"/>.</summary>
    public const int SessionsToGoUp = 2;

    /// <summary>The same, when nothing was noted about pain.</summary>
    public const int SessionsToGoUpWithoutNotes = 3;

    /// <summary>A session counts as completed from this share of its minutes on.</summary>
    public const double CompleteShare = 0.9;

    /// <summary>Pain up to here is in the safe zone. See <see cref="Rules.PainHigh"/>.</summary>
    public const int SafePain = 2;

    /// <summary>Pain up to here is acceptable, if it is gone by the next morning. See
    /// <see cref="Rules.PainHigh"/>.</summary>
    public const int AcceptablePain = 5;

    /// <summary>Incline of belt or hill in %. See <see cref="Rules.Incline"/>.</summary>
    public const double InclinePercent = 5;

    /// <summary>The scale's end.</summary>
    public const int MostPain = 10;

    /// <summary>Pain after a session that much above the pain before it is too much. See
    /// <see cref="Rules.PainRises"/>.</summary>
    public const int TooMuchRise = 2;

    /// <summary>Less is a try, not a day of the programme.</summary>
    public static readonly TimeSpan LeastOfADay = TimeSpan.FromMinutes(1);

    /// <summary>After so long a note says nothing about today's pain.</summary>
    public static readonly TimeSpan NotesAreFresh = TimeSpan.FromDays(7);

    /// <summary>Minutes of walking backward, from the first to the full dose. See <see cref="Rules.Minutes"/> for its
    /// ends and <see cref="Rules.BuildUp"/> for the steps between.</summary>
    public static IReadOnlyList<int> StepsMinutes { get; } = [3, 4, 5, 6, 8, 10, 12, 15];
}
