using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.NanoHost;

/// <summary>A characteristic as the stack below registers it.</summary>
/// <param name="Id">The managed library's number for it.</param>
/// <param name="Uuid">128 bits.</param>
/// <param name="Properties">What a central may do.</param>
/// <param name="ReadProtection">Needed for reads.</param>
/// <param name="WriteProtection">Needed for writes; the descriptor that switches notifications is never
/// protected.</param>
public sealed record GattCharacteristicDefinition(
    ushort Id, Guid Uuid, GattCharacteristicProperties Properties, GattProtectionLevel ReadProtection,
    GattProtectionLevel WriteProtection);

/// <summary>A service as the stack below registers it.</summary>
public sealed record GattServiceDefinition(Guid Uuid, IReadOnlyList<GattCharacteristicDefinition> Characteristics);

/// <summary>What the library asks for when a central pairs.</summary>
public sealed record PairingSetup(DevicePairingProtectionLevel Level, DevicePairingIOCapabilities Capabilities,
    bool Bonding);

/// <summary>The native Bluetooth stack (NimBLE) as the managed library sees it: the boundary at which VirtualSensor
/// plugs in.</summary>
public interface IRadio
{
    /// <summary>Starts the stack in server mode with the GAP name and appearance.</summary>
    void Start(string deviceName, ushort appearance);

    /// <summary>Stops the stack; a connected central is dropped.</summary>
    void Stop();

    /// <summary>Registers the services. They are fixed from here on until the stack is stopped.</summary>
    void Register(IReadOnlyList<GattServiceDefinition> services);

    /// <summary>How to pair.</summary>
    void SetPairing(PairingSetup setup);

    /// <summary>Starts advertising; it restarts by itself after a disconnection. False when it could not
    /// start.</summary>
    bool Advertise(byte[] advertisement, byte[] scanResponse, bool connectable, bool discoverable);

    /// <summary>Stops advertising.</summary>
    void StopAdvertising();

    /// <summary>Sends a notification. 0, or NimBLE's return code (6 out of buffers, 7 not connected).</summary>
    int Notify(ushort connection, ushort characteristicId, byte[] value);

    /// <summary>The value of a write request that is still open; empty when it is over.</summary>
    byte[] WrittenValue(ushort requestId);

    /// <summary>Answers an open read: a value, or an error other than 0. Too late or twice: nothing happens.</summary>
    void AnswerRead(ushort requestId, byte[] value, byte attError);

    /// <summary>Answers an open write: 0 or an error. Too late or twice: the native code never gives its lock back, and
    /// no later request is ever handled.</summary>
    void AnswerWrite(ushort requestId, byte attError);

    /// <summary>The application's answer to a pairing request.</summary>
    void AnswerPairing(ushort connection, bool accept, int? passkey);

    /// <summary>Addresses of the bonded peers.</summary>
    IReadOnlyList<ulong> Bonds { get; }

    /// <summary>Forgets one peer, or all when null.</summary>
    void DeleteBond(ulong? address);
}

/// <summary>Events of the radio, raised by it on the machine's event thread.</summary>
public interface IRadioEvents
{
    /// <summary>A central is connected.</summary>
    void Connected(ushort connection);

    /// <summary>The link is gone.</summary>
    void Disconnected(ushort connection);

    /// <summary>The central exchanged the MTU.</summary>
    void MtuChanged(ushort connection, ushort mtu);

    /// <summary>A central wrote the CCCD, or it was cleared or restored for it.</summary>
    void Subscribed(ushort connection, ushort characteristicId, bool on);

    /// <summary>A read that the application must answer.</summary>
    void ReadRequested(ushort characteristicId, ushort requestId);

    /// <summary>A write that the application must answer.</summary>
    void WriteRequested(ushort characteristicId, ushort requestId);

    /// <summary>Pairing wants the application.</summary>
    void PairingRequested(ushort connection, DevicePairingKinds kind, uint pin);

    /// <summary>The encryption of the link changed.</summary>
    void AuthenticationComplete(ushort connection, DevicePairingResultStatus status, bool encrypted,
        bool authenticated);
}
