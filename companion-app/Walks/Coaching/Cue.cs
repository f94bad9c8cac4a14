namespace Backstep.Walks.Coaching;

/// <summary>What a cue is about, most urgent first: the numbers are the priority. Safety and dose come before any
/// correction: whoever walks worst must be told to stop, too.</summary>
public enum CueKind
{
    /// <summary>The belt runs faster than backward walking is meant to be.</summary>
    TooFast = 0,

    /// <summary>The time that was set is over, or the most that anybody is advised to walk.</summary>
    TargetReached = 1,

    /// <summary>The walker has paused.</summary>
    Paused = 2,

    /// <summary>An interval begins, ends, or is about to.</summary>
    Interval = 3,

    /// <summary>The steps go forward.</summary>
    FacingForward = 4,

    /// <summary>The rails are let go before the rhythm is even.</summary>
    RailsFree = 5,

    /// <summary>The foot moves as in walking, but there are no strides.</summary>
    LookAtClip = 6,

    /// <summary>The belt's incline is not the dose.</summary>
    Incline = 7,

    /// <summary>The heel comes down first.</summary>
    HeelFirst = 8,

    /// <summary>The foot rolls to its outer or inner edge.</summary>
    FootTilting = 9,

    /// <summary>The rhythm is uneven.</summary>
    Unsteady = 10,

    /// <summary>The rhythm has become even.</summary>
    Settled = 11,

    /// <summary>All is as it should be.</summary>
    Steady = 12,

    /// <summary>No steps yet, or none for a while.</summary>
    Waiting = 13,
}

/// <summary>How a cue is meant.</summary>
public enum CueTone
{
    /// <summary>For safety: interrupts any other.</summary>
    Safety,

    /// <summary>It is enough: the time is up. Interrupts all but safety.</summary>
    Enough,

    /// <summary>It is time: an interval, a pause. Interrupts all but safety and dose, because it is late
    /// otherwise.</summary>
    Call,

    /// <summary>A correction.</summary>
    Correction,

    /// <summary>Neither wrong nor remarkable.</summary>
    Neutral,

    /// <summary>Well done.</summary>
    Praise,
}

/// <summary>The one thing to say now.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Tone">How it is meant.</param>
/// <param name="Text">In words: short enough to be read while walking.</param>
public sealed record Cue(CueKind Kind, CueTone Tone, string Text)
{
    /// <summary>The same in one to three words, capitals and digits, to be drawn large.</summary>
    public string Headline { get; init; } = Headlines.Of(Kind, Tone);

    /// <summary>How often it is heard anew while it stands; null: once.</summary>
    public TimeSpan? Again { get; init; }

    /// <summary>Whether it is for safety or for the dose: no correction may hide it.</summary>
    public bool IsUrgent => Tone is CueTone.Safety or CueTone.Enough or CueTone.Call;
}
