using Backstep.BlueZ;
using Backstep.NanoHost;
using Backstep.Protocol;
using Backstep.VirtualSensor.Radio;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using Tmds.DBus.Protocol;

namespace Backstep.Peripheral.BlueZ;

/// <summary>
/// The virtual device's stack over this computer's own radio: the firmware's GATT server in bluetoothd, for phones,
/// watches and other computers. One central at a time, as on the device. bluetoothd sees to encryption, to the MTU and
/// to the switches of notifications; what a central asks goes to the firmware.
/// </summary>
public sealed class BlueZRadio : IExternalRadio, IAsyncDisposable
{
    private const ushort Connection = 0;
    private const int Sent = 0, UnknownCharacteristic = 1, NotConnected = 7; // NimBLE's

    private const ushort SmallestMtu = 23;

    // The word that a central is there may come after its first request.
    private static readonly TimeSpan ConnectedSoon = TimeSpan.FromSeconds(5);

    private readonly BlueZPeripheral _peripheral;
    private readonly TimeProvider _time;
    private readonly PendingRequests _requests;
    private readonly RadioPairing _pairing;
    // in bluetoothd: it keeps that for a bonded central over a loss of the link
    private readonly HashSet<ushort> _notifying = [];
    // connected before we were on the air: mice, headphones
    private readonly HashSet<string> _strangers = new(StringComparer.Ordinal);
    private Action<Action<IRadioEvents>>? _raise;
    private GattTable? _table;
    private Advertisement? _advertisement;
    private string? _central; // path of the device
    private bool _wasSeen; // in the tree, connected
    private long _since;
    private ushort _mtu;
    private int _isLookDue;

    private BlueZRadio(BlueZPeripheral peripheral, TimeProvider time)
    {
        _peripheral = peripheral;
        _time = time;
        _requests = new PendingRequests(time);
        _pairing = new RadioPairing(peripheral, Connection, Raise, passkey => PasskeyWanted?.Invoke(passkey));
        peripheral.OnRequest = Take;
        peripheral.OnChanged = RefreshSoon;
        peripheral.Agent.Accepts = device => IsOurs(device) || IsAnotherSensors(device);
        peripheral.Agent.GetPasskey = (device, cancellationToken) => IsOurs(device)
            ? _pairing.AskPasskeyAsync(cancellationToken) : Task.FromResult<uint?>(null);
    }

    /// <summary>A central came or went: its address, or null. Inside of <see cref="Deliver"/>.</summary>
    public event Action<string?>? CentralChanged;

    /// <summary>A central must enter this passkey now. Inside of calls by the firmware.</summary>
    public event Action<int>? PasskeyWanted;

    /// <summary>What the adapter is called and its address; null while there is none that is on.</summary>
    public (string Name, string Address)? Adapter => _peripheral.Adapter is { } path
        ? (path.Split('/')[^1], _peripheral.Tree.Text(path, BlueZNames.Adapter, "Address") ?? "") : null;

    /// <summary>Whether the sensor can be found: bluetoothd has all that is wanted of it, and no central is
    /// connected.</summary>
    public bool IsOnAir => _advertisement != null && _central == null && _peripheral.IsSettled;

    /// <summary>What keeps it from the air, in words; null when nothing is known.</summary>
    public string? Problem => _peripheral.Problem;

    /// <inheritdoc/>
    public IReadOnlyList<ulong> Bonds => _pairing.Bonds;

    /// <summary>Connects to bluetoothd. Nothing is on the air yet.</summary>
    /// <param name="address">The bus.</param>
    /// <param name="adapter">Such as hci0; null for the first that is on.</param>
    /// <param name="time">Real time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BusException">Bus, daemon or adapter is missing or off, or forbids.</exception>
    public static async Task<BlueZRadio> OpenAsync(string address, string? adapter, TimeProvider time,
        CancellationToken cancellationToken) =>
        new(await BlueZPeripheral.OpenAsync(address, adapter, time, cancellationToken).ConfigureAwait(false), time);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _peripheral.DisposeAsync();

    /// <inheritdoc/>
    public void PowerOn(Action<Action<IRadioEvents>> raise) => _raise = raise;

    /// <inheritdoc/>
    public void PowerOff()
    {
        _raise = null;
        Stop();
    }

    /// <inheritdoc/>
    public void Deliver()
    {
        while (_peripheral.TryTake(out var callback))
        {
            callback();
        }

        FindCentral();
        _requests.Expire();
    }

    /// <inheritdoc/>
    public Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        _peripheral.WaitAsync(patience, cancellationToken);

