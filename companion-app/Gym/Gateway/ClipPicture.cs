using Backstep.Gait;
using Backstep.Gym.Messages;
using Backstep.Protocol;
using Backstep.Walks;
using Backstep.Walks.Events;
using Backstep.Walks.Words;

namespace Backstep.Gym.Gateway;

/// <summary>What is known of a clip now, for whoever watches: nothing of it is kept.</summary>
/// <param name="gateway">Who follows it.</param>
/// <param name="clip">Which.</param>
/// <param name="isSimulated">Whether no person walks.</param>
/// <param name="time">The clock.</param>
internal sealed class ClipPicture(string gateway, string clip, bool isSimulated, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private Session? _session;
    private Placement? _placement;
    private string? _rails;
    private int? _battery;
    private long? _toldAt;
    private (string, SessionState?) _told;

    /// <summary>What it calls itself.</summary>
    public string? Name { get; set; }

    /// <summary>Version of its program.</summary>
    public string? Firmware { get; set; }

    /// <summary>Strength of its signal.</summary>
    public int? SignalDbm { get; set; }

    /// <summary>Its flash, as in messages; null when it is not known.</summary>
    public string? Flash { get; set; }

    /// <summary>As in <see cref="ClipLive.Link"/>.</summary>
    public string Link { get; set; } = ClipLive.Waiting;

    /// <summary>The state of its session; null when it was not told.</summary>
    public SessionState? State => _session?.State;

    /// <summary>Whether somebody walks, or rests in a walk.</summary>
    public bool IsWalking => State is SessionState.Active or SessionState.Paused;

    /// <summary>Takes an event.</summary>
    public void Apply(SensorEvent received)
    {
        switch (received)
        {
            case LinkChanged { State: LinkState.Connected }:
                Link = ClipLive.Up;
                break;
            case LinkChanged { State: LinkState.Reconnecting }:
                Link = ClipLive.Lost;
                break;
            case SessionReceived told:
                _session = told.Session;
                break;
            case BatteryReceived told:
                _battery = told.Percent;
                break;
            case ConfigurationReceived told:
                _placement = told.Configuration.Placement;
                break;
            case RailsReceived told:
                _rails = StrideText.Of(told.Estimate.Posture);
                break;
            default:
                break;
        }
    }

    /// <summary>The message, when one is due: once a second, and when the state or the link is another.</summary>
    public ClipLive? TakeDue()
    {
        if (_toldAt is { } told && (Link, State) == _told && time.GetElapsedTime(told) < Beat)
        {
            return null;
        }

        (_toldAt, _told) = (time.GetTimestamp(), (Link, State));
        return Of();
    }

    private ClipLive Of() => new(
        Gateway: gateway,
        Clip: clip,
        Name: Name is { } name ? OneLine.Of(name) : null,
        At: ClipTime.Whole(time.GetUtcNow()),
        Simulated: isSimulated,
        Link: Link,
        SignalDbm: SignalDbm,
        BatteryPercent: _battery,
        Firmware: Firmware,
        Placement: _placement is { } placement ? StrideText.Of(placement) : null,
        Flash: Flash,
        Session: _session is { Id: > 0 and var id } ? id : null,
        State: State switch
        {
            SessionState.Idle => "idle",
            SessionState.Active => "active",
            SessionState.Paused => "paused",
            SessionState.Ended => "ended",
            _ => null,
        },
        ElapsedSeconds: Known(_session?.ElapsedSeconds),
        ActiveSeconds: Known(_session?.ActiveSeconds),
        BackwardStrides: Known(_session?.BackwardStrides),
        ForwardStrides: Known(_session?.ForwardStrides),
        UnknownStrides: Known(_session?.UnknownStrides),
        ToeFirstPercent: Known(_session?.ToeFirstPercent),
        RailsHeldPercent: Known(_session?.RailsHeldPercent),
        CadenceStepsPerMinute: Known(_session?.CadenceNowStepsPerMinute),
        MeanCadenceStepsPerMinute: Known(_session?.CadenceMeanStepsPerMinute),
        DistanceMeters: ClipFigures.Meters(_session),
        InclinePercent: ClipFigures.Percent(_session?.InclineFifthsPercent),
        IsRhythmSettled: _session?.IsRhythmSettled,
        LacksStrides: _session?.LacksStrides,
        Rails: _rails);

    private static int? Known(int? value) => ClipFigures.Known(value);
}

/// <summary>A clip's figures in the units of messages; null where it has none.</summary>
internal static class ClipFigures
{
    private const double CentimetersPerMeter = 100;
    private const double FifthsPerPercent = 5;

    /// <summary>A number, unless it is missing.</summary>
    public static int? Known(int? value) => value is Message.Missing ? null : value;

    /// <summary>The way of a session.</summary>
    public static double? Meters(Session? session) =>
        Known(session?.DistanceCentimeters) is { } way ? way / CentimetersPerMeter : null;

    /// <summary>A slope.</summary>
    public static double? Percent(int? fifths) => Known(fifths) is { } known ? known / FifthsPerPercent : null;
}
