using Backstep.NanoHost;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Runtime.Native;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A service of this device.</summary>
public class GattLocalService
{
    private readonly Machine _machine;
    private readonly List<GattLocalCharacteristic> _characteristics = [];

    internal GattLocalService(Machine machine, Guid uuid)
    {
        _machine = machine;
        Uuid = uuid;
    }

    /// <summary>Its characteristics.</summary>
    public GattLocalCharacteristic[] Characteristics => [.. _characteristics];

    /// <summary>UUID.</summary>
    public Guid Uuid { get; }

    /// <summary>Adds a characteristic. The protection that it asks for raises the server's pairing level.</summary>
    public GattLocalCharacteristicResult CreateCharacteristic(Guid characteristicUuid,
        GattLocalCharacteristicParameters parameters)
    {
        var characteristic = _machine.Bluetooth.AddCharacteristic(characteristicUuid, parameters);
        _characteristics.Add(characteristic);
        _machine.Bluetooth.Require(parameters.ReadProtectionLevel);
        _machine.Bluetooth.Require(parameters.WriteProtectionLevel);
        return new GattLocalCharacteristicResult(characteristic);
    }
}

/// <summary>What came of making a service.</summary>
public class GattServiceProviderResult
{
    internal GattServiceProviderResult(GattServiceProvider provider) => ServiceProvider = provider;

    /// <summary>Always success.</summary>
    public BluetoothError Error => BluetoothError.Success;

    /// <summary>The provider.</summary>
    public GattServiceProvider ServiceProvider { get; }
}

/// <summary>How to advertise. Name and flags are filled in here and now: set BluetoothLEServer.DeviceName
/// before.</summary>
public class GattServiceProviderAdvertisingParameters
{
    private bool _discoverable = true;
    private bool _custom;

    /// <summary>With the default sections: flags and the complete name.</summary>
    public GattServiceProviderAdvertisingParameters() => CustomAdvertisement = false;

    /// <summary>General discoverable mode.</summary>
    public bool IsDiscoverable
    {
        get => _discoverable;
        set
        {
            _discoverable = value;
            const BluetoothLEAdvertisementFlags general = BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;
            Advertisement.Flags = value ? Advertisement.Flags | general : Advertisement.Flags & ~general;
        }
    }

    /// <summary>Centrals may connect.</summary>
    public bool IsConnectable { get; set; } = true;

    /// <summary>
    /// Service data of the advertised service. The whole capacity of the buffer is sent, not its length (a flaw of the
    /// real library): give it a Buffer on an array of exactly the size.
    /// </summary>
    public Buffer? ServiceData { get; set; }

    /// <summary>The AD structures; add to DataSections what is wanted besides.</summary>
    public BluetoothLEAdvertisement Advertisement { get; } = new();

    /// <summary>True removes the default sections, and no service UUID is added either.</summary>
    public bool CustomAdvertisement
    {
        get => _custom;
        set
        {
            _custom = value;
            if (value)
            {
                Advertisement.Remove(BluetoothLEAdvertisementDataSectionType.Flags);
                Advertisement.Remove(BluetoothLEAdvertisementDataSectionType.CompleteLocalName);
            }
            else
            {
                Advertisement.Flags = BluetoothLEAdvertisementFlags.ClassicNotSupported
                    | BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;
                Advertisement.LocalName = BluetoothLEServer.Instance.DeviceName;
            }
        }
    }
}

/// <summary>Makes a service and advertises it.</summary>
public class GattServiceProvider
{
    private readonly Machine _machine;

    private GattServiceProvider(Machine machine, Guid serviceUuid)
    {
        _machine = machine;
        Service = new GattLocalService(machine, serviceUuid);
        machine.Bluetooth.AddService(this);

        // As in the real library: a default Device Information service comes with the first service.
        // (One trap follows: a Device Information made FIRST is replaced by the default one. Make another service
        // before.)
        if (machine.Bluetooth.Services.Count == 1)
        {
            var information = new GattServiceProvider(machine, GattServiceUuids.DeviceInformation).Service;
            AddText(information, GattCharacteristicUuids.ManufacturerNameString, "nanoFramework");
            AddText(information, GattCharacteristicUuids.ModelNumberString, SystemInfo.Platform);
        }
    }