    /// <inheritdoc/>
    public void Start(string deviceName, ushort appearance) =>
        _peripheral.Update(wanted => wanted with { Name = deviceName });

    /// <inheritdoc/>
    public void Stop()
    {
        _advertisement = null;
        _table = null;
        _peripheral.Update(wanted => wanted with { Table = null, Advertisement = null });
        _requests.RefuseAll();
        if (_central is { } central)
        {
            End();
            _peripheral.Drop(central);
        }
    }

    /// <inheritdoc/>
    public void Register(IReadOnlyList<GattServiceDefinition> services)
    {
        _table = new GattTable("/org/backstep/sensor", services);
        _peripheral.Update(wanted => wanted with { Table = _table });
    }

    /// <inheritdoc/>
    public void SetPairing(PairingSetup setup) => _pairing.Set(setup);

    /// <inheritdoc/>
    public bool Advertise(byte[] advertisement, byte[] scanResponse, bool connectable, bool discoverable)
    {
        _strangers.Clear();
        _strangers.UnionWith(Connected());
        _advertisement = new Advertisement(advertisement, scanResponse, connectable);
        AdvertiseIfFree();
        return true;
    }

    /// <inheritdoc/>
    public void StopAdvertising()
    {
        _advertisement = null;
        AdvertiseIfFree();
    }

    /// <inheritdoc/>
    public int Notify(ushort connection, ushort characteristicId, byte[] value)
    {
        if (_central == null || !_notifying.Contains(characteristicId))
        {
            return NotConnected;
        }

        if (_table?.PathOf(characteristicId) is not { } path)
        {
            return UnknownCharacteristic;
        }

        _peripheral.Notify(path, value); // bluetoothd cuts what is longer than the MTU, as NimBLE does
        return Sent;
    }

    /// <inheritdoc/>
    public byte[] WrittenValue(ushort requestId) => _requests.Written(requestId);

    /// <inheritdoc/>
    public void AnswerRead(ushort requestId, byte[] value, byte attError) =>
        _requests.AnswerRead(requestId, value, attError);

    /// <inheritdoc/>
    public void AnswerWrite(ushort requestId, byte attError) => _requests.AnswerWrite(requestId, attError);

    /// <inheritdoc/>
    public void AnswerPairing(ushort connection, bool accept, int? passkey) => _pairing.Answer(accept, passkey);

    /// <inheritdoc/>
    public void DeleteBond(ulong? address) => _pairing.DeleteBond(address);

    private ObjectTree Tree => _peripheral.Tree;

    private bool IsOurs(string device) =>
        _peripheral.Adapter is { } adapter && device.StartsWith(adapter + "/", StringComparison.Ordinal);

    // bluetoothd asks one agent about all adapters: of two sensors on one computer, a shoe and a wrist, the one that
    // came last answers for both. It knows no passkey but its own.
    private bool IsAnotherSensors(string device) =>
        device.LastIndexOf('/') is > 0 and var end && Tree.HasUuid(device[..end], BlueZNames.Adapter, Uuids.Backstep);

    /// <summary>Low-energy devices with a link to our adapter. Only classic ones have a class.</summary>
    private IEnumerable<string> Connected() =>
        _peripheral.Adapter is not { } adapter ? [] : Tree.With(BlueZNames.Device, adapter + "/")
        .Where(path => Tree.Is(path, BlueZNames.Device, "Connected")
            && Tree.Number(path, BlueZNames.Device, "Class") is null or 0);

    private void AdvertiseIfFree() =>
        _peripheral.Update(wanted => wanted with { Advertisement = _central == null ? _advertisement : null });

    /// <summary>On the bus thread.</summary>
    private void Take(BusCall call)
    {
        if (_peripheral.IsFull)
        {
            AttAnswer.Refuse(call, GattErrors.Unlikely);
        }
        else
        {
            _peripheral.Post(() => Handle(call));
        }
    }

    /// <summary>On the bus thread. One look sees all that has changed until then.</summary>
    private void RefreshSoon()
    {
        if (Interlocked.Exchange(ref _isLookDue, 1) == 0)
        {
            _peripheral.Post(() =>
            {
                Volatile.Write(ref _isLookDue, 0);
                FindCentral();
            });
        }
    }

