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

/// <summary>What live events say of the rails: the shoe's and the wrist's, each on its own clock, brought together on
/// this computer's.</summary>
/// <param name="time">This computer's clock.</param>
public sealed class LiveRails(TimeProvider time)
{
    private readonly RailFusion _fusion = new();
    private readonly SensorClock _shoe = new(), _wrist = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Whether a wrist has been heard: only then there is anything to join.</summary>
    public bool HasWrist { get; private set; }

    /// <summary>What the shoe said last of rails and rhythm, or null.</summary>
    public RailEstimate? Shoe { get; private set; }

    /// <summary>What is to be believed: what is not is left out.</summary>
    public RailTrust Trust { get; set; } = RailTrust.Everything;

    /// <summary>What can be said now.</summary>
    public RailState Now => Trust == RailTrust.Nothing ? RailState.Unknown : _fusion.At(Seconds);

    private double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Compares the wrist with what was calibrated.</summary>
    public void Use(WristBaseline? baseline) => _fusion.Use(baseline);

    /// <summary>An event of the shoe, or of the wrist.</summary>
    /// <param name="received">The event.</param>
    /// <param name="isWrist">Whose.</param>
    public void Apply(SensorEvent received, bool isWrist)
    {
        switch (received)
        {
            case StrideReceived { IsReplayed: false } stride:
                // A stride is told when it is decided: that long after its contact.
                _shoe.Note(stride.Stride.ContactMilliseconds + (uint)stride.Stride.DecisionMilliseconds, Seconds);
                _fusion.AddStride(_shoe.ToComputer(stride.Stride.ContactMilliseconds));
                break;
            case RailsReceived rails:
                Shoe = rails.Estimate;
                _fusion.AddEstimate(Trust == RailTrust.Everything ? rails.Estimate : null);
                break;
            case WristReceived wrist:
                HasWrist = true;
                _wrist.Note(wrist.Motion.EndMilliseconds, Seconds);
                _fusion.AddWrist(wrist.Motion, _wrist.ToComputer(wrist.Motion.EndMilliseconds));
                break;
            case LinkChanged { State: LinkState.Disconnected or LinkState.Reconnecting } when !isWrist:
                Shoe = null;
                _fusion.AddEstimate(null);
                break;
            default:
                break;
        }
    }
}
