using Backstep.VirtualSensor.Walker;

namespace Backstep.Rehearsal;

/// <summary>What a simulated hand does, in words.</summary>
public static class ArmText
{
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
