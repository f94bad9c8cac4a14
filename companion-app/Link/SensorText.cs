using System.Globalization;
using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Link;

/// <summary>The sensor's codes in words: what it refused and why, how it sits.</summary>
public static class SensorText
{
    /// <summary>The sensor obeys its owner only, and does not know this computer as the owner's.</summary>
    public const string PairAgain =
        "the sensor obeys its owner only, and does not know this computer as the owner's: hold the sensor's button "
        + "for four seconds "
        + "(or switch it off and on), remove it from this computer's Bluetooth devices, and pair again within two "
        + "minutes, with its passkey if you have set one";

    private static readonly string[] ChipAxes = ["x", "y", "z"];

    /// <summary>Why a command was not carried out.</summary>
    public static string Of(ControlResult result) => result switch
    {
        ControlResult.Success => "done",
        ControlResult.NotSupported => "this sensor cannot do that: its firmware may be older than this program",
        ControlResult.InvalidOperand => "the value is out of range; nothing was changed",
        ControlResult.Failed => "tried, and failed; nothing was changed",
        ControlResult.NotNow => "not possible at this moment",
        ControlResult.InProgress => "begun",
        ControlResult.NotHeld => "the sensor no longer holds that",
        ControlResult.NotAllowed => PairAgain,
        ControlResult.StorageFailed => "the sensor's flash could not be written; the old state stays",
        _ => string.Create(CultureInfo.InvariantCulture, $"result {(int)result}, which this program does not know"),
    };

    /// <summary>What a setting must be.</summary>
    public static string Of(ConfigurationField field) => field switch
    {
        ConfigurationField.Layout =>
            "the sensor's firmware keeps its settings in another layout: update the firmware or this program",
        ConfigurationField.Placement => "the placement must be left, right, wrist or unknown",
        ConfigurationField.Cadence => "the cadence must be both-feet or one-foot",
        ConfigurationField.ToeLanding => "the toe landing must be an angle from -63 to 0 degrees",
        ConfigurationField.HeelLanding => "the heel landing must be an angle from 0 to 63 degrees",
        ConfigurationField.Mount => "the mount must be a rotation: 'backstep calibrate mount' finds it",
        ConfigurationField.Name => "the name must have no control characters and at most 20 bytes (20 plain letters)",
        _ => "nothing is wrong",
    };

    /// <summary>Why a write was refused, where the sensor or its radio told a code; null for a code without a meaning
    /// here.</summary>
    public static string? OfAttError(byte error) =>
        AttErrors.ConfigurationFieldOf(error) is var field and not ConfigurationField.None
        ? Of(field)
        : error switch
        {
            0x05 or 0x08 or 0x0F => PairAgain,
            0x11 => "the sensor has too much to do: try again in a moment",
            AttErrors.ProcedureInProgress =>
                "the sensor is still busy with the command before: try again in a moment",
            AttErrors.IndicationsOff => "the sensor's answers are not switched on",
            _ => null,
        };

    /// <summary>How the chip sits: which of its axes points to the toes and which up, and by how much that is
    /// off.</summary>
    public static string Of(Mount mount)
    {
        var (toes, toesOff) = Nearest(mount.XX, mount.XY, mount.XZ);
        var (up, upOff) = Nearest(mount.ZX, mount.ZY, mount.ZZ);
        return string.Create(CultureInfo.InvariantCulture,
            $"its {toes} axis points to the toes ({toesOff:0} degrees off), its {up} axis up ({upOff:0} degrees off)");
    }

    /// <summary>By what angle one mount differs from another, in degrees, 0 to 180.</summary>
    public static double DegreesBetween(Mount one, Mount other)
    {
        // The trace of one's transpose times the other is 1 + 2 cos(angle).
        double trace = ((double)one.XX * other.XX) + (one.XY * other.XY) + (one.XZ * other.XZ)
            + (one.YX * other.YX) + (one.YY * other.YY) + (one.YZ * other.YZ)
            + (one.ZX * other.ZX) + (one.ZY * other.ZY) + (one.ZZ * other.ZZ);
        return double.RadiansToDegrees(Math.Acos(Math.Clamp((trace - 1) / 2, -1, 1)));
    }

    private static (string Axis, double DegreesOff) Nearest(params ReadOnlySpan<float> shares)
    {
        int best = 0;
        for (int i = 1; i < shares.Length; i++)
        {
            best = Math.Abs(shares[i]) > Math.Abs(shares[best]) ? i : best;
        }

        string sign = shares[best] < 0 ? "-" : "";
        return (sign + ChipAxes[best], double.RadiansToDegrees(Math.Acos(Math.Min(1, Math.Abs(shares[best])))));
    }
}
