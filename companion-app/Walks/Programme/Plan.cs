namespace Backstep.Walks.Programme;

/// <summary>What to do on a day.</summary>
public enum Advice
{
    /// <summary>Walk.</summary>
    Walk,

    /// <summary>Rest.</summary>
    Rest,

    /// <summary>Do not walk; have a professional look at the pain.</summary>
    Stop,

    /// <summary>Not known yet: the questions before the first walk are not answered.</summary>
    Answer,
}

/// <summary>Why the advice is what it is.</summary>
/// <param name="Rule">The rule that led to it.</param>
/// <param name="Text">What it found, in words.</param>
public sealed record PlanReason(Rule Rule, string Text);

/// <summary>A day of the last seven.</summary>
/// <param name="Day">Its date.</param>
/// <param name="Walked">Time walked backward.</param>
/// <param name="Counts">Whether it was enough for a day of the programme.</param>
public sealed record PlanDay(DateOnly Day, TimeSpan Walked, bool Counts);

/// <summary>The programme on one day.</summary>
public sealed record Plan
{
    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What to do.</summary>
    public required Advice Advice { get; init; }

    /// <summary>How long to walk backward today; null unless the advice is to walk.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>Why, the most important first; at least one.</summary>
    public required IReadOnlyList<PlanReason> Reasons { get; init; }

    /// <summary>The step of the build-up that is reached, from 0, in <see cref="Dose.StepsMinutes"/>. Today's target
    /// may be shorter.</summary>
    public required int Step { get; init; }

    /// <summary>Sessions completed on this step.</summary>
    public required int SessionsOnStep { get; init; }

    /// <summary>What a professional has set; null: nothing.</summary>
    public PrescribedDose? Dose { get; init; }

    /// <summary>What the walker answered before the first walk; null when that is of no account.</summary>
    public FirstAnswers? Answers { get; init; }

    /// <summary>Which part of today's walk has cues on form.</summary>
    public FeedbackSchedule Feedback { get; init; } = new(1);

    /// <summary>Walked of planned days; null in the first week.</summary>
    public Adherence? Adherence { get; init; }

    /// <summary>Days in any seven on which it may be walked.</summary>
    public int MostDays => Dose?.Days ?? Programme.Dose.MostDaysInSeven;

    /// <summary>The last seven days, today last.</summary>
    public required IReadOnlyList<PlanDay> LastSevenDays { get; init; }

    /// <summary>The next day on which the advice would be to walk if nothing else happened, today included; null after
    /// a stop, or when that depends on pain.</summary>
    public DateOnly? NextWalk { get; init; }
}
