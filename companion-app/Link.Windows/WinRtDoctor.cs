using Windows.Devices.Bluetooth;
using Windows.Devices.Radios;

namespace Backstep.Link.Windows;

/// <summary>Looks at what Bluetooth on Windows needs.</summary>
public static class WinRtDoctor
{
    /// <summary>Does it.</summary>
    public static async Task<IReadOnlyList<DoctorCheck>> ExamineAsync(CancellationToken cancellationToken)
    {
        const string later = "not looked at: needs what is missing above";
        var adapter = await BluetoothAdapter.GetDefaultAsync().AsTask(cancellationToken).ConfigureAwait(false);
        if (adapter == null)
        {
            return
            [
                new DoctorCheck("adapter", false, "Windows knows no Bluetooth adapter",
                    "plug one in, or look for it in the Device Manager"),
                new DoctorCheck("Bluetooth LE", null, later, null),
                new DoctorCheck("power", null, later, null),
            ];
        }

        var radio = await adapter.GetRadioAsync().AsTask(cancellationToken).ConfigureAwait(false);
        bool canLowEnergy = adapter.IsLowEnergySupported && adapter.IsCentralRoleSupported;
        bool isOn = radio?.State == RadioState.On;
        return
        [
            new DoctorCheck("adapter", true, WinRtCentral.AddressOf(adapter.BluetoothAddress), null),
            canLowEnergy
                ? new DoctorCheck("Bluetooth LE", true, "as central", null)
                : new DoctorCheck("Bluetooth LE", false, "the adapter cannot do it",
                    "plug in an adapter for Bluetooth 4.0 or later"),
            isOn
                ? new DoctorCheck("power", true, "on", null)
                : new DoctorCheck("power", false, "off", "switch Bluetooth on in Settings, 'Bluetooth & devices'"),
        ];
    }
}
