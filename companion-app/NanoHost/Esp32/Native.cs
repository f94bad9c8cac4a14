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
    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) =>
        Machine.Current.Power.Reboot(rebootOption);
}

/// <summary>
/// The garbage collector. .NET's own does what it wants here; only what a program is told is the device's.
/// </summary>
public static class GC
{
    /// <summary>Collects, and compacts if asked to. Returns the free bytes of the managed heap.</summary>
    public static uint Run(bool compactHeap) => 0;
}

/// <summary>What the image says of itself.</summary>
public static class SystemInfo
{
    /// <summary>"ESP32", also on the later ones of that name.</summary>
    public static string Platform => "ESP32";

    /// <summary>The image.</summary>
    public static string TargetName => Machine.Current.TargetName;
}
