using Backstep.BlueZ;
using Backstep.Protocol;
using Backstep.Walks;
using Tmds.DBus.Protocol;
using Message = Tmds.DBus.Protocol.Message;

namespace Backstep.Link.BlueZ;

/// <summary>Bluetooth on Linux, through bluetoothd's D-Bus interface.</summary>
public sealed class BlueZCentral : IBluetooth
{
    // BlueZ's word for "no RSSI" when a controller has none (HCI: 127 = not available).
    private const int UnknownSignal = 127;

    private readonly BusConnection _bus;
    private readonly BlueZPatience _patience;
    private readonly string? _wantedAdapter;

    private readonly PairingAgent _agent;
    private readonly PasskeySource? _getPasskey;
    private readonly SemaphoreSlim _pairing = new(1, 1);

    private BlueZCentral(BusConnection bus, ObjectTree tree, BlueZPatience patience, BlueZChoice choice,
        PairingAgent agent)
    {
        _bus = bus;
        _agent = agent;
        _wantedAdapter = choice.Adapter;
        _getPasskey = choice.GetPasskey;
        Tree = tree;
        _patience = patience;
    }

    /// <summary>What bluetoothd has.</summary>
    internal ObjectTree Tree { get; }

    internal BlueZPatience Patience => _patience;

    /// <summary>Ends with the connection to the bus.</summary>
    internal Task BusClosed => _bus.Closed;

