using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Live;

/// <summary>All that the live view shows at one moment. Null means not known (yet), and is shown as such.</summary>
public sealed record LiveSnapshot
{
    /// <summary>Who is followed: "simulated walker 'backward'", or a sensor's name.</summary>
    public required string Source { get; init; }

    /// <summary>Whether that is no real person. Said on screen.</summary>
    public bool Simulated { get; init; }

    /// <summary>Where and how.</summary>
    public WalkMode Mode { get; init; }

    /// <summary>Time walked: neither pauses nor standing.</summary>
    public TimeSpan Walked { get; init; }

    /// <summary>The time that was set, if any.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>Where the intervals stand; null in a mode without any.</summary>
    public IntervalMoment? Interval { get; init; }

    /// <summary>Steps of both feet a minute.</summary>
    public double? CadenceStepsPerMinute { get; init; }

    /// <summary>Share of backward steps that landed toes first, in %.</summary>
    public double? ToeFirstPercent { get; init; }

    /// <summary>Each foot that wears a sensor, left before right; at least one.</summary>
    public IReadOnlyList<FootSnapshot> Feet { get; init; } = [new()];

    /// <summary>Belt speed in m/s that is shown as the limit.</summary>
    public double BeltLimitMetersPerSecond { get; init; } = Coach.BeltLimitMetersPerSecond;

    /// <summary>Whether form is left alone now: then nothing on the screen tells how the foot comes down.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>What the plan has against this walk; null: nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether what comes waits to be kept: another program holds the store, or its disk is full.</summary>
    public bool KeepingWaits { get; init; }

    /// <summary>Strides that count.</summary>
    public int Strides { get; init; }

    /// <summary>Middle of the last few, in m/s.</summary>
    public double? BeltMetersPerSecond { get; init; }

    /// <summary>Incline of belt or hill in %, positive: uphill in the direction of walking.</summary>
    public double? InclinePercent { get; init; }

    /// <summary>Whether it has been known in this walk: then it has a place on the screen.</summary>
    public bool KnowsIncline { get; init; }

    /// <summary>Whether the rails are held, as far as is known.</summary>
    public Posture Rails { get; init; }

    /// <summary>Whether the rhythm has become even.</summary>
    public bool IsRhythmSettled { get; init; }

    /// <summary>The link; with several sensors the worst.</summary>
    public LinkState Link { get; init; }

    /// <summary>In %; with several sensors the lowest.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>The one thing to say.</summary>
    public required Cue Cue { get; init; }

    /// <summary>Whether the walker has paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Moments that the walker marked.</summary>
    public int WalkersMarks { get; init; }

    /// <summary>Whether cues can be heard, or null when there is no sound to mute.</summary>
    public bool? IsHeard { get; init; }

    /// <summary>Whether the list of keys is asked for.</summary>
    public bool ShowsKeys { get; init; }
}
