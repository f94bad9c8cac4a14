using System.Text.Json.Serialization;
using Backstep.Files.Export;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Output;

/// <summary>A session in lists. Null means not known.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Walker">Whose it is.</param>
/// <param name="StartedAt">When it began, with the offset of its place; null when the sensor's clock was not
/// set.</param>
/// <param name="KeptAt">The latest it can have begun: <paramref name="StartedAt"/>, or when it was fetched.</param>
/// <param name="Mode">treadmill, hill, sled, free.</param>
/// <param name="Simulated">Whether no person walked.</param>
/// <param name="State">complete, open (goes on), broken-off.</param>
/// <param name="TargetSeconds">The time that was set.</param>
/// <param name="InclinePercent">What the walker told.</param>
/// <param name="MeasuredInclinePercent">What the shoe measured, positive: uphill in the direction of walking.</param>
/// <param name="Sensors">What was worn.</param>
/// <param name="Totals">What came of it.</param>
/// <param name="PainBefore">0 to 10.</param>
/// <param name="PainAfter">0 to 10.</param>
/// <param name="PainNextMorning">0 to 10.</param>
public sealed record SessionJson(
    long Id,
    string Walker,
    DateTimeOffset? StartedAt,
    DateTimeOffset KeptAt,
    string Mode,
    bool Simulated,
    string State,
    double? TargetSeconds,
    double? InclinePercent,
    double? MeasuredInclinePercent,
    IReadOnlyList<SessionSensorJson> Sensors,
    SessionTotalsJson Totals,
    int? PainBefore,
    int? PainAfter,
    int? PainNextMorning)
{
    /// <summary>From what is kept.</summary>
    public static SessionJson From(SessionSummary session, string walker, IEnumerable<PainNote> pain)
    {
        var header = session.Header;
        return new SessionJson(
            Id: header.Id,
            Walker: walker,
            StartedAt: header.IsStartUnknown ? null : header.StartedAt,
            KeptAt: header.StartedAt,
            Mode: StrideText.Of(header.Mode),
            Simulated: header.IsSimulated,
            State: session.IsOpen ? "open" : session.IsComplete ? "complete" : "broken-off",
            TargetSeconds: header.Target?.TotalSeconds,
            InclinePercent: header.InclinePercent,
            MeasuredInclinePercent: session.MeasuredIncline?.Percent,
            Sensors: [
                .. header.Sensors.Select(
                    sensor => new SessionSensorJson(sensor.Name, sensor.Address, StrideText.Of(sensor.Placement),
                        sensor.SessionNumber))],
            Totals: SessionTotalsJson.From(session.Totals),
            PainBefore: Level(PainMoment.Before),
            PainAfter: Level(PainMoment.After),
            PainNextMorning: Level(PainMoment.NextMorning));

        int? Level(PainMoment moment) =>
            pain.LastOrDefault(note => note.SessionId == header.Id && note.Moment == moment)?.Level;
    }
}

/// <summary>A sensor's part in a session.</summary>
public sealed record SessionSensorJson(string Name, string? Address, string Placement, int? SessionNumber);

/// <summary><c>backstep sessions --json</c>.</summary>
/// <param name="Walker">Whose; null for everybody's.</param>
/// <param name="Sessions">Newest first.</param>
/// <param name="Noted">Walks without a sensor, as they were noted, newest first.</param>
public sealed record SessionsJson(string? Walker, IReadOnlyList<SessionJson> Sessions,
    IReadOnlyList<NotedWalkJson> Noted)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.sessions/1";
}

/// <summary>A walk without a sensor, as it was noted.</summary>
public sealed record NotedWalkJson(string Walker, DateTimeOffset At, string Mode, double Minutes);

/// <summary><c>backstep show ID --json</c>.</summary>
/// <param name="Walker">Who walked.</param>
/// <param name="Session">The session.</param>
/// <param name="Marks">Moments that were marked.</param>
/// <param name="Parts">The session in equal parts.</param>
/// <param name="FootStrikeAngles">How often backward strides landed at which angle.</param>
/// <param name="InWords">What happened, in sentences.</param>
/// <param name="Intervals">Each interval and the way back after it; none in a session without intervals.</param>
public sealed record ShowJson(
    string Walker, SessionJson Session, IReadOnlyList<SessionMarkJson> Marks, IReadOnlyList<SessionPartJson> Parts,
    IReadOnlyList<AngleCountJson> FootStrikeAngles, IReadOnlyList<string> InWords,
    IReadOnlyList<IntervalJson> Intervals)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.show/1";
}

