using Backstep.BlueZ;
using Backstep.Companion.Bluetooth.BlueZ;

namespace Backstep.Companion.Bluetooth;

/// <summary>The one place that knows which Bluetooth belongs to which operating system.</summary>
public static class PlatformBluetooth
{
    /// <summary>What is said where there is none yet.</summary>
    public const string NotHere = "Bluetooth works only on Linux yet. On this computer 'backstep demo' and 'backstep replay' work.";

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
