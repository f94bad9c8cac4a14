using System.Globalization;
using System.Text;
using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>What the body did from one time to another, whether a hand was on the rail, and what the hand did that a
/// unit on the wrist would feel.</summary>
public sealed record TrueActivity(double StartSeconds, double EndSeconds, string Name, Posture Posture, ArmPose Hand);

/// <summary>Words and lines about the truth.</summary>
public static class Truth
{
    /// <summary>The landing that belongs to a foot strike angle in degrees, toes up positive, drawn where the engine
    /// draws it unless told otherwise.</summary>
    public static Landing LandingAt(double footStrikeDegrees) =>
        footStrikeDegrees * 2 >= GaitEngine.DefaultHeelLandingHalfDegrees ? Landing.Heel
        : footStrikeDegrees * 2 <= GaitEngine.DefaultToeLandingHalfDegrees ? Landing.Toe
        : Landing.Flat;

    /// <summary>One line a stride, in the columns of `backstep replay --events`, as far as truth has them. Missing
    /// values are empty.</summary>
    public static string ToCsv(IEnumerable<TrueStride> strides)
    {
        var text =
            new StringBuilder(
                "contact_s,clearance_s,direction,landing,foot_strike_deg,tilt_deg,stride_s,stance_s,"
                + "stride_m,belt_mps,foot_flat_s\n");
        foreach (var s in strides)
        {
            var swing = s.ContactSeconds - s.ClearanceSeconds;
            text.Append(CultureInfo.InvariantCulture,
                $"{s.ContactSeconds:F4},{s.ClearanceSeconds:F4},{Word(s.Direction)},{Word(s.Landing)},");
            text.Append(CultureInfo.InvariantCulture,
                $"{s.FootStrikeDegrees:F2},{s.TiltDegrees:F2},{s.StrideSeconds:F4},{s.StrideSeconds - swing:F4},");
            text.Append(CultureInfo.InvariantCulture,
                $"{s.LengthMeters:F4},{s.LengthMeters / s.StrideSeconds:F4},{s.FootFlatSeconds:F4}\n");
        }

        return text.ToString();
    }

    private static string Word(Direction direction) =>
        direction switch { Direction.Forward => "forward", Direction.Backward => "backward", _ => "unknown" };

    private static string Word(Landing landing) =>
        landing switch { Landing.Toe => "toe", Landing.Flat => "flat", Landing.Heel => "heel", _ => "unknown" };
}
