using Backstep.Gait;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Coaching;

/// <summary>What a cue depends on besides the strides.</summary>
public sealed record WalkMoment
{
    /// <summary>Where and how.</summary>
    public WalkMode Mode { get; init; }

    /// <summary>Time walked so far.</summary>
    public TimeSpan Walked { get; init; }

    /// <summary>The time that was set; null for none, as in intervals.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>Whether the walker has paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether form is left alone now, so that what has stayed is measured.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether form is spoken of only beyond a wider band.</summary>
    public bool IsBandWide { get; init; }

    /// <summary>Where the intervals stand; null in a mode without any.</summary>
    public IntervalMoment? Interval { get; init; }

    /// <summary>Whether the rails are held, as far as is known.</summary>
    public Posture Rails { get; init; }

    /// <summary>Whether the sensor says that the rhythm has become even.</summary>
    public bool IsRhythmSettled { get; init; }

    /// <summary>What there is to say of the belt's incline; null: nothing.</summary>
    public Cue? Incline { get; init; }

    /// <summary>Whether the sensor says that this foot moves as in walking and yields no strides.</summary>
    public bool LacksStrides { get; init; }
}
