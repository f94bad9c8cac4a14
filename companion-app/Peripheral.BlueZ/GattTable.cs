using System.Globalization;
using Backstep.BlueZ;
using Backstep.NanoHost;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using Tmds.DBus.Protocol;

namespace Backstep.Peripheral.BlueZ;

/// <summary>The firmware's services as objects on the bus (org.bluez.GattService1, GattCharacteristic1). bluetoothd
/// itself adds the descriptors that switch notifications, and guards what is protected.</summary>
internal sealed class GattTable
{
    private readonly Dictionary<string, GattCharacteristicDefinition> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<ushort, string> _paths = [];

    /// <summary>Lays the table out.</summary>
    public GattTable(string root, IReadOnlyList<GattServiceDefinition> services)
    {
        for (int i = 0; i < services.Count; i++)
        {
            string service = string.Create(CultureInfo.InvariantCulture, $"{root}/service{i:x2}");
            Objects[service] = new()
            {
                [BlueZNames.GattService] = new() { ["UUID"] = services[i].Uuid.ToString(), ["Primary"] = true },
            };
            foreach (var characteristic in services[i].Characteristics)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"{service}/char{characteristic.Id:x2}");
                _byPath[path] = characteristic;
                _paths[characteristic.Id] = path;
                Objects[path] = new()
                {
                    [BlueZNames.GattCharacteristic] = new()
                    {
                        ["UUID"] = characteristic.Uuid.ToString(),
                        ["Service"] = new ObjectPath(service),
                        ["Flags"] = VariantValue.Array(Flags(characteristic).ToArray()),
                    },
                };
            }
        }
    }

    /// <summary>What bluetoothd asks for.</summary>
    public BusObjects Objects { get; } = [];

    /// <summary>The characteristic at a path, or null.</summary>
    public GattCharacteristicDefinition? At(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The path of a characteristic, or null.</summary>
    public string? PathOf(ushort id) => _paths.GetValueOrDefault(id);

    private static IEnumerable<string> Flags(GattCharacteristicDefinition characteristic)
    {
        var properties = characteristic.Properties;
        if (properties.HasFlag(GattCharacteristicProperties.Read))
        {
            yield return Guard(characteristic.ReadProtection) + "read";
        }

        if (properties.HasFlag(GattCharacteristicProperties.Write))
        {
            yield return Guard(characteristic.WriteProtection) + "write";
        }

        if (properties.HasFlag(GattCharacteristicProperties.WriteWithoutResponse))
        {
            yield return "write-without-response";
        }

        if (properties.HasFlag(GattCharacteristicProperties.Notify))
        {
            yield return "notify";
        }

        if (properties.HasFlag(GattCharacteristicProperties.Indicate))
        {
            yield return "indicate";
        }
    }

    private static string Guard(GattProtectionLevel level) => level switch
    {
        GattProtectionLevel.Plain => "",
        GattProtectionLevel.EncryptionRequired => "encrypt-",
        _ => "encrypt-authenticated-",
    };
}