/// <summary>An interval, or the way back after it (isWork false). Null means not known.</summary>
public sealed record IntervalJson(int Number, bool IsWork, double Seconds, int Backward, int Forward,
    double? ToeFirstShare, double? CadenceStepsPerMinute);

/// <summary>A moment of a session: walker, interval-begins, interval-ends, paused, resumed.</summary>
public sealed record SessionMarkJson(double AtSeconds, string Kind);

/// <summary>A part of a session. Null means not measured.</summary>
public sealed record SessionPartJson(
    double FromSeconds,
    double UntilSeconds,
    int Strides,
    int Toe,
    int Flat,
    int Heel,
    int Forward,
    int Unknown,
    double? CadenceStepsPerMinute,
    double? FootStrikeDegrees,
    double? BeltMetersPerSecond,
    string Rails);

/// <summary>Backward strides whose foot strike angle lies from one angle up to below another, in degrees.</summary>
public sealed record AngleCountJson(int FromDegrees, int BelowDegrees, int Strides);

/// <summary><c>backstep trends --json</c>.</summary>
/// <param name="Walker">Whose; null for nobody's.</param>
/// <param name="WithSimulated">Whether simulated sessions count.</param>
/// <param name="LeftOutUndated">Sessions left out because nobody knows when they were walked.</param>
/// <param name="Weeks">Oldest first, those without a session in between too.</param>
/// <param name="InWords">How they went, in sentences.</param>
public sealed record TrendsJson(string? Walker, bool WithSimulated, int LeftOutUndated, IReadOnlyList<WeekJson> Weeks,
    IReadOnlyList<string> InWords)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.trends/1";
}

/// <summary>A week. Null means not known.</summary>
public sealed record WeekJson(
    DateOnly Monday,
    int Sessions,
    double ActiveMinutes,
    int BackwardStrides,
    double? ToeFirstPercent,
    double? FootStrikeDegrees,
    double? RailsHeldPercent,
    double? PainBefore,
    double? PainAfter,
    double? PainNextMorning)
{
    /// <summary>From a week.</summary>
    public static WeekJson From(WeekOfWalking week) => new(
        Monday: week.Monday,
        Sessions: week.Sessions,
        ActiveMinutes: Math.Round(week.Active.TotalMinutes, 1),
        BackwardStrides: week.BackwardStrides,
        ToeFirstPercent: Statistics.Round(week.ToeFirstShare * 100, 1),
        FootStrikeDegrees: Statistics.Round(week.FootStrikeDegrees, 1),
        RailsHeldPercent: Statistics.Round(week.HeldShare * 100, 1),
        PainBefore: Statistics.Round(week.PainBefore, 1),
        PainAfter: Statistics.Round(week.PainAfter, 1),
        PainNextMorning: Statistics.Round(week.PainNextMorning, 1));
}

/// <summary><c>backstep walkers --json</c>.</summary>
/// <param name="Walkers">By name.</param>
public sealed record WalkersJson(IReadOnlyList<WalkerJson> Walkers)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.walkers/1";
}

/// <summary>A walker.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsLast">Whether it is the one that counts where no walker is named.</param>
/// <param name="Sessions">Sessions kept, simulated ones too.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record WalkerJson(string Name, bool IsLast, int Sessions, DateTimeOffset CreatedAt);

/// <summary><c>backstep delete</c>, <c>walkers rename</c>, <c>walkers remove</c> and <c>backup</c> with <c>--json</c>:
/// what was done.</summary>
/// <param name="Did">deleted, renamed, removed, backed-up.</param>
/// <param name="What">The session's key, the walker's name, or the file.</param>
/// <param name="Sessions">How many sessions that was about.</param>
public sealed record DoneJson(string Did, string What, int Sessions)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.done/1";
}
