namespace Backstep.WebEngine.Looks;

/// <summary>All that a page shows, says and rings of a walk at one moment. Null means not known (yet).</summary>
public sealed record LookJson
{
    /// <summary>idle, connecting, walking, paused, ended.</summary>
    public required string State { get; init; }

    /// <summary>Who is followed.</summary>
    public required string Source { get; init; }

    /// <summary>Whether that is no real person.</summary>
    public required bool Simulated { get; init; }

    /// <summary>connected, connecting, reconnecting, disconnected.</summary>
    public required string LinkState { get; init; }

    /// <summary>Why the link is not up, in words; null when it is, or nobody knows.</summary>
    public string? LinkReason { get; init; }

    /// <summary>When the next attempt to set it up is due; null when none is.</summary>
    public double? NextTryInSeconds { get; init; }

    /// <summary>Time walked: neither pauses nor standing.</summary>
    public required double WalkedSeconds { get; init; }

    /// <summary>The time that was set; null for none.</summary>
    public double? TargetSeconds { get; init; }

    /// <summary>What of it is left, never below 0.</summary>
    public double? RemainingSeconds { get; init; }

    /// <summary>Of both feet.</summary>
    public double? CadenceStepsPerMinute { get; init; }

    /// <summary>Share of backward steps that landed toes first, in %; null also while form is left alone
    /// (<see cref="IsQuiet"/>): what a page tells is a cue, too.</summary>
    public double? ToeFirstPercent { get; init; }

    /// <summary>Strides that count.</summary>
    public required int Strides { get; init; }

    /// <summary>Speed of the belt.</summary>
    public required SpeedJson BeltSpeed { get; init; }

    /// <summary>Of belt or hill, in words.</summary>
    public string? Incline { get; init; }

    /// <summary>held, free, unknown.</summary>
    public required string Rails { get; init; }

    /// <summary>Whether the rhythm has become even.</summary>
    public required bool IsRhythmSettled { get; init; }

    /// <summary>Of the sensor.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>Whether it is worth a word.</summary>
    public required bool IsBatteryLow { get; init; }

    /// <summary>Whether form is left alone now: then nothing tells how the foot comes down.</summary>
    public required bool IsQuiet { get; init; }

    /// <summary>The one thing to say.</summary>
    public required CueJson Cue { get; init; }

    /// <summary>What to speak, since the last look.</summary>
    public required IReadOnlyList<string> Say { get; init; }

    /// <summary>Whether to ring, since the last look.</summary>
    public required bool Bell { get; init; }

    /// <summary>Each foot that wears a sensor, left before right; at least one.</summary>
    public required IReadOnlyList<FootJson> Feet { get; init; }

    /// <summary>Details in words, in the order in which to show them.</summary>
    public required IReadOnlyList<FigureJson> Figures { get; init; }

    /// <summary>Why what comes is not kept at the moment; null when all is well.</summary>
    public string? KeepingTrouble { get; init; }

    /// <summary>A sentence that is worth knowing and no reason to stop; null for none.</summary>
    public string? Notice { get; init; }
}

/// <summary>A speed in the walker's units.</summary>
/// <param name="Value">Null when not known.</param>
/// <param name="Unit">km/h or mph.</param>
/// <param name="Text">With its unit: 2.4 km/h; null when not known.</param>
/// <param name="LimitText">Up to which nothing is said; null where there is no limit.</param>
public sealed record SpeedJson(double? Value, string Unit, string? Text, string? LimitText);

/// <summary>A cue.</summary>
/// <param name="Kind">What it is about: the name of a <see cref="Walks.Coaching.CueKind"/>, as tooFast.</param>
/// <param name="Tone">stop (for safety), warn (the time is up), call (an interval, a pause), advise, neutral,
/// praise.</param>
/// <param name="Text">In words.</param>
/// <param name="Headline">The same in one to three words, for large letters.</param>
public sealed record CueJson(string Kind, string Tone, string Text, string Headline);

/// <summary>A foot.</summary>
/// <param name="Side">left, right, unknown.</param>
/// <param name="Steps">The last ones, oldest first.</param>
public sealed record FootJson(string Side, IReadOnlyList<StepJson> Steps);

/// <summary>A step.</summary>
/// <param name="Landing">toe, flat, heel, unknown.</param>
/// <param name="Direction">backward, forward, unknown.</param>
public sealed record StepJson(string Landing, string Direction);

/// <summary>A figure in words.</summary>
/// <param name="Label">What.</param>
/// <param name="Value">How much; null when not known.</param>
/// <param name="Unit">Of the value, or what it means; empty for neither.</param>
public sealed record FigureJson(string Label, string? Value, string Unit);
