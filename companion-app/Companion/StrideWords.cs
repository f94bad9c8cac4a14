using Backstep.Companion.Sessions;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Companion;

/// <summary>The same lower-case words for the engine's answers in files, JSON and on screen.</summary>
public static class StrideWords
{
    /// <summary>forward, backward, unknown.</summary>
    public static string Of(Direction direction) => direction switch
    {
        Direction.Forward => "forward",
        Direction.Backward => "backward",
        _ => "unknown",
    };

    /// <summary>toe, flat, heel, unknown.</summary>
    public static string Of(Landing landing) => landing switch
    {
        Landing.Toe => "toe",
        Landing.Flat => "flat",
        Landing.Heel => "heel",
        _ => "unknown",
    };

    /// <summary>held, free, unknown.</summary>
    public static string Of(Posture posture) => posture switch
    {
        Posture.Held => "held",
        Posture.Free => "free",
        _ => "unknown",
    };

    /// <summary>left, right, wrist, unknown.</summary>
    public static string Of(Placement placement) => placement switch
    {
        Placement.LeftShoe => "left",
        Placement.RightShoe => "right",
        Placement.Wrist => "wrist",
        _ => "unknown",
    };

    /// <summary>treadmill, hill, sled, free.</summary>
    public static string Of(WalkMode mode) => mode switch
    {
        WalkMode.Treadmill => "treadmill",
        WalkMode.Hill => "hill",
        WalkMode.Sled => "sled",
        _ => "free",
    };

    /// <summary>left, right, unknown.</summary>
    public static string Of(FootSide side) => side switch
    {
        FootSide.Left => "left",
        FootSide.Right => "right",
        _ => "unknown",
    };

    /// <summary>What a hand does.</summary>
    public static string Of(ArmPose pose) => pose switch
    {
        ArmPose.OnRail => "on the rail, both hands",
        ArmPose.OneHandOnRail => "on the rail, the other swings",
        ArmPose.Swinging => "swinging",
        ArmPose.OtherHandOnRail => "swings, the other on the rail",
        ArmPose.PhoneInHand => "phone in hand",
        ArmPose.InPocket => "in a pocket",
        ArmPose.Crossed => "arms crossed",
        _ => "at the controls",
    };
}
