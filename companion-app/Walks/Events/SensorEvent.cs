using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Walks.Events;

/// <summary>Everything that a sensor tells, as one stream of typed events.</summary>
public abstract record SensorEvent;

/// <summary>A stride, once.</summary>
/// <param name="Stride">The stride.</param>
/// <param name="IsReplayed">Whether it came later, out of the sensor's log, because the link was down when it was
/// walked.</param>
public sealed record StrideReceived(Stride Stride, bool IsReplayed) : SensorEvent
{
    /// <summary>Which start of the sensor the stride's number belongs to; 0 when not known.</summary>
    public int Run { get; init; }

    /// <summary>The sensor's flash, under which run and number never come again; 0 when not known.</summary>
    public uint Flash { get; init; }
}

/// <summary>The state of the session.</summary>
public sealed record SessionReceived(Session Session) : SensorEvent;

/// <summary>The battery's level in %.</summary>
public sealed record BatteryReceived(int Percent) : SensorEvent;

/// <summary>What any running app would read.</summary>
public sealed record RunningSpeedReceived(RscMeasurement Measurement) : SensorEvent;

/// <summary>Raw motion.</summary>
public sealed record RawMotionReceived(RawMotion Motion) : SensorEvent;

/// <summary>What the shoe says of the rails and the rhythm.</summary>
public sealed record RailsReceived(RailEstimate Estimate) : SensorEvent;

/// <summary>A quarter of a second of a unit on the wrist.</summary>
public sealed record WristReceived(WristMotion Motion) : SensorEvent;

/// <summary>The answer to a command.</summary>
public sealed record ControlReplied(ControlReply Reply) : SensorEvent;

/// <summary>The sensor did not even take a command.</summary>
/// <param name="Operation">Which.</param>
/// <param name="Reason">Its reason, in words.</param>
public sealed record CommandRefused(ControlOperation Operation, string Reason) : SensorEvent
{
    /// <summary>Error code of the Attribute Protocol with which it refused; null when it did not say.</summary>
    public byte? AttError { get; init; }

    /// <summary>Whether it would refuse again on this link: it does not know the request (0x06), or the link is not
    /// authenticated (0x05), authorised (0x08) or encrypted (0x0F) as it wants it (Core specification, volume 3, part
    /// F, 3.4.1.1).</summary>
    public bool IsForGood => AttError is 0x05 or 0x06 or 0x08 or 0x0F;
}

/// <summary>How the sensor is set: told on every connection.</summary>
public sealed record ConfigurationReceived(Configuration Configuration) : SensorEvent;

/// <summary>A session out of the sensor's flash, finished, whoever was there. Told only to those who want them
/// (<see cref="FollowOptions.WantsSession"/>), once for each client.</summary>
/// <param name="Start">Its number, its beginning, its first and last stride.</param>
/// <param name="Totals">Its totals.</param>
/// <param name="Strides">Its strides that the flash still holds, in order.</param>
public sealed record SessionWalkedAlone(LogSessionStart Start, Session Totals, IReadOnlyList<Stride> Strides)
    : SensorEvent
{
    /// <summary>The sensor's flash, under which the session's run and number never come again; 0 when not
    /// known.</summary>
    public uint Flash { get; init; }
}

/// <summary>The link changed, or an attempt to set it up again failed.</summary>
/// <param name="State">How it stands.</param>
public sealed record LinkChanged(LinkState State) : SensorEvent
{
    /// <summary>Why it is not up, in words; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Attempts so far to set a lost link up again.</summary>
    public int Attempts { get; init; }

    /// <summary>When the next one is due; null when none is.</summary>
    public TimeSpan? NextAttemptIn { get; init; }

    /// <summary>Whether this is the loss itself, and not one more attempt that failed.</summary>
    public bool IsLoss => State == LinkState.Reconnecting && Attempts == 0;
}

/// <summary>Strides that the sensor no longer holds: they are missing for good, and counted.</summary>
/// <param name="FirstSequence">First of them.</param>
/// <param name="LastSequence">Last of them.</param>
public sealed record StridesLost(uint FirstSequence, uint LastSequence) : SensorEvent;

/// <summary>A payload that is none: it was left out.</summary>
/// <param name="Characteristic">Where it came from.</param>
/// <param name="Error">Why.</param>
public sealed record PayloadRejected(Guid Characteristic, DecodeError Error) : SensorEvent;
