using Backstep.NanoHost;

namespace nanoFramework.Device.Bluetooth.Security;

/// <summary>The bonded peers.</summary>
public static class DeviceBonding
{
    /// <summary>True when the peer is bonded.</summary>
    public static bool IsBonded(ulong bluetoothAddress) => Machine.Current.Radio.Bonds.Contains(bluetoothAddress);

    /// <summary>Forgets all.</summary>
    public static void DeleteAllBonds() => Machine.Current.Radio.DeleteBond(null);

    /// <summary>Forgets one.</summary>
    public static void DeleteBondForPeer(ulong peerbluetoothAddress, BluetoothAddressType addressType) =>
        Machine.Current.Radio.DeleteBond(peerbluetoothAddress);

    /// <summary>How many.</summary>
    public static int Count() => Machine.Current.Radio.Bonds.Count;

    /// <summary>The address of one.</summary>
    public static ulong GetBondInformationAt(int index) => Machine.Current.Radio.Bonds[index];
}