    /// <summary>Connects to bluetoothd and looks whether its adapter can be used.</summary>
    /// <param name="address">The bus.</param>
    /// <param name="patience">How long to wait for what.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="choice">Which adapter, and where passkeys come from.</param>
    /// <exception cref="BluetoothUnavailableException">Something is missing or off.</exception>
    public static async Task<BlueZCentral> OpenAsync(string address, BlueZPatience patience,
        CancellationToken cancellationToken, BlueZChoice? choice = null)
    {
        var central = await ReachAsync(address, patience, choice ?? new BlueZChoice(), cancellationToken)
            .ConfigureAwait(false);
        try
        {
            central.Adapter();
            return central;
        }
        catch
        {
            await central.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects to bluetoothd, whatever its adapters.</summary>
    /// <exception cref="BluetoothUnavailableException">Bus or daemon is missing, or forbids.</exception>
    private static async Task<BlueZCentral> ReachAsync(string address, BlueZPatience patience, BlueZChoice choice,
        CancellationToken cancellationToken)
    {
        var agent = new PairingAgent("/org/backstep/agent");
        BusConnection bus;
        try
        {
            var export = new BusExport(agent.Path, agent.OnCall);
            bus = await BusConnection.OpenAsync(address, cancellationToken, export).ConfigureAwait(false);
        }
        catch (BusException e)
        {
            throw Unavailable(BlueZText.AboutThisComputer(e) ?? BlueZText.NoBus, e);
        }

        var central = new BlueZCentral(bus, new ObjectTree(), patience, choice, agent);
        try
        {
            await central.Tree.FollowAsync(bus, patience.Call, cancellationToken).ConfigureAwait(false);
            return central;
        }
        catch (Exception e)
        {
            await central.DisposeAsync().ConfigureAwait(false);
            if (e is BusException error)
            {
                throw Unavailable(BlueZText.AboutThisComputer(error) ?? $"bluetoothd does not answer: "
                    + $"{error.Message}. 'sudo systemctl restart bluetooth' may help.", error);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken)
    {
        string adapter = Adapter();
        var gate = new Lock();
        var told = new Dictionary<string, SensorSighting>(StringComparer.Ordinal);

        void Report(string path)
        {
            lock (gate)
            {
                if (path.StartsWith(adapter + "/", StringComparison.Ordinal) && Sight(path) is { } sighting
                    && !cancellationToken.IsCancellationRequested && told.GetValueOrDefault(path) != sighting)
                {
                    told[path] = sighting;
                    onSeen(sighting);
                }
            }
        }

        Tree.Changed += Report;
        try
        {
            // No RSSI in the filter: a controller that tells none would find nothing. The UUID keeps headphones and
            // scales out.
            var filter = new Dictionary<string, VariantValue>
            {
                ["Transport"] = "le",
                ["UUIDs"] = VariantValue.Array(new[] { Uuids.Backstep.ToString() }),
            };
            await CallAsync(adapter, BlueZNames.Adapter, "SetDiscoveryFilter", cancellationToken, filter)
                .ConfigureAwait(false);
            await StartDiscoveryAsync(adapter, cancellationToken).ConfigureAwait(false);
            foreach (string path in Tree.With(BlueZNames.Device, adapter + "/"))
            {
                Report(path);
            }

            await Tree.UntilAsync(() => !Tree.Is(adapter, BlueZNames.Adapter, "Powered"), Timeout.InfiniteTimeSpan,
                cancellationToken).ConfigureAwait(false);
            throw Unavailable("the Bluetooth adapter went away or was switched off during the search. 'backstep "
                + "doctor' tells more.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (BusException e)
        {
            throw Unavailable(BlueZText.AboutThisComputer(e) ?? $"the search for sensors cannot start: "
                + $"{e.Message}. 'backstep doctor' tells more.", e);
        }
        finally
        {
            Tree.Changed -= Report;
            await TryCallAsync(adapter, BlueZNames.Adapter, "StopDiscovery").ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ISensorLink LinkTo(SensorSighting sensor) => new BlueZSensorLink(this, sensor);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync().ConfigureAwait(false);
        _agent.Dispose();
        _pairing.Dispose();
    }

    /// <summary>The path of a device in the tree, or null: two adapters may know it.</summary>
    internal string? PathOf(string address) => Tree.With(BlueZNames.Device, Adapter() + "/").FirstOrDefault(path =>
        string.Equals(Tree.Text(path, BlueZNames.Device, "Address"), address, StringComparison.OrdinalIgnoreCase));

    /// <summary>Calls a method of bluetoothd.</summary>
    internal Task<T> CallAsync<T>(
        string path,
        string contract,
        string member,
        Func<Message, T> read,
        CancellationToken cancellationToken,
        params object[] arguments)
    {
        var method = new BusMethod(BlueZNames.Service, path, contract, member);
        return _bus.CallAsync(method, _patience.Call, read, cancellationToken, arguments);
    }

    /// <summary>The same, whatever it answers.</summary>
    internal Task CallAsync(
        string path, string contract, string member, CancellationToken cancellationToken, params object[] arguments) =>
        CallAsync(path, contract, member, BusBody.Nothing, cancellationToken, arguments);

    /// <summary>The same with its own patience.</summary>
    internal Task CallAsync(
        string path, string contract, string member, TimeSpan timeout, CancellationToken cancellationToken) =>
        _bus.CallAsync(new BusMethod(BlueZNames.Service, path, contract, member), timeout, cancellationToken);

    /// <summary>Agrees on a key with a device. Its passkey, if it wants one, comes from the source that was
    /// given.</summary>
    /// <param name="path">The device.</param>
    /// <param name="sensor">What to call it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BusException">They could not agree.</exception>
    /// <exception cref="SensorLinkException">The device wanted a passkey, and there was none or another.</exception>
    internal async Task PairAsync(string path, string sensor, CancellationToken cancellationToken)
    {
        await _pairing.WaitAsync(cancellationToken).ConfigureAwait(false);
        bool isWanted = false;
        bool isGiven = false;
        try
        {
            _agent.Accepts = device => device == path;
            _agent.GetPasskey = async (_, token) =>
            {
                isWanted = true;
                uint? passkey = _getPasskey == null ? null : await _getPasskey(sensor, token).ConfigureAwait(false);
                isGiven = passkey != null;
                return passkey ?? ControlCommand.FactoryPasskey; // what a sensor wants whose owner has set none
            };
            await _agent.RegisterAsync(_bus, PairingAgent.KeyboardOnly, isDefault: false, _patience.Call,
                cancellationToken).ConfigureAwait(false);
            await CallAsync(path, BlueZNames.Device, "Pair", _patience.Pair, cancellationToken).ConfigureAwait(false);
        }
        catch (BusException e) when (isWanted
            && e.Name.StartsWith("org.bluez.Error.Authentication", StringComparison.Ordinal))
        {
            throw new SensorLinkException(isGiven ? BlueZText.WrongPasskey : BlueZText.PasskeyWanted, e)
            {
                IsLasting = true,
            };
        }
        finally
        {
            _agent.Accepts = _ => false;
            _pairing.Release();
        }
    }

    /// <summary>Asks for a device's properties anew, where bluetoothd does not tell of every change.</summary>
    internal Task RefreshAsync(string path, CancellationToken cancellationToken)
    {
        var method = new BusMethod(BlueZNames.Service, path, BlueZNames.Properties, "GetAll");
        return _bus.CallAsync(method, _patience.Call, Take, cancellationToken, BlueZNames.Device);

        object? Take(Message reply)
        {
            Tree.Update(path, BlueZNames.Device, BusBody.Properties(reply), []);
            return null;
        }
    }

    /// <summary>Calls for good manners: it does not matter whether it succeeds.</summary>
    internal async Task TryCallAsync(string path, string contract, string member)
    {
        try
        {
            await CallAsync(path, contract, member, _patience.Goodbye, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BusException)
        {
        }
    }

    /// <summary>The adapter in use, which is on.</summary>
    /// <exception cref="BluetoothUnavailableException">There is none.</exception>
    internal string Adapter()
    {
        var adapters = Tree.With(BlueZNames.Adapter);
        var wanted =
            adapters.Where(
                path => _wantedAdapter == null
                    || path.EndsWith("/" + _wantedAdapter, StringComparison.Ordinal)).ToArray();
        return wanted.FirstOrDefault(path => Tree.Is(path, BlueZNames.Adapter, "Powered"))
            ?? throw Unavailable(BusClosed.IsCompleted ? BlueZText.NoBus
                : adapters.Count == 0 ? BlueZText.NoAdapter
                : wanted.Length == 0 ? BlueZText.NoSuchAdapter(_wantedAdapter!, adapters)
                : BlueZText.Off);
    }

    private static BluetoothUnavailableException Unavailable(string why, Exception? innerException = null) =>
        new($"{why} {BlueZText.Meanwhile}", innerException);

    private async Task StartDiscoveryAsync(string adapter, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(adapter, BlueZNames.Adapter, "StartDiscovery", cancellationToken).ConfigureAwait(false);
        }
        catch (BusException e) when (e.Name == "org.bluez.Error.InProgress")
        {
            // it runs already
        }
    }

    /// <summary>A device that is a sensor and is in the air now: one that bluetoothd only remembers has no
    /// signal.</summary>
    private SensorSighting? Sight(string path)
    {
        if (Tree.Text(path, BlueZNames.Device, "Address") is not { } address
            || !Tree.HasUuid(path, BlueZNames.Device, Uuids.Backstep))
        {
            return null;
        }

        int? signal = (int?)Tree.Number(path, BlueZNames.Device, "RSSI");
        bool isConnected = Tree.Is(path, BlueZNames.Device, "Connected");
        string name = OneLine.Of(Tree.Text(path, BlueZNames.Device, "Name") ?? "");
        int? battery = (int?)Tree.Number(path, BlueZNames.Battery, "Percentage");
        battery = battery is >= 0 and <= 100 ? battery : null;
        return signal == null
            && !isConnected ? null
            : new SensorSighting(name.Length > 0 ? name : null, OneLine.Of(address),
                signal == UnknownSignal ? null : signal, battery, isConnected);
    }
}

/// <summary>Gets the passkey of a sensor, 0 to 999999; null when there is none.</summary>
/// <param name="sensor">What the sensor is called.</param>
/// <param name="cancellationToken">It is no longer wanted.</param>
public delegate Task<uint?> PasskeySource(string sensor, CancellationToken cancellationToken);

/// <summary>What a person chooses about Bluetooth.</summary>
/// <param name="Adapter">Such as hci1; null for the first that is on.</param>
/// <param name="GetPasskey">Where passkeys come from; null when from nowhere.</param>
public sealed record BlueZChoice(string? Adapter = null, PasskeySource? GetPasskey = null);
