using System.Collections.Concurrent;
using System.Globalization;
using Backstep.BlueZ;
using Backstep.VirtualSensor.Radio;
using Tmds.DBus.Protocol;

namespace Backstep.Peripheral.BlueZ;

/// <summary>
/// This computer as a Bluetooth LE peripheral, through bluetoothd: keeps it told what is wanted (services,
/// advertisement, agent), and again whenever it or the adapter has come back. What others do waits, in order, for
/// whoever takes it with <see cref="TryTake"/>.
/// </summary>
internal sealed class BlueZPeripheral : IAsyncDisposable
{
    private const string Root = "/org/backstep/sensor";

    // A central asks one thing at a time; what writes without waiting may pile up while the firmware does not look.
    private const int MostWaiting = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Action> _inbox = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _changed = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _wantedAdapter;
    private readonly TimeProvider _time;
    private BusConnection? _bus;
    private Task _work = Task.CompletedTask;
    private PeripheralState _wanted = new(null, null, null, "");
    private PeripheralState _done = new(null, null, null, ""); // of the work
    private IReadOnlyList<Dictionary<string, VariantValue>> _onAir = []; // by number in the path
    private string? _oldAlias; // before ours

    private BlueZPeripheral(string? adapter, TimeProvider time)
    {
        _wantedAdapter = adapter;
        _time = time;
        Agent = new PairingAgent(Root + "/agent");
    }

    /// <summary>Somebody calls a characteristic. On the bus thread: to be put in line.</summary>
    public Action<BusCall> OnRequest { get; set; } = call => call.FailUnknown();

    /// <summary>Something changed about adapter or devices. On the bus thread.</summary>
    public Action OnChanged { get; set; } = () => { };

    /// <summary>What bluetoothd has.</summary>
    public ObjectTree Tree { get; } = new();

    /// <summary>Answers questions about pairing.</summary>
    public PairingAgent Agent { get; }

    /// <summary>The path of the adapter in use; null while there is none that is on.</summary>
    public string? Adapter => Tree.With(BlueZNames.Adapter).FirstOrDefault(path =>
        (_wantedAdapter == null || path.EndsWith("/" + _wantedAdapter, StringComparison.Ordinal))
            && Tree.Is(path, BlueZNames.Adapter, "Powered"));

    /// <summary>Whether all that is wanted has been told.</summary>
    public bool IsSettled => Volatile.Read(ref _done) == Volatile.Read(ref _wanted);

    /// <summary>Why it could not be told, the last time; null when it could.</summary>
    public string? Problem { get; private set; }

