using Backstep.BlueZ;
using Backstep.Companion.Bluetooth.BlueZ;

namespace Backstep.Companion.Bluetooth;

/// <summary>The one place that knows which Bluetooth belongs to which operating system. Windows' own is in a program of its own, Companion.Windows, which can call its API.</summary>
public static class PlatformBluetooth
{
    /// <summary>What is said on Windows.</summary>
    public const string OnWindows = "this build of backstep has no Bluetooth for Windows: 'dotnet run --project companion-app/Companion.Windows -- scan' builds and runs the one that has. 'backstep demo' and 'backstep replay' work here too.";

    /// <summary>What is said on other systems.</summary>
    public const string Nowhere = "Bluetooth works on Linux and Windows only yet. On this computer 'backstep demo' and 'backstep replay' work.";

    private static string NotHere => OperatingSystem.IsWindows() ? OnWindows : Nowhere;

    /// <summary>This computer's Bluetooth.</summary>
    /// <exception cref="BluetoothUnavailableException">There is none that can be used.</exception>
    public static async Task<IBluetooth> OpenAsync(CancellationToken cancellationToken) => OperatingSystem.IsLinux()
        ? await BlueZCentral.OpenAsync(SystemBus.Address, BlueZPatience.Usual, cancellationToken).ConfigureAwait(false)
        : throw new BluetoothUnavailableException(NotHere);

    /// <summary>What it lacks. Works without any of it.</summary>
    public static async Task<IReadOnlyList<DoctorCheck>> ExamineAsync(CancellationToken cancellationToken) => OperatingSystem.IsLinux()
        ? await new BlueZDoctor(SystemBus.Address).ExamineAsync(cancellationToken).ConfigureAwait(false)
        : [new DoctorCheck("system", false, NotHere, null)];
}