    private void FindCentral()
    {
        if (_central is { } central)
        {
            bool isThere = Tree.Is(central, BlueZNames.Device, "Connected");
            _wasSeen |= isThere;
            if (!isThere && (_wasSeen || _time.GetElapsedTime(_since) > ConnectedSoon))
            {
                End();
            }
            else
            {
                _pairing.Note(central);
            }
        }

        _strangers.IntersectWith(Connected());
        if (_central == null && _advertisement != null
            && Connected().FirstOrDefault(device => !_strangers.Contains(device)) is { } newcomer)
        {
            Begin(newcomer);
        }
    }

    private void Begin(string device)
    {
        (_central, _since, _mtu) = (device, _time.GetTimestamp(), SmallestMtu);
        _pairing.Begin();
        _wasSeen = Tree.Is(device, BlueZNames.Device, "Connected");
        _strangers.Remove(device);
        AdvertiseIfFree();
        Raise(events => events.Connected(Connection));
        foreach (ushort id in _notifying.Order())
        {
            Raise(events => events.Subscribed(Connection, id, true));
        }

        CentralChanged?.Invoke(Tree.Text(device, BlueZNames.Device, "Address") ?? device);
    }

    private void End()
    {
        string? central = _central;
        _central = null;
        _pairing.End();
        _requests.Clear();
        foreach (ushort id in _notifying.Order())
        {
            Raise(events => events.Subscribed(Connection, id, false));
        }

        if (central == null || !Tree.Is(central, BlueZNames.Device, "Paired"))
        {
            _notifying.Clear(); // bluetoothd forgets them for a stranger, and all when it restarts
        }

        Raise(events => events.Disconnected(Connection));
        AdvertiseIfFree();
        CentralChanged?.Invoke(null);
    }

    private void Handle(BusCall call)
    {
        if (_table?.At(call.Path) is not { } characteristic)
        {
            call.FailUnknown();
            return;
        }

        switch (call)
        {
            case { Member: "ReadValue" }:
                Ask(call, characteristic, null);
                break;
            case { Member: "WriteValue", Value: { } value }:
                Ask(call, characteristic, value);
                break;
            case { Member: "StartNotify" }:
                call.Reply();
                Switch(characteristic.Id, true);
                break;
            case { Member: "StopNotify" }:
                call.Reply();
                Switch(characteristic.Id, false);
                break;
            case { Member: "Confirm" }: // of an indication; the device's library does not tell the firmware either
                call.Reply();
                break;
            default:
                call.FailUnknown();
                break;
        }
    }

    private void Switch(ushort id, bool on)
    {
        FindCentral();
        if ((on ? _notifying.Add(id) : _notifying.Remove(id)) && _central != null)
        {
            Raise(events => events.Subscribed(Connection, id, on));
        }
    }

    private void Ask(BusCall call, GattCharacteristicDefinition characteristic, byte[]? written)
    {
        VariantValue Told(string option) => call.Options.GetValueOrDefault(option);

        FindCentral();
        if (Told("device").AsText() is { } device && device != _central)
        {
            if (_central != null && Tree.Is(_central, BlueZNames.Device, "Connected"))
            {
                AttAnswer.Refuse(call, GattErrors.Unlikely); // the sensor has one central
                return;
            }

            if (_central != null)
            {
                End();
            }

            Begin(device);
        }

        if (Told("mtu").AsNumber() is { } mtu and >= 0 and <= ushort.MaxValue && mtu != _mtu)
        {
            _mtu = (ushort)mtu;
            Raise(events => events.MtuChanged(Connection, (ushort)mtu));
        }

        int offset = Told("offset").AsNumber() is { } from and >= 0 and <= ushort.MaxValue ? (int)from : 0;
        if (written != null && offset > 0)
        {
            AttAnswer.Refuse(call, GattErrors.InvalidOffset); // the library knows no writes in parts
            return;
        }

        // bluetoothd lets a request for a protected characteristic through only when the link is as secure as that.
        switch (written == null ? characteristic.ReadProtection : characteristic.WriteProtection)
        {
            case GattProtectionLevel.Plain:
                break;
            case GattProtectionLevel.EncryptionRequired:
                _pairing.Secure(_pairing.IsAuthenticated);
                break;
            default:
                _pairing.Secure(true);
                break;
        }

        if (_raise == null)
        {
            AttAnswer.Refuse(call, GattErrors.Unlikely);
            return;
        }

        ushort id = _requests.Add(call, written, offset);
        Raise(events =>
        {
            if (written == null)
            {
                events.ReadRequested(characteristic.Id, id);
            }
            else
            {
                events.WriteRequested(characteristic.Id, id);
            }
        });
    }

    private void Raise(Action<IRadioEvents> raise) => _raise?.Invoke(raise);
}
