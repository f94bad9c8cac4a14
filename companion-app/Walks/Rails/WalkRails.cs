using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Walks.Rails;

/// <summary>Whose word about the rails counts.</summary>
public enum RailTrust
{
    /// <summary>The shoe's and the wrist's.</summary>
    Everything,

    /// <summary>The wrist's: the shoe compares with the baselines of somebody else.</summary>
    WristOnly,

    /// <summary>Nobody's: what was calibrated has expired.</summary>
    Nothing,
}

/// <summary>
/// The rails of a walk, now and of a stride, as its sensors' events tell: the shoe's and the wrist's, each on its own
/// clock, brought together on this computer's. Screen and store ask here, and nobody else decides.
/// </summary>
/// <param name="time">This computer's clock.</param>
public sealed class WalkRails(TimeProvider time)
{
    private readonly RailFusion _fusion = new();
    private readonly SensorClock _shoe = new(), _wrist = new();
    private readonly long _start = time.GetTimestamp();
    private bool _hasWrist;
    private RailEstimate? _estimate;
    private Posture _newest;
    private long? _newestAt;

    /// <summary>What is to be believed: what is not is left out.</summary>
    public RailTrust Trust { get; set; } = RailTrust.Everything;

    /// <summary>Whether the shoe says that it compares with baselines, and they are the walker's.</summary>
    public bool IsShoeTrusted => Trust == RailTrust.Everything && _estimate != null;

    /// <summary>What can be said now; nothing while nobody walks.</summary>
    public RailState Now =>
        _newestAt is { } at && time.GetElapsedTime(at) < Walking ? By(_newest) : RailState.Unknown;

    private static TimeSpan Walking => TimeSpan.FromMilliseconds(Stride.LongestMilliseconds);

    private double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Compares the wrist with what was calibrated; null when nothing was.</summary>
    public void Use(WristBaseline? baseline) => _fusion.Use(baseline);

    /// <summary>Rails held or free when a stride was walked that has just been told, or out of a sensor's memory: then
    /// only its own word is left, if that counts.</summary>
    public Posture Of(StrideReceived received) =>
        received.IsReplayed ? Of(received.Stride) : By(received.Stride.Posture).Posture;

    /// <summary>The same of a stride out of a sensor's flash.</summary>
    public Posture Of(Stride stride) => Trust == RailTrust.Everything ? stride.Posture : Posture.Unknown;

    /// <summary>Takes an event.</summary>
    /// <param name="received">The event.</param>
    /// <param name="isWrist">Whether a unit on the wrist told it; else it was the shoe that leads.</param>
    public void Apply(SensorEvent received, bool isWrist)
    {
        switch (received)
        {
            case StrideReceived { IsReplayed: false } stride when !isWrist:
                // A stride is told when it is decided: that long after its contact.
                _shoe.Note(stride.Stride.ContactMilliseconds + (uint)stride.Stride.DecisionMilliseconds, Seconds);
                _fusion.AddStride(_shoe.ToComputer(stride.Stride.ContactMilliseconds));
                (_newest, _newestAt) = (stride.Stride.Posture, time.GetTimestamp());
                break;
            case RailsReceived rails:
                _estimate = rails.Estimate;
                _fusion.AddEstimate(Trust == RailTrust.Everything ? rails.Estimate : null);
                break;
            case WristReceived wrist:
                _hasWrist = true;
                _wrist.Note(wrist.Motion.EndMilliseconds, Seconds);
                _fusion.AddWrist(wrist.Motion, _wrist.ToComputer(wrist.Motion.EndMilliseconds));
                break;
            case LinkChanged { State: LinkState.Disconnected or LinkState.Reconnecting } when !isWrist:
                _estimate = null;
                _fusion.AddEstimate(null);
                break;
            default:
                break;
        }
    }

    // By the wrist where there is one, else as the shoe says.
    private RailState By(Posture shoe) =>
        Trust == RailTrust.Nothing ? RailState.Unknown
        : _hasWrist ? _fusion.At(Seconds)
        : Trust != RailTrust.Everything || shoe == Posture.Unknown ? RailState.Unknown
        : new RailState(shoe, _estimate is { HeldPercent: not Message.Missing and var percent } ? percent : null,
            RailSource.Shoe);
}
