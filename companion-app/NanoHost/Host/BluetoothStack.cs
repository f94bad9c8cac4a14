using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.NanoHost;

/// <summary>What the managed library keeps in statics: the server, its services, and the routing of native events to
/// their characteristics.</summary>
internal sealed class BluetoothStack(Machine machine) : IRadioEvents
{
    private readonly List<GattLocalCharacteristic> _characteristics = [];
    private BluetoothLEServer? _server;
    private bool _started;
    private ushort _nextId;

    public BluetoothLEServer Server => _server ??= new BluetoothLEServer(machine);

    public List<GattServiceProvider> Services { get; } = [];

    public string DeviceName { get; set; } = "nanoFramework";

    public ushort Appearance { get; set; }

    public void AddService(GattServiceProvider provider)
    {
        var index = Services.FindIndex(other => other.Service.Uuid == provider.Service.Uuid);
        if (index >= 0)
        {
            Services[index] = provider;
        }
        else
        {
            Services.Add(provider);
        }
    }

    public GattLocalCharacteristic AddCharacteristic(Guid uuid, GattLocalCharacteristicParameters parameters)
    {
        var characteristic = new GattLocalCharacteristic(machine, ++_nextId, uuid, parameters);
        _characteristics.Add(characteristic);
        return characteristic;
    }

    /// <summary>A protected characteristic raises what pairing must reach, never lowers it.</summary>
    public void Require(GattProtectionLevel level)
    {
        var needed = level switch
        {
            GattProtectionLevel.AuthenticationRequired or GattProtectionLevel.EncryptionAndAuthenticationRequired =>
                DevicePairingProtectionLevel.EncryptionAndAuthentication,
            GattProtectionLevel.EncryptionRequired => DevicePairingProtectionLevel.Encryption,
            _ => DevicePairingProtectionLevel.Default,
        };
        if (needed > Server.Pairing.ProtectionLevel)
        {
            Server.Pairing.ProtectionLevel = needed;
        }
    }

    public void EnsureStarted()
    {
        if (!_started)
        {
            _started = true;
            machine.Radio.Start(DeviceName, Appearance);
        }
    }

    public void Stop()
    {
        _started = false;
        machine.Radio.Stop();
    }

    public void Reset()
    {
        Stop();
        Services.Clear();
        _characteristics.Clear();
        _server = null;
    }

    public void ApplyPairing() => Server.Pairing.Apply();

    public void Register() => machine.Radio.Register(
        [
            .. Services.Select(
                provider => new GattServiceDefinition(provider.Service.Uuid,
                    [.. provider.Service.Characteristics.Select(Define)]))]);

    public void Connected(ushort connection) => Server.Session.OnStatus(GattSessionStatus.Active);

    public void Disconnected(ushort connection) => Server.Session.OnStatus(GattSessionStatus.Closed);

    public void MtuChanged(ushort connection, ushort mtu) => Server.Session.OnMtu(mtu);

    public void Subscribed(ushort connection, ushort characteristicId, bool on) =>
        Find(characteristicId)?.OnSubscribed(connection, on);

    public void ReadRequested(ushort characteristicId, ushort requestId) =>
        Find(characteristicId)?.OnReadRequested(requestId);

    public void WriteRequested(ushort characteristicId, ushort requestId) =>
        Find(characteristicId)?.OnWriteRequested(requestId);

    public void PairingRequested(ushort connection, DevicePairingKinds kind, uint pin) =>
        Server.Pairing.OnRequested(connection, kind, pin);

    public void AuthenticationComplete(ushort connection, DevicePairingResultStatus status, bool encrypted,
        bool authenticated) =>
        Server.Pairing.OnComplete(status, encrypted, authenticated);

    private static GattCharacteristicDefinition Define(GattLocalCharacteristic characteristic) => new(
        characteristic.Id, characteristic.Uuid, characteristic.CharacteristicProperties,
        characteristic.ReadProtectionLevel, characteristic.WriteProtectionLevel);

    private GattLocalCharacteristic? Find(ushort id) =>
        _characteristics.Find(characteristic => characteristic.Id == id);
}
