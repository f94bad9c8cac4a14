using System.Text.Json.Serialization;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Backstep.Walks.Rails;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Output;

/// <summary>A line of <c>backstep live --json</c>: one event each, as it comes.</summary>
/// <param name="Event">What kind.</param>
/// <param name="AtSeconds">When it came, since the command was given.</param>
/// <param name="Sensor">Which sensor told it: its name, with the address where two have one name.</param>
public abstract record LiveEventJson(
    [property: JsonPropertyOrder(-3)] string Event, [property: JsonPropertyOrder(-2)] double AtSeconds,
    [property: JsonPropertyOrder(-1)] string Sensor)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-4)]
    public string Schema { get; } = "backstep.live/1";
}

/// <summary>The link changed: connecting, connected, reconnecting, disconnected; or one more attempt failed.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Sensor">Whose.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why it is not up, in words; null when it is.</param>
/// <param name="Attempts">Attempts so far to set it up again.</param>
/// <param name="NextAttemptSeconds">When the next one is due; null when none is.</param>
public sealed record LiveLinkJson(double AtSeconds, string Sensor, string State, string? Reason, int Attempts,
    double? NextAttemptSeconds) : LiveEventJson("link", AtSeconds, Sensor)
{
    /// <summary>From an event.</summary>
    public static LiveLinkJson From(double at, string sensor, LinkChanged link) => new(
        at,
        sensor,
        link.State switch
        {
            LinkState.Connecting => "connecting",
            LinkState.Connected => "connected",
            LinkState.Reconnecting => "reconnecting",
            _ => "disconnected",
        },
        link.Reason,
        link.Attempts,
        link.NextAttemptIn?.TotalSeconds);
}

/// <summary>Where a sensor is worn, as it says itself: left, right, wrist, unknown. Told on every connection.</summary>
public sealed record LiveWornJson(double AtSeconds, string Sensor, string Placement)
    : LiveEventJson("worn", AtSeconds, Sensor);

/// <summary>A stride, once. Null means not measured.</summary>
public sealed record LiveStrideJson(
    double AtSeconds,
    string Sensor,
    int Run,
    uint Sequence,
    uint ContactMilliseconds,
    bool Replayed,
    string Direction,
    string Landing,
    string Rails,
    int ConfidencePercent,
    double? FootStrikeDegrees,
    double? TiltDegrees,
    int? StrideMilliseconds,
    int? StanceMilliseconds,
    int SwingMilliseconds,
    double? LengthMeters,
    double? BeltMetersPerSecond,
    double? ImpactG,
    int? DecisionMilliseconds) : LiveEventJson("stride", AtSeconds, Sensor)
{
    /// <summary>From a stride.</summary>
    public static LiveStrideJson From(double at, string sensor, StrideReceived received) =>
        From(at, sensor, received.Stride, received);

    private static LiveStrideJson From(double at, string sensor, Stride stride, StrideReceived received) => new(
        AtSeconds: at,
        Sensor: sensor,
        Run: received.Run,
        Sequence: stride.Sequence,
        ContactMilliseconds: stride.ContactMilliseconds,
        Replayed: received.IsReplayed,
        Direction: StrideText.Of(stride.Direction),
        Landing: StrideText.Of(stride.Landing),
        Rails: StrideText.Of(stride.Posture),
        ConfidencePercent: stride.ConfidencePercent,
        FootStrikeDegrees: Scaled(stride.FootStrikeHalfDegrees, 0.5),
        TiltDegrees: Scaled(stride.TiltHalfDegrees, 0.5),
        StrideMilliseconds: Whole(stride.StrideMilliseconds),
        StanceMilliseconds: Whole(stride.StanceMilliseconds),
        SwingMilliseconds: stride.SwingMilliseconds,
        LengthMeters: Scaled(stride.LengthMillimeters, 0.001),
        BeltMetersPerSecond: Scaled(stride.BeltSpeedMillimetersPerSecond, 0.001),
        ImpactG: Scaled(stride.ImpactTenthsG, 0.1),
        DecisionMilliseconds: Whole(stride.DecisionMilliseconds));

    private static int? Whole(int value) => value == Stride.Missing ? null : value;

    private static double? Scaled(int value, double unit) =>
        value == Stride.Missing ? null : Math.Round(value * unit, 3);
}

