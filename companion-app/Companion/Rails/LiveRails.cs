using Backstep.Companion.Bluetooth;
using Backstep.Protocol;

namespace Backstep.Companion.Rails;

/// <summary>What live events say of the rails: the shoe's and the wrist's, each on its own clock, brought together on this computer's.</summary>
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

    /// <summary>What can be said now.</summary>
    public RailState Now => _fusion.At(Seconds);

    private double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Compares the wrist with what was calibrated.</summary>
    public void Use(WristBaseline? baseline) => _fusion.Use(baseline);

    /// <summary>An event of the shoe, or of the wrist.</summary>
    public void Apply(SensorEvent received)
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
                _fusion.AddEstimate(rails.Estimate);
                break;
            case WristReceived wrist:
                HasWrist = true;
                _wrist.Note(wrist.Motion.EndMilliseconds, Seconds);
                _fusion.AddWrist(wrist.Motion, _wrist.ToComputer(wrist.Motion.EndMilliseconds));
                break;
            case LinkChanged { State: LinkState.Disconnected or LinkState.Reconnecting }:
                Shoe = null;
                break;
            default:
                break;
        }
    }
}
