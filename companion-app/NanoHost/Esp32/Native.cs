using Backstep.NanoHost;

namespace nanoFramework.Runtime.Native;

/// <summary>What a reboot starts.</summary>
public enum RebootOption
{
    NormalReboot = 0,
    EnterNanoBooter = 1,
    ClrOnly = 2,
    EnterProprietaryBooter = 8,
}

/// <summary>Reboots.</summary>
public class Power
{
    /// <summary>Ends the program and starts it anew.</summary>
    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => Machine.Current.Power.Reboot(rebootOption);
}

/// <summary>What the image says of itself.</summary>
public static class SystemInfo
{
    /// <summary>"ESP32", also on the later ones of that name.</summary>
    public static string Platform => "ESP32";

    /// <summary>The image.</summary>
    public static string TargetName => Machine.Current.TargetName;
}