/// <summary>The session so far. Null means not measured.</summary>
public sealed record LiveSessionJson(
    double AtSeconds,
    string Sensor,
    string State,
    int? ElapsedSeconds,
    int? ActiveSeconds,
    int? BackwardStrides,
    int? ForwardStrides,
    int? UnknownStrides,
    int? ToeFirstPercent,
    int? CadenceStepsPerMinute,
    double? DistanceMeters,
    double? InclinePercent,
    bool LacksStrides) : LiveEventJson("session", AtSeconds, Sensor)
{
    /// <summary>From a session.</summary>
    public static LiveSessionJson From(double at, string sensor, Session session) => new(
        AtSeconds: at,
        Sensor: sensor,
        State: session.State switch
        {
            SessionState.Active => "active",
            SessionState.Paused => "paused",
            SessionState.Ended => "ended",
            _ => "idle",
        },
        ElapsedSeconds: Measured(session.ElapsedSeconds),
        ActiveSeconds: Measured(session.ActiveSeconds),
        BackwardStrides: Measured(session.BackwardStrides),
        ForwardStrides: Measured(session.ForwardStrides),
        UnknownStrides: Measured(session.UnknownStrides),
        ToeFirstPercent: Measured(session.ToeFirstPercent),
        CadenceStepsPerMinute: Measured(session.CadenceNowStepsPerMinute),
        DistanceMeters: Measured(session.DistanceCentimeters) / 100.0,
        InclinePercent: MeasuredIncline.PercentOf(session.InclineFifthsPercent),
        LacksStrides: session.LacksStrides);

    private static int? Measured(int value) => value == Message.Missing ? null : value;
}

/// <summary>Whether the rails are held, as far as can be told: told when it changes. The sensor is the shoe, also when
/// a wrist has its word.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Sensor">The shoe.</param>
/// <param name="Rails">held, free, unknown.</param>
/// <param name="HeldPercent">How likely it is that they are held; null when it cannot be told.</param>
/// <param name="By">Who says so: shoe, shoe-and-wrist; null when nobody does.</param>
public sealed record LiveRailsJson(double AtSeconds, string Sensor, string Rails, double? HeldPercent, string? By)
    : LiveEventJson("rails", AtSeconds, Sensor)
{
    /// <summary>The word for who says so.</summary>
    public static string? WordOf(RailSource source) => source switch
    {
        RailSource.Shoe => "shoe",
        RailSource.ShoeAndWrist => "shoe-and-wrist",
        _ => null,
    };
}

/// <summary>The battery's level.</summary>
public sealed record LiveBatteryJson(double AtSeconds, string Sensor, int Percent)
    : LiveEventJson("battery", AtSeconds, Sensor);

/// <summary>Something that is not as it should be, in words: strides lost for good, a payload that is none, a command
/// refused.</summary>
public sealed record LiveProblemJson(double AtSeconds, string Sensor, string Problem)
    : LiveEventJson("problem", AtSeconds, Sensor);

/// <summary>The last line of a sensor; after it come only those of the other sensors.</summary>
/// <param name="AtSeconds">When it ended.</param>
/// <param name="Sensor">Who was followed.</param>
/// <param name="Strides">That came.</param>
/// <param name="Replayed">Of them, those that came later, out of the sensor's log.</param>
/// <param name="LostForGood">That the sensor no longer held.</param>
/// <param name="Direction">Counts.</param>
/// <param name="Landing">Counts.</param>
/// <param name="LinkLosses">How often the link was lost.</param>
/// <param name="RejectedPayloads">Payloads that could not be decoded.</param>
public sealed record LiveSummaryJson(
    double AtSeconds,
    string Sensor,
    int Strides,
    int Replayed,
    long LostForGood,
    DirectionCounts Direction,
    LandingCounts Landing,
    int LinkLosses,
    int RejectedPayloads) : LiveEventJson("summary", AtSeconds, Sensor)
{
    /// <summary>Keys of the sessions that were kept, of all sensors.</summary>
    public IReadOnlyList<long> KeptSessions { get; init; } = [];
}