    /// <summary>Connects to bluetoothd.</summary>
    /// <exception cref="BusException">Bus, daemon or adapter is missing or off, or forbids.</exception>
    public static async Task<BlueZPeripheral> OpenAsync(string address, string? adapter, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var peripheral = new BlueZPeripheral(adapter, time);
        try
        {
            var export = new BusExport(Root, peripheral.OnCall);
            peripheral._bus = await BusConnection.OpenAsync(address, cancellationToken, export).ConfigureAwait(false);
            await peripheral.Tree.FollowAsync(peripheral._bus, Patience, cancellationToken).ConfigureAwait(false);
            peripheral._lastAdapter = peripheral.Adapter ?? throw peripheral.WhyNoAdapter();

            peripheral.Tree.Changed += peripheral.OnTreeChanged;
            peripheral._work = Task.Run(peripheral.WorkAsync, CancellationToken.None);
            return peripheral;
        }
        catch
        {
            await peripheral.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says what is wanted from now on.</summary>
    public void Update(Func<PeripheralState, PeripheralState> change)
    {
        Volatile.Write(ref _wanted, change(_wanted));
        _changed.Release();
    }

    /// <summary>Whether so much is in line that nothing should come on top.</summary>
    public bool IsFull => _inbox.Count >= MostWaiting;

    /// <summary>Puts something in line for the taker.</summary>
    public void Post(Action callback)
    {
        _inbox.Enqueue(callback);
        _arrived.Release();
    }

    /// <summary>The next thing that came.</summary>
    public bool TryTake(out Action callback) => _inbox.TryDequeue(out callback!) && (_arrived.Wait(0) || true);

    /// <summary>Waits until something is there, at most so long.</summary>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_inbox.IsEmpty)
        {
            await _arrived.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A characteristic's new value, for all who subscribed.</summary>
    public void Notify(string path, byte[] value) =>
        _bus!.Emit(
            path,
            BlueZNames.Properties,
            "PropertiesChanged",
            BlueZNames.GattCharacteristic,
            new Dictionary<string, VariantValue> { ["Value"] = VariantValue.Array(value) },
            Array.Empty<string>());

    /// <summary>Has a central dropped.</summary>
    public void Drop(string device) => _ = TryCallAsync(device, BlueZNames.Device, "Disconnect");

    /// <summary>Has bluetoothd forget a central and its keys.</summary>
    public void Forget(string device)
    {
        string adapter = device[..device.LastIndexOf('/')];
        _ = TryCallAsync(adapter, BlueZNames.Adapter, "RemoveDevice", new ObjectPath(device));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_bus != null)
        {
            if (_oldAlias != null && Adapter is { } adapter)
            {
                await TryCallAsync(adapter, BlueZNames.Properties, "Set", Alias(_oldAlias)).ConfigureAwait(false);
            }

            // bluetoothd takes services, advertisements and agent away with their owner
            await _bus.DisposeAsync().ConfigureAwait(false);
        }

        Agent.Dispose();
        _stop.Dispose();
    }

    private BusException WhyNoAdapter()
    {
        var adapters = Tree.With(BlueZNames.Adapter);
        return _wantedAdapter != null && adapters.Count > 0
            && !adapters.Any(path => path.EndsWith("/" + _wantedAdapter, StringComparison.Ordinal))
            ? new BusException("org.bluez.Error.DoesNotExist", BlueZText.NoSuchAdapter(_wantedAdapter, adapters))
            : new BusException(adapters.Count == 0 ? BusException.NoAdapter : "org.bluez.Error.NotReady",
                "no adapter is on");
    }

    private void OnTreeChanged(string path)
    {
        if (Adapter is { } adapter)
        {
            _lastAdapter = adapter;
        }
        else if (_lastAdapter is { } last && Tree.Has(last, BlueZNames.Adapter))
        {
            _wasOff = true;
        }
        else
        {
            _lost = true;
        }

        _changed.Release();
        OnChanged();
    }

    private volatile string? _lastAdapter;
    private volatile bool _lost; // bluetoothd or the adapter went since the work looked last
    private volatile bool _wasOff; // the adapter was switched off since then

    private void OnCall(BusCall call)
    {
        if (call.Path == Agent.Path)
        {
            Agent.OnCall(call);
        }
        else if (call is { Path: Root, Interface: BlueZNames.ObjectManager, Member: "GetManagedObjects" })
        {
            call.Reply(Volatile.Read(ref _wanted).Table?.Objects ?? []);
        }
        else if (call is { Interface: BlueZNames.Properties, Member: "GetAll", Subject: BlueZNames.Advertisement }
            && AdvertisementAt(call.Path) is { } properties)
        {
            call.Reply(properties);
        }
        else if (call is { Interface: BlueZNames.Advertisement, Member: "Release" })
        {
            call.Reply();
        }
        else if (call.Interface == BlueZNames.GattCharacteristic)
        {
            OnRequest(call);
        }
        else
        {
            call.FailUnknown();
        }
    }

    private static string AdvertisementPath(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root}/advertisement{number}");

    private Dictionary<string, VariantValue>? AdvertisementAt(string path)
    {
        var all = Volatile.Read(ref _onAir);
        return Enumerable.Range(0, all.Count).Where(i => AdvertisementPath(i) == path).Select(i => all[i])
            .FirstOrDefault();
    }

    /// <summary>Brings bluetoothd up to what is wanted, whenever either has changed.</summary>
    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _changed.WaitAsync(_stop.Token).ConfigureAwait(false);
                await SettleAsync(Volatile.Read(ref _wanted)).ConfigureAwait(false);
                Problem = null;
            }
            catch (BusException e)
            {
                Problem = BlueZText.AboutThisComputer(e) ?? $"the Bluetooth service refused: {e.Message}";
                await Task.Delay(RetryAfter, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _changed.Release();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task SettleAsync(PeripheralState wanted)
    {
        if (_bus!.Closed.IsCompleted)
        {
            throw BusException.Gone();
        }

        if (_lost)
        {
            _lost = false;
            _done = new PeripheralState(null, null, null, "");
        }

        if (_wasOff)
        {
            // Services outlive the switch. To register them anew would take them away from a central that connects in
            // that moment, and leave it with half of them: it remembers what it found.
            _wasOff = false;
            _done = _done with { Advertisement = null };
        }

        if (Adapter is not { } adapter || _done == wanted)
        {
            return;
        }

        if (_done.Name != wanted.Name)
        {
            await NameAsync(adapter, wanted.Name).ConfigureAwait(false);
            _done = _done with { Name = wanted.Name };
        }

        if (_done.Capability != wanted.Capability && wanted.Capability != null)
        {
            await Agent.RegisterAsync(_bus!, wanted.Capability, isDefault: true, Patience, _stop.Token)
                .ConfigureAwait(false);
            _done = _done with { Capability = wanted.Capability };
        }

        if (_done.Table != wanted.Table)
        {
            var root = new ObjectPath(Root);
            await TryCallAsync(adapter, BlueZNames.GattManager, "UnregisterApplication", root).ConfigureAwait(false);
            if (wanted.Table != null)
            {
                await CallAsync(adapter, BlueZNames.GattManager, "RegisterApplication", root, NoOptions)
                    .ConfigureAwait(false);
            }

            _done = _done with { Table = wanted.Table };
        }

        if (_done.Advertisement != wanted.Advertisement)
        {
            await AdvertiseAsync(adapter, wanted.Advertisement).ConfigureAwait(false);
            _done = _done with { Advertisement = wanted.Advertisement };
        }
    }

    /// <summary>The name that centrals read once they are connected is the adapter's.</summary>
    private async Task NameAsync(string adapter, string name)
    {
        string? alias = Tree.Text(adapter, BlueZNames.Adapter, "Alias");
        if (alias != null && alias != name)
        {
            // empty: back to the system's
            _oldAlias ??= alias == Tree.Text(adapter, BlueZNames.Adapter, "Name") ? "" : alias;
            await CallAsync(adapter, BlueZNames.Properties, "Set", Alias(name)).ConfigureAwait(false);
        }
    }

    private static object[] Alias(string name) => [BlueZNames.Adapter, "Alias", VariantValue.String(name)];

    private async Task AdvertiseAsync(string adapter, Advertisement? wanted)
    {
        const string Manager = BlueZNames.AdvertisingManager;
        for (int i = 0; i < _onAir.Count; i++)
        {
            await TryCallAsync(adapter, Manager, "UnregisterAdvertisement", new ObjectPath(AdvertisementPath(i)))
                .ConfigureAwait(false);
        }

        long room = Tree.Number(adapter, Manager, "SupportedInstances") ?? 1;
        Volatile.Write(ref _onAir, wanted == null ? [] : AdvertisementObjects.From(wanted, room));
        for (int i = 0; i < _onAir.Count; i++)
        {
            await CallAsync(adapter, Manager, "RegisterAdvertisement", new ObjectPath(AdvertisementPath(i)), NoOptions)
                .ConfigureAwait(false);
        }
    }

    private static Dictionary<string, VariantValue> NoOptions => [];

    private Task CallAsync(string path, string contract, string member, params object[] arguments) =>
        _bus!.CallAsync(new BusMethod(BlueZNames.Service, path, contract, member), Patience, _stop.Token, arguments);

    /// <summary>Calls for good manners: it does not matter whether it succeeds.</summary>
    private async Task TryCallAsync(string path, string contract, string member, params object[] arguments)
    {
        var method = new BusMethod(BlueZNames.Service, path, contract, member);
        try
        {
            await _bus!.CallAsync(method, Patience, CancellationToken.None, arguments).ConfigureAwait(false);
        }
        catch (BusException)
        {
        }
    }

    /// <summary>What bluetoothd shall have of us.</summary>
    /// <param name="Table">The services.</param>
    /// <param name="Advertisement">What to send; null for silence.</param>
    /// <param name="Capability">What the agent can do.</param>
    /// <param name="Name">The GAP device name.</param>
    public sealed record PeripheralState(GattTable? Table, Advertisement? Advertisement, string? Capability,
        string Name);
}
