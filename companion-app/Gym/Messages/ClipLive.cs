namespace Backstep.Gym.Messages;

/// <summary>A clip, once a second, and at once when its state changes. Null means not known: it was not told, or not
/// measured.</summary>
/// <param name="Gateway">Who follows it.</param>
/// <param name="Clip">Which.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="At">When this was so.</param>
/// <param name="Simulated">Whether no person walks.</param>
/// <param name="Link"><see cref="Up"/>, <see cref="Lost"/> or <see cref="Waiting"/> (near, but no link is
/// free).</param>
/// <param name="SignalDbm">Strength of its signal.</param>
/// <param name="BatteryPercent">0 to 100.</param>
/// <param name="Firmware">Version of its program.</param>
/// <param name="Placement">left, right, wrist, unknown.</param>
/// <param name="Flash">The flash that counts its starts and sessions, as eight hexadecimal digits.</param>
/// <param name="Session">Number of the session that runs, or of the last one.</param>
/// <param name="State">idle, active, paused, ended.</param>
/// <param name="ElapsedSeconds">Since the session's start, pauses included.</param>
/// <param name="ActiveSeconds">Without pauses.</param>
/// <param name="BackwardStrides">Of the foot that wears the clip.</param>
/// <param name="ForwardStrides">The same forward.</param>
/// <param name="UnknownStrides">The same of unknown direction.</param>
/// <param name="ToeFirstPercent">Of the backward strides whose landing is known.</param>
/// <param name="RailsHeldPercent">Of the strides for which that is known.</param>
/// <param name="CadenceStepsPerMinute">Now; both feet.</param>
/// <param name="MeanCadenceStepsPerMinute">Over the session.</param>
/// <param name="DistanceMeters">Over the session.</param>
/// <param name="InclinePercent">Positive: uphill in the direction of walking.</param>
/// <param name="IsRhythmSettled">Whether the clip says that the rhythm is even.</param>
/// <param name="LacksStrides">Whether the foot moves as in walking and yields no strides.</param>
/// <param name="Rails">held, free, unknown: as the shoe knows it now.</param>
public sealed record ClipLive(
    string Gateway,
    string Clip,
    string? Name,
    DateTimeOffset At,
    bool Simulated,
    string Link,
    int? SignalDbm,
    int? BatteryPercent,
    string? Firmware,
    string? Placement,
    string? Flash,
    int? Session,
    string? State,
    int? ElapsedSeconds,
    int? ActiveSeconds,
    int? BackwardStrides,
    int? ForwardStrides,
    int? UnknownStrides,
    int? ToeFirstPercent,
    int? RailsHeldPercent,
    int? CadenceStepsPerMinute,
    int? MeanCadenceStepsPerMinute,
    double? DistanceMeters,
    double? InclinePercent,
    bool? IsRhythmSettled,
    bool? LacksStrides,
    string? Rails)
{
    /// <summary>The gateway holds a link to it.</summary>
    public const string Up = "up";

    /// <summary>The link is lost, and is being set up again.</summary>
    public const string Lost = "lost";

    /// <summary>It is near, and no link is free for it.</summary>
    public const string Waiting = "waiting";
}
