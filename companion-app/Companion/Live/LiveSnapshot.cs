using Backstep.Companion.Bluetooth;
using Backstep.Companion.Coaching;
using Backstep.Gait;

namespace Backstep.Companion.Live;

/// <summary>All that the live view shows at one moment. Null means not known (yet), and is shown as such.</summary>
public sealed record LiveSnapshot
{
    /// <summary>Who is followed: "simulated walker 'backward'", or a sensor's name.</summary>
    public required string Source { get; init; }

    /// <summary>Whether that is no real person. Said on screen.</summary>
    public bool Simulated { get; init; }

    /// <summary>Session time by the sensor's clock.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The time that was set, if any.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>Steps of both feet a minute.</summary>
    public double? CadenceStepsPerMinute { get; init; }

    /// <summary>Share of backward steps that landed toes first, in %.</summary>
    public double? ToeFirstPercent { get; init; }

    /// <summary>The last steps, oldest first, at most <see cref="StepMarks.Shown"/>.</summary>
    public IReadOnlyList<StepMark> Marks { get; init; } = [];

    /// <summary>Strides received in all.</summary>
    public int Strides { get; init; }

    /// <summary>Mean of the last few, positive = toes up.</summary>
    public double? FootStrikeDegrees { get; init; }

    /// <summary>Mean of the last few, positive = outer edge.</summary>
    public double? TiltDegrees { get; init; }

    /// <summary>Middle of the last few, in m/s.</summary>
    public double? BeltMetersPerSecond { get; init; }

    /// <summary>Whether the rails are held, as the newest stride says.</summary>
    public Posture Rails { get; init; }

    /// <summary>Whether the rhythm has become even.</summary>
    public bool IsRhythmSettled { get; init; }

    /// <summary>The link.</summary>
    public LinkState Link { get; init; }

    /// <summary>In %.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>The one thing to say.</summary>
    public required Cue Cue { get; init; }
}
