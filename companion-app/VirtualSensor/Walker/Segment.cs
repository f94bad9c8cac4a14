using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>A part of a scenario: something the body does for a while. It begins and ends with the foot flat and at
/// rest on what carries it.</summary>
public abstract record Segment
{
    /// <summary>Whether a hand is on the rail; truth only, it moves nothing by itself.</summary>
    public Posture Posture { get; init; } = Posture.Unknown;

    /// <summary>What the hand does that a unit on the wrist would feel; null: it is on the rail where a hand is there,
    /// else it swings.</summary>
    public ArmPose? Hand { get; init; }

    /// <summary>What it is, in a word.</summary>
    public abstract string Word { get; }

    internal abstract void Play(Stage stage);
}
