namespace Backstep.Walks.Coaching;

/// <summary>What a cue is about, most urgent first: the numbers are the priority.</summary>
public enum CueKind
{
    /// <summary>The belt runs faster than backward walking is meant to be.</summary>
    TooFast = 0,

    /// <summary>The walker has paused.</summary>
    Paused = 1,

    /// <summary>An interval begins, ends, or is about to.</summary>
    Interval = 2,

    /// <summary>The rails are let go before the rhythm is even.</summary>
    RailsFree = 3,

    /// <summary>The steps go forward.</summary>
    FacingForward = 4,

    /// <summary>The heel comes down first.</summary>
    HeelFirst = 5,

    /// <summary>The foot rolls to its outer or inner edge.</summary>
    FootTilting = 6,

    /// <summary>The rhythm is uneven.</summary>
    Unsteady = 7,

    /// <summary>The time that was set is over.</summary>
    TargetReached = 8,

    /// <summary>The rhythm has become even.</summary>
    Settled = 9,

    /// <summary>All is as it should be.</summary>
    Steady = 10,

    /// <summary>No steps yet, or none for a while.</summary>
    Waiting = 11,
}

/// <summary>How a cue is meant.</summary>
public enum CueTone
{
    /// <summary>For safety: interrupts any other.</summary>
    Safety,

    /// <summary>It is time: an interval, a pause. Interrupts all but safety, because it is late otherwise.</summary>
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
public sealed record Cue(CueKind Kind, CueTone Tone, string Text);
