using System.Globalization;
using System.Text;
using Backstep.VirtualSensor.Radio;
using nanoFramework.Device.Bluetooth.Advertisement;
using Tmds.DBus.Protocol;

namespace Backstep.Peripheral.BlueZ;

/// <summary>
/// The firmware's two packets as objects on the bus (org.bluez.LEAdvertisement1). BlueZ composes the scan response
/// itself and puts but the name there, so each packet becomes an advertisement of its own; the controller sends them in
/// turns.
/// </summary>
internal static class AdvertisementObjects
{
    // How long one is sent before it is the other's turn, in seconds; BlueZ's own choice is two, which halves the speed
    // at which a sensor is found.
    private const ushort TurnSeconds = 1;

    private const int PacketBytes = 31;

    /// <summary>One for each packet; or, where the adapter has room for just one, the services and the name without
    /// what does not fit.</summary>
    public static IReadOnlyList<Dictionary<string, VariantValue>> From(Advertisement advertisement, long room)
    {
        string? name = advertisement.LocalName;
        if (room > 1 && advertisement.ScanResponse.Length > 0)
        {
            return [Describe(advertisement with { ScanResponse = [] }, name),
                Describe(advertisement with { Data = [] }, name)];
        }

        var only = Describe(advertisement, name);
        only.Remove("Duration");
        if (advertisement.Data.Length + advertisement.ScanResponse.Length > PacketBytes)
        {
            only.Remove("Appearance");
            only.Remove("ServiceData");
        }

        return [only];
    }

    private static Dictionary<string, VariantValue> Describe(Advertisement packet, string? name)
    {
        var properties = new Dictionary<string, VariantValue>
        {
            ["Type"] = packet.IsConnectable ? "peripheral" : "broadcast", ["Duration"] = TurnSeconds,
        };
        if (packet.ServiceUuids is { Count: > 0 } services)
        {
            properties["ServiceUUIDs"] = VariantValue.Array(services.Select(uuid => uuid.ToString()).ToArray());
        }

        var data = new Dict<string, VariantValue>();
        foreach (var (type, bytes) in packet.Sections())
        {
            if (type == (byte)BluetoothLEAdvertisementDataSectionType.ServiceData16bitUuid && bytes.Length >= 2)
            {
                string uuid = string.Create(
                    CultureInfo.InvariantCulture, $"0000{bytes[1]:x2}{bytes[0]:x2}-0000-1000-8000-00805f9b34fb");
                data[uuid] = VariantValue.Array(bytes[2..]);
            }
        }

        if (data.Count > 0)
        {
            properties["ServiceData"] = data;
        }

        if (packet.Appearance is { } appearance)
        {
            properties["Appearance"] = appearance;
        }

        if (!string.IsNullOrEmpty(name))
        {
            properties["LocalName"] = name;
        }

        return properties;
    }
}