    /// <summary>State of the advertising.</summary>
    public GattServiceProviderAdvertisementStatus AdvertisementStatus { get; private set; }

    /// <summary>The service.</summary>
    public GattLocalService Service { get; }

    /// <summary>Makes a service; one with the same UUID is replaced.</summary>
    public static GattServiceProviderResult Create(Guid serviceUuid) =>
        new(new GattServiceProvider(Machine.Current, serviceUuid));

    /// <summary>Registers all services and advertises this one, with defaults.</summary>
    public void StartAdvertising() => StartAdvertising(new GattServiceProviderAdvertisingParameters());

    /// <summary>Registers all services and advertises this one: its UUID (and service data) in the advertisement, or in
    /// the scan response when that is full.</summary>
    public void StartAdvertising(GattServiceProviderAdvertisingParameters parameters)
    {
        var stack = _machine.Bluetooth;
        stack.EnsureStarted();
        stack.ApplyPairing();
        stack.Register();
        if (!parameters.CustomAdvertisement)
        {
            AddDefaultSections(parameters);
        }

        var complete = parameters.Advertisement.Pack(out var advertisement, out var scanResponse);
        if (_machine.Radio.Advertise(advertisement, scanResponse, parameters.IsConnectable, parameters.IsDiscoverable))
        {
            AdvertisementStatus = complete ? GattServiceProviderAdvertisementStatus.Started
                : GattServiceProviderAdvertisementStatus.StartedWithoutAllAdvertisementData;
        }
    }

    /// <summary>Stops advertising and, as in the real library, the whole stack with it: a connected central is
    /// dropped.</summary>
    public void StopAdvertising()
    {
        _machine.Radio.StopAdvertising();
        AdvertisementStatus = GattServiceProviderAdvertisementStatus.Stopped;
        _machine.Bluetooth.Stop();
    }

    private static void AddText(GattLocalService service, Guid uuid, string text)
    {
        var writer = new DataWriter();
        writer.WriteString(text);
        service.CreateCharacteristic(uuid,
            new GattLocalCharacteristicParameters { StaticValue = writer.DetachBuffer(),
                CharacteristicProperties = GattCharacteristicProperties.Read });
    }

    private void AddDefaultSections(GattServiceProviderAdvertisingParameters parameters)
    {
        var (list, data) = Utilities.TypeOfUuid(Service.Uuid) switch
        {
            Utilities.UuidType.Uuid16 =>
                (BluetoothLEAdvertisementDataSectionType.CompleteList16uuid,
                    BluetoothLEAdvertisementDataSectionType.ServiceData16bitUuid),
            Utilities.UuidType.Uuid32 =>
                (BluetoothLEAdvertisementDataSectionType.CompleteList32uuid,
                    BluetoothLEAdvertisementDataSectionType.ServiceData32bitUuid),
            _ =>
                (BluetoothLEAdvertisementDataSectionType.CompleteList128uuid,
                    BluetoothLEAdvertisementDataSectionType.ServiceData128bitUuid),
        };
        parameters.Advertisement.Set(list, UuidOnAir());
        if (parameters.ServiceData != null)
        {
            var writer = UuidOnAir();
            writer.WriteBytes(parameters.ServiceData.Data);
            parameters.Advertisement.Set(data, writer.DetachBuffer());
        }
    }

    private DataWriter UuidOnAir()
    {
        var writer = new DataWriter();
        switch (Utilities.TypeOfUuid(Service.Uuid))
        {
            case Utilities.UuidType.Uuid16: writer.WriteUInt16(Utilities.ConvertUuidToShortId(Service.Uuid)); break;
            case Utilities.UuidType.Uuid32: writer.WriteUInt32(Utilities.ConvertUuidToIntId(Service.Uuid)); break;
            default: writer.WriteUuid(Service.Uuid); break;
        }

        return writer;
    }
}
