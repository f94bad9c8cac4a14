using Backstep.Walks.Coaching;

namespace Backstep.Gym.Board;

/// <summary>What a belt shows. Two that are equal show the same. Null means not known.</summary>
/// <param name="Number">What stands on the belt.</param>
/// <param name="Nickname">Of who walks; null unless they want it on the wall.</param>
/// <param name="State"><see cref="Free"/>, idle, active, paused, ended.</param>
/// <param name="IsStale">Whether nothing came of its clip for a while.</param>
/// <param name="IsSimulated">Whether no person walks.</param>
public sealed record BeltView(int Number, string? Nickname, string State, bool IsStale, bool IsSimulated)
{
    /// <summary>No clip is assigned to the belt.</summary>
    public const string Free = "free";

    /// <summary>Time walked, pauses left out.</summary>
    public int? WalkedSeconds { get; init; }

    /// <summary>How long the walker wants to walk.</summary>
    public int? TargetSeconds { get; init; }

    /// <summary>After how much walked time it is enough: the target, or the most that is advised.</summary>
    public int LimitSeconds { get; init; }

    /// <summary>Until then; 0 from then on.</summary>
    public int? RemainingSeconds { get; init; }

    /// <summary>Steps of both feet a minute, now.</summary>
    public int? CadenceStepsPerMinute { get; init; }

    /// <summary>Toe-first landings of the session in %.</summary>
    public int? ToeFirstPercent { get; init; }

    /// <summary>The last initial contact that came as it was walked, by the gateway's clock.</summary>
    public DateTimeOffset? LastContactAt { get; init; }

    /// <summary>The last steps, oldest first, a letter each (<see cref="Walks.Strides.StepMarks.Letter"/>).</summary>
    public string Marks { get; init; } = "";

    /// <summary>The one thing to say; null for none.</summary>
    public Cue? Cue { get; init; }

    /// <summary>held, free, unknown.</summary>
    public string Rails { get; init; } = "unknown";

    /// <summary>Whether the rhythm is even.</summary>
    public bool IsRhythmSettled { get; init; }

    /// <summary>Belt speed.</summary>
    public double? BeltMetersPerSecond { get; init; }

    /// <summary>Positive: uphill in the direction of walking.</summary>
    public double? InclinePercent { get; init; }

    /// <summary>Of the clip.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>Whether the clip should be charged.</summary>
    public bool IsBatteryLow { get; init; }

    /// <summary>up, lost, waiting; null when nothing came yet.</summary>
    public string? Link { get; init; }
}

/// <summary>A belt's view, and when it last changed.</summary>
/// <param name="View">What it shows.</param>
/// <param name="Version">Grows with every change of any belt.</param>
public sealed record BeltState(BeltView View, long Version);
