using Backstep.NanoHost;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace nanoFramework.Device.Bluetooth;

/// <summary>The one server of a device.</summary>
public class BluetoothLEServer : IDisposable
{
    private readonly Machine _machine;

    internal BluetoothLEServer(Machine machine)
    {
        _machine = machine;
        Pairing = new DevicePairing(machine, this);
    }

    /// <summary>The server of the current machine.</summary>
    public static BluetoothLEServer Instance => Machine.Current.Bluetooth.Server;

    /// <summary>The GAP name; read when the stack starts.</summary>
    public string DeviceName
    {
        get => _machine.Bluetooth.DeviceName;
        set => _machine.Bluetooth.DeviceName = value;
    }

    /// <summary>The GAP appearance; read when the stack starts. It is not advertised by itself.</summary>
    public ushort Appearance
    {
        get => _machine.Bluetooth.Appearance;
        set => _machine.Bluetooth.Appearance = value;
    }

    /// <summary>The link.</summary>
    public GattSession Session { get; } = new(new BluetoothDeviceId(0));

    /// <summary>All services, the default Device Information among them.</summary>
    public GattServiceProvider[] Services => [.. _machine.Bluetooth.Services];

    /// <summary>Pairing.</summary>
    public DevicePairing Pairing { get; }

    /// <summary>A service by UUID, null when there is none.</summary>
    public GattServiceProvider? GetServiceByUUID(Guid serviceUuid) =>
        _machine.Bluetooth.Services.Find(provider => provider.Service.Uuid == serviceUuid);

    /// <summary>Starts the stack.</summary>
    public void Start() => _machine.Bluetooth.EnsureStarted();

    /// <summary>Stops the stack.</summary>
    public void Stop() => _machine.Bluetooth.Stop();

    /// <summary>Stops the stack and forgets all services.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the stack and forgets all services.</summary>
    protected virtual void Dispose(bool disposing) => _machine.Bluetooth.Reset();
}

/// <summary>How pairing ended.</summary>
public class DevicePairingEventArgs
{
    internal DevicePairingEventArgs(DevicePairingResultStatus status) => Status = status;

    /// <summary>Paired or why not.</summary>
    public DevicePairingResultStatus Status { get; }
}

/// <summary>What pairing asks.</summary>
public class DevicePairingRequestedEventArgs
{
    private readonly Machine _machine;
    private readonly ushort _connection;

    internal DevicePairingRequestedEventArgs(Machine machine, ushort connection, DevicePairingKinds kind, uint pin)
    {
        _machine = machine;
        _connection = connection;
        PairingKind = kind;
        Pin = pin;
    }

    /// <summary>What to do.</summary>
    public DevicePairingKinds PairingKind { get; }

    /// <summary>The number to compare, for ConfirmPinMatch.</summary>
    public uint Pin { get; }

    /// <summary>Agrees.</summary>
    public void Accept() => _machine.Radio.AnswerPairing(_connection, true, null);

    /// <summary>Agrees with a passkey of 6 digits: the one that the central must enter (DisplayPin), or the one entered
    /// here (ProvidePin).</summary>
    public void Accept(int passkey) => _machine.Radio.AnswerPairing(_connection, true, passkey);
}

/// <summary>Pairing of the server. What it says of the last pairing is NOT reset when the link goes, as on the device:
/// follow the session status.</summary>
public sealed class DevicePairing
{
    private readonly Machine _machine;
    private readonly BluetoothLEServer _server;
    private bool _bonding = true;
    private DevicePairingProtectionLevel _level = DevicePairingProtectionLevel.None;
    private DevicePairingIOCapabilities _capabilities = DevicePairingIOCapabilities.NoInputNoOutput;

    internal DevicePairing(Machine machine, BluetoothLEServer server)
    {
        _machine = machine;
        _server = server;
    }

    /// <summary>Handles a pairing request, on the event thread.</summary>
    public delegate void DevicePairingRequestedHandler(object sender, DevicePairingRequestedEventArgs args);

    /// <summary>Handles the end of a pairing, on the event thread.</summary>
    public delegate void PairingCompleteHandler(object sender, DevicePairingEventArgs args);

    /// <summary>A central wants to pair and the application must act.</summary>
    public event DevicePairingRequestedHandler? PairingRequested;

    /// <summary>The encryption of the link changed.</summary>
    public event PairingCompleteHandler? PairingComplete;

    /// <summary>Keys are kept for the next connection.</summary>
    public bool AllowBonding
    {
        get => _bonding;
        set
        {
            _bonding = value;
            Apply();
        }
    }

    /// <summary>What pairing must reach; protected characteristics raise it.</summary>
    public DevicePairingProtectionLevel ProtectionLevel
    {
        get => _level;
        set
        {
            _level = value;
            Apply();
        }
    }

    /// <summary>What the device has to show or enter a passkey.</summary>
    public DevicePairingIOCapabilities IOCapabilities
    {
        get => _capabilities;
        set
        {
            _capabilities = value;
            Apply();
        }
    }

    /// <summary>Always true.</summary>
    public bool CanPair => true;

    /// <summary>The last pairing succeeded.</summary>
    public bool IsPaired { get; private set; }

    /// <summary>The last pairing proved the peer (passkey or comparison).</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>The last change of encryption left the link encrypted.</summary>
    public bool WasSecureConnectionUsedForPairing { get; private set; }

    internal void Apply() => _machine.Radio.SetPairing(new PairingSetup(_level, _capabilities, _bonding));

    internal void OnRequested(ushort connection, DevicePairingKinds kind, uint pin) =>
        PairingRequested?.Invoke(_server, new DevicePairingRequestedEventArgs(_machine, connection, kind, pin));

    internal void OnComplete(DevicePairingResultStatus status, bool encrypted, bool authenticated)
    {
        IsPaired = status == DevicePairingResultStatus.Paired;
        WasSecureConnectionUsedForPairing = encrypted;
        IsAuthenticated = authenticated;
        PairingComplete?.Invoke(this, new DevicePairingEventArgs(status));
    }
}
