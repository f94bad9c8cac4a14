using System.Collections.Concurrent;
using System.Globalization;
using Backstep.BlueZ;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Peripheral.BlueZ;

/// <summary>
/// This computer as a Bluetooth LE peripheral, through bluetoothd: keeps it told what is wanted (services, advertisement, agent), and again whenever it or the adapter has come back.
/// What others do waits, in order, for whoever takes it with <see cref="TryTake"/>.
/// </summary>
internal sealed class BlueZPeripheral : IAsyncDisposable
{
    private const string Root = "/org/backstep/sensor";

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
    private Wishes _wishes = new(null, null, null, "");
    private Wishes _done = new(null, null, null, ""); // of the work
    private IReadOnlyList<Dictionary<string, object>> _onAir = []; // by number in the path
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
        (_wantedAdapter == null || path.EndsWith("/" + _wantedAdapter, StringComparison.Ordinal)) && Tree.Is(path, BlueZNames.Adapter, "Powered"));

    /// <summary>Whether all that is wanted has been told.</summary>
    public bool IsSettled => Volatile.Read(ref _done) == Volatile.Read(ref _wishes);

    /// <summary>Why it could not be told, the last time; null when it could.</summary>
    public string? Problem { get; private set; }

    /// <summary>Connects to bluetoothd.</summary>
    /// <exception cref="BusException">Library, bus, daemon or adapter is missing or off, or forbids.</exception>
    public static async Task<BlueZPeripheral> OpenAsync(string address, string? adapter, TimeProvider time, CancellationToken cancellationToken)
    {
        var peripheral = new BlueZPeripheral(adapter, time);
        try
        {
            peripheral._bus = await BusConnection.OpenAsync(
                address,
                [
                    $"type='signal',sender='{BlueZNames.Service}',interface='{BlueZNames.ObjectManager}'",
                    $"type='signal',sender='{BlueZNames.Service}',interface='{BlueZNames.Properties}',member='PropertiesChanged'",
                    $"type='signal',sender='{BlueZNames.Bus}',member='NameOwnerChanged',arg0='{BlueZNames.Service}'",
                ],
                peripheral.OnSignal,
                cancellationToken,
                new BusExport(Root, peripheral.OnCall)).ConfigureAwait(false);
            await peripheral.LoadAsync(cancellationToken).ConfigureAwait(false);
            if (peripheral.Adapter == null)
            {
                throw peripheral.WhyNoAdapter();
            }

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
    public void Want(Func<Wishes, Wishes> change)
    {
        Volatile.Write(ref _wishes, change(_wishes));
        _changed.Release();
    }

    /// <summary>Puts something in line for the taker.</summary>
    public void Post(Action letter)
    {
        _inbox.Enqueue(letter);
        _arrived.Release();
    }

    /// <summary>The next thing that came.</summary>
    public bool TryTake(out Action letter) => _inbox.TryDequeue(out letter!) && (_arrived.Wait(0) || true);

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
        _bus!.Emit(path, BlueZNames.Properties, "PropertiesChanged", BlueZNames.GattCharacteristic, new Dictionary<string, object> { ["Value"] = value }, Array.Empty<string>());

    /// <summary>Has a central dropped.</summary>
    public void Drop(string device) => _ = TryCallAsync(device, BlueZNames.Device, "Disconnect");

    /// <summary>Has bluetoothd forget a central and its keys.</summary>
    public void Forget(string device) => _ = TryCallAsync(device[..device.LastIndexOf('/')], BlueZNames.Adapter, "RemoveDevice", new BusPath(device));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_bus != null)
        {
            if (_oldAlias != null && Adapter is { } adapter)
            {
                await TryCallAsync(adapter, BlueZNames.Properties, "Set", BlueZNames.Adapter, "Alias", new BusVariant(_oldAlias)).ConfigureAwait(false);
            }

            _bus.Dispose(); // bluetoothd takes services, advertisements and agent away with their owner
        }

        Agent.Dispose();
        _stop.Dispose();
    }

    private BusException WhyNoAdapter()
    {
        var adapters = Tree.With(BlueZNames.Adapter);
        return _wantedAdapter != null && adapters.Count > 0 && !adapters.Any(path => path.EndsWith("/" + _wantedAdapter, StringComparison.Ordinal))
            ? new BusException("org.bluez.Error.DoesNotExist", BlueZWords.NoSuchAdapter(_wantedAdapter, adapters))
            : new BusException(adapters.Count == 0 ? BusException.NoAdapter : "org.bluez.Error.NotReady", "no adapter is on");
    }

    private void OnSignal(BusSignal signal)
    {
        if (signal is { Member: "NameOwnerChanged", Arguments: [string, string, string newOwner] })
        {
            Tree.Replace(null); // all that the old bluetoothd had is gone with it
            if (newOwner.Length > 0)
            {
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await LoadAsync(_stop.Token).ConfigureAwait(false);
                    }
                    catch (Exception e) when (e is BusException or OperationCanceledException)
                    {
                        // its next start, or its next signal, asks again
                    }
                });
            }
        }
        else
        {
            Tree.Apply(signal);
        }
    }

    private void OnTreeChanged(string path)
    {
        if (Adapter == null)
        {
            _lost = true;
        }

        _changed.Release();
        OnChanged();
    }

    private volatile bool _lost; // bluetoothd or the adapter went since the work looked last

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var method = new BusMethod(BlueZNames.Service, "/", BlueZNames.ObjectManager, "GetManagedObjects");
        await _bus!.CallAsync(method, Patience, body => Tree.Replace(body is [var objects, ..] ? objects : null), cancellationToken).ConfigureAwait(false);
    }

    private void OnCall(BusCall call)
    {
        if (call.Path == Agent.Path)
        {
            Agent.OnCall(call);
        }
        else if (call is { Path: Root, Interface: BlueZNames.ObjectManager, Member: "GetManagedObjects" })
        {
            call.Reply(Volatile.Read(ref _wishes).Table?.Objects ?? []);
        }
        else if (call is { Interface: BlueZNames.Properties, Member: "GetAll", Arguments: [BlueZNames.Advertisement] } && AdvertisementAt(call.Path) is { } properties)
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

    private static string AdvertisementPath(int number) => string.Create(CultureInfo.InvariantCulture, $"{Root}/advertisement{number}");

    private Dictionary<string, object>? AdvertisementAt(string path)
    {
        var all = Volatile.Read(ref _onAir);
        return Enumerable.Range(0, all.Count).Where(i => AdvertisementPath(i) == path).Select(i => all[i]).FirstOrDefault();
    }

    /// <summary>Brings bluetoothd up to what is wanted, whenever either has changed.</summary>
    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _changed.WaitAsync(_stop.Token).ConfigureAwait(false);
                await SettleAsync(Volatile.Read(ref _wishes)).ConfigureAwait(false);
                Problem = null;
            }
            catch (BusException e)
            {
                Problem = BlueZWords.AboutThisComputer(e) ?? $"{e.Message} ({e.Name})";
                await Task.Delay(RetryAfter, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _changed.Release();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task SettleAsync(Wishes wanted)
    {
        if (_lost)
        {
            _lost = false;
            _done = new Wishes(null, null, null, "");
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
            await Agent.RegisterAsync(_bus!, wanted.Capability, isDefault: true, Patience, _stop.Token).ConfigureAwait(false);
            _done = _done with { Capability = wanted.Capability };
        }

        if (_done.Table != wanted.Table)
        {
            await TryCallAsync(adapter, BlueZNames.GattManager, "UnregisterApplication", new BusPath(Root)).ConfigureAwait(false);
            if (wanted.Table != null)
            {
                await CallAsync(adapter, BlueZNames.GattManager, "RegisterApplication", new BusPath(Root), NoOptions).ConfigureAwait(false);
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
        string? alias = Tree.Get<string>(adapter, BlueZNames.Adapter, "Alias");
        if (alias != null && alias != name)
        {
            _oldAlias ??= alias == Tree.Get<string>(adapter, BlueZNames.Adapter, "Name") ? "" : alias; // empty: back to the system's
            await CallAsync(adapter, BlueZNames.Properties, "Set", BlueZNames.Adapter, "Alias", new BusVariant(name)).ConfigureAwait(false);
        }
    }

    private async Task AdvertiseAsync(string adapter, Advertisement? wanted)
    {
        for (int i = 0; i < _onAir.Count; i++)
        {
            await TryCallAsync(adapter, BlueZNames.AdvertisingManager, "UnregisterAdvertisement", new BusPath(AdvertisementPath(i))).ConfigureAwait(false);
        }

        byte room = Tree.Number<byte>(adapter, BlueZNames.AdvertisingManager, "SupportedInstances") ?? 1;
        Volatile.Write(ref _onAir, wanted == null ? [] : AdvertisementObjects.From(wanted, room));
        for (int i = 0; i < _onAir.Count; i++)
        {
            await CallAsync(adapter, BlueZNames.AdvertisingManager, "RegisterAdvertisement", new BusPath(AdvertisementPath(i)), NoOptions).ConfigureAwait(false);
        }
    }

    private static Dictionary<string, object> NoOptions => [];

    private Task<object?[]> CallAsync(string path, string contract, string member, params object[] arguments) =>
        _bus!.CallAsync(new BusMethod(BlueZNames.Service, path, contract, member), Patience, null, _stop.Token, arguments);

    /// <summary>Calls for good manners: it does not matter whether it succeeds.</summary>
    private async Task TryCallAsync(string path, string contract, string member, params object[] arguments)
    {
        try
        {
            await _bus!.CallAsync(new BusMethod(BlueZNames.Service, path, contract, member), Patience, null, CancellationToken.None, arguments).ConfigureAwait(false);
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
    public sealed record Wishes(GattTable? Table, Advertisement? Advertisement, string? Capability, string Name);
}
