using Backstep.BlueZ;
using Backstep.Link;
using Backstep.Link.BlueZ;
using Backstep.Peripheral.BlueZ;

namespace Backstep.Companion.Bluetooth;

/// <summary>The one place that knows which Bluetooth belongs to which operating system. Windows' own is in a program of
/// its own, Companion.Windows, which can call its API.</summary>
public static class PlatformBluetooth
{
    /// <summary>What is said on Windows.</summary>
    public const string OnWindows =
        "this build of backstep has no Bluetooth for Windows: 'dotnet run --project companion-app/Companion.Windows "
        + "-- scan' builds and runs the one that has. 'backstep demo' and 'backstep replay' work here too.";

    /// <summary>What is said on other systems.</summary>
    public const string Nowhere =
        "Bluetooth works on Linux and Windows only yet. On this computer 'backstep demo' and 'backstep replay' work.";

    private static string NotHere => OperatingSystem.IsWindows() ? OnWindows : Nowhere;

    /// <summary>This computer's Bluetooth.</summary>
    /// <param name="getPasskey">Where passkeys come from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BluetoothUnavailableException">There is none that can be used.</exception>
    public static async Task<IBluetooth> OpenAsync(PasskeySource getPasskey, CancellationToken cancellationToken) =>
        OperatingSystem.IsLinux()
        ? await BlueZCentral.OpenAsync(SystemBus.Address, BlueZPatience.Usual, cancellationToken,
            new BlueZChoice(SystemBus.Adapter, getPasskey)).ConfigureAwait(false)
        : throw new BluetoothUnavailableException(NotHere);

    /// <summary>This computer as a peripheral.</summary>
    /// <param name="adapter">Which of its adapters; null for the first that is on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BluetoothUnavailableException">It cannot be one.</exception>
    public static Task<BlueZRadio> OpenPeripheralAsync(string? adapter, CancellationToken cancellationToken) =>
        OpenPeripheralAsync(SystemBus.Address, adapter ?? SystemBus.Adapter, cancellationToken);

    /// <summary>The same over another bus.</summary>
    /// <param name="address">The bus.</param>
    /// <param name="adapter">Which of its adapters; null for the first that is on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BluetoothUnavailableException">It cannot be one.</exception>
    public static async Task<BlueZRadio> OpenPeripheralAsync(string address, string? adapter,
        CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new BluetoothUnavailableException(
                "being a sensor over Bluetooth works only on Linux. On this computer 'backstep demo' lets the same "
                + "sensor walk without a radio.");
        }

        try
        {
            return await BlueZRadio.OpenAsync(address, adapter, TimeProvider.System, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (BusException e)
        {
            throw new BluetoothUnavailableException(
                (BlueZText.AboutThisComputer(e)
                    ?? (e.Name == BusException.OnThisSide ? BlueZText.NoBus : e.Message))
                + " Without Bluetooth, 'backstep demo' works.", e);
        }
    }

    /// <summary>What it lacks. Works without any of it.</summary>
    public static async Task<IReadOnlyList<DoctorCheck>> ExamineAsync(CancellationToken cancellationToken) =>
        OperatingSystem.IsLinux()
        ? await new BlueZDoctor(SystemBus.Address, wantedAdapter: SystemBus.Adapter).ExamineAsync(cancellationToken)
            .ConfigureAwait(false)
        : [new DoctorCheck("system", false, NotHere, null)];
}
