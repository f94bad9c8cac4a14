using Backstep.BlueZ;
using Tmds.DBus.Protocol;

namespace Backstep.Link.BlueZ;

/// <summary>A link to one sensor through bluetoothd.</summary>
public sealed class BlueZSensorLink : ISensorLink
{
    // Values that nobody has fetched. A stride that is dropped for it leaves a gap in the numbers, and is asked for
    // again.
    private const int MostWaiting = 4096;

    // Ours: what bluetoothd answers and what it signals may come in either order, milliseconds apart.
    private static readonly TimeSpan SignalsBehind = TimeSpan.FromSeconds(2);

    private readonly BlueZCentral _central;
    private readonly SensorSighting _sensor;
    private readonly Callbacks _callbacks = new();
    private readonly Lock _gate = new();
    // by path; under _gate
    private readonly Dictionary<string, Action<byte[]>> _listeners = new(StringComparer.Ordinal);
    private string? _path; // of the device while it is connected; under _gate
    private string? _lastPath; // of the device, connected or not
    private int _waiting; // values in the mailbox
    private int _epoch; // counts links, so that no callback from the last one is taken for this one

    internal BlueZSensorLink(BlueZCentral central, SensorSighting sensor)
    {
        _central = central;
        _sensor = sensor;
        _central.Tree.Changed += OnChanged;
        _central.Tree.ValueChanged += OnValue;
    }

    /// <inheritdoc/>
    public event Action<string>? Lost;

    /// <inheritdoc/>
    public string Name => _sensor.Name ?? _sensor.Address;

    /// <inheritdoc/>
    public bool IsConnected
    {
        get
        {
            lock (_gate)
            {
                return _path != null;
            }
        }
    }

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ConnectOnceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SensorLinkException e) when (e.InnerException is TimeoutException)
        {
            // a link to a known sensor may hang in bluetoothd before its services are there; a new one does not
            await ConnectOnceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ConnectOnceAsync(CancellationToken cancellationToken)
    {
        Forget();
        string? path = null;
        bool isUp = false;
        try
        {
            path = await FindAsync(cancellationToken).ConfigureAwait(false);
            await ConnectDeviceAsync(path, cancellationToken).ConfigureAwait(false);
            await WaitForServicesAsync(path, cancellationToken).ConfigureAwait(false);
            await PairAsync(path, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _path = path;
                _epoch++;
            }

            OnChanged(path); // it may have gone before anyone listened
            isUp = IsConnected ? true : throw new SensorLinkException("the link broke as soon as it was up");
        }
        catch (BusException e)
        {
            throw Failure(e);
        }
        catch (BluetoothUnavailableException e)
        {
            throw new SensorLinkException(e.Message, e) { IsLasting = true };
        }
        finally
        {
            if (!isUp && path != null)
            {
                // else bluetoothd goes on trying for nobody
                await _central.TryCallAsync(path, BlueZNames.Device, "Disconnect").ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken)
    {
        string path = await FindAsync(service, characteristic, cancellationToken).ConfigureAwait(false);
        var options = new Dictionary<string, VariantValue>();
        return await CallAsync(path, "ReadValue", BusBody.Bytes, cancellationToken, options).ConfigureAwait(false)
            ?? throw new SensorLinkException("bluetoothd answered a read with something that is not bytes");
    }

    /// <inheritdoc/>
    public async Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken)
    {
        string path = await FindAsync(service, characteristic, cancellationToken).ConfigureAwait(false);
        var options = new Dictionary<string, VariantValue> { ["type"] = "request" };
        await CallAsync(path, "WriteValue", BusBody.Nothing, cancellationToken, value, options).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken)
    {
        string path = await FindAsync(service, characteristic, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _listeners[path] = onValue; // before the first value can come
        }

        try
        {
            await CallAsync(path, "StartNotify", BusBody.Nothing, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            lock (_gate)
            {
                _listeners.Remove(path);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await _callbacks.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        _callbacks.Deliver();
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync()
    {
        string? path = Forget();
        if (path != null)
        {
            await _central.TryCallAsync(path, BlueZNames.Device, "Disconnect").ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _central.Tree.Changed -= OnChanged;
        _central.Tree.ValueChanged -= OnValue;
        Forget();
        _callbacks.Dispose(); // nothing is posted any more: there is no path
    }

    private ObjectTree Tree => _central.Tree;

    /// <summary>The device's path; bluetoothd forgets devices that it has not heard for a while, so it may have to be
    /// found again.</summary>
    private async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        // A device that pairs may show another address from then on, its identity; its path stays.
        if (_lastPath is { } last && Tree.Has(last, BlueZNames.Device))
        {
            return last;
        }

        if (_central.PathOf(_sensor.Address) is { } known)
        {
            return _lastPath = known;
        }

        using var search = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        search.CancelAfter(_central.Patience.Search);
        await _central.SearchAsync(
            seen =>
            {
                if (seen.Address == _sensor.Address)
                {
                    search.CancelAfter(TimeSpan.Zero); // not at once: this is the bus thread
                }
            },
            search.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return _lastPath = _central.PathOf(_sensor.Address)
            ?? throw new SensorLinkException("the sensor is out of reach");
    }

    private async Task ConnectDeviceAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await _central.CallAsync(path, BlueZNames.Device, "Connect", _central.Patience.Connect, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (BusException e) when (e.Name is "org.bluez.Error.AlreadyConnected")
        {
        }

        // When bluetoothd's ATT channel is up before the kernel has told it of the link, it never signals that the
        // device is connected (seen with 5.66).
        await _central.RefreshAsync(path, cancellationToken).ConfigureAwait(false);
    }

    private async Task WaitForServicesAsync(string path, CancellationToken cancellationToken)
    {
        bool HasGone() => !Tree.Is(path, BlueZNames.Device, "Connected");
        bool HasServices() => Tree.Is(path, BlueZNames.Device, "ServicesResolved");
        bool HasVanished() => !Tree.Has(path, BlueZNames.Device);
        try
        {
            // The signal that it is connected may come after the answer that it is: only a link that was seen up can be
            // seen down.
            await Tree.UntilAsync(() => !HasGone() || HasVanished(), _central.Patience.Services, cancellationToken)
                .ConfigureAwait(false);
            await Tree.UntilAsync(() => HasGone() || HasServices(), _central.Patience.Services, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new SensorLinkException("the sensor did not tell its services in time", e);
        }

        if (HasGone())
        {
            throw new SensorLinkException("the link broke while it was being set up");
        }
    }

    /// <summary>Agrees on a key once, so that the link is encrypted now and whenever it comes back.</summary>
    private async Task PairAsync(string path, CancellationToken cancellationToken)
    {
        if (Tree.Is(path, BlueZNames.Device, "Paired"))
        {
            return;
        }

        try
        {
            await _central.PairAsync(path, Name, cancellationToken).ConfigureAwait(false);
        }
        catch (BusException e) when (e.Name == "org.bluez.Error.AlreadyExists")
        {
        }
    }

    /// <summary>The path of a characteristic. bluetoothd's answer that all are known may overtake its signals that
    /// bring them, so they get a moment.</summary>
    private async Task<string> FindAsync(Guid service, Guid characteristic, CancellationToken cancellationToken)
    {
        string device;
        lock (_gate)
        {
            device = _path ?? throw new SensorLinkException("the sensor is not connected");
        }

        string? Look() => Tree.With(BlueZNames.GattCharacteristic, device + "/").FirstOrDefault(path =>
            HasUuid(path, BlueZNames.GattCharacteristic, characteristic)
            && Tree.Text(path, BlueZNames.GattCharacteristic, "Service") is { } owner
            && HasUuid(owner, BlueZNames.GattService, service));

        try
        {
            await Tree.UntilAsync(() => Look() != null || !IsConnected, SignalsBehind, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
        }

        return Look() ?? throw new SensorLinkException(
            IsConnected
                ? SensorTrouble.StaleServices(_sensor.Address).Description
                : "the link to the sensor is down");
    }

    private SensorLinkException Failure(BusException error)
    {
        var trouble = SensorTrouble.Of(error, _sensor.Address);
        return new SensorLinkException(trouble.Description, error)
        {
            AttError = BlueZText.AttErrorOf(error),
            IsLasting = trouble.IsLasting,
        };
    }

    private bool HasUuid(string path, string contract, Guid uuid) =>
        Guid.TryParse(Tree.Text(path, contract, "UUID"), out var id) && id == uuid;

    private async Task<T> CallAsync<T>(
        string path,
        string member,
        Func<Message, T> read,
        CancellationToken cancellationToken,
        params object[] arguments)
    {
        const string Contract = BlueZNames.GattCharacteristic;
        try
        {
            var call = _central.CallAsync(path, Contract, member, read, cancellationToken, arguments);
            return await call.ConfigureAwait(false);
        }
        catch (BusException e)
        {
            throw Failure(e);
        }
    }

    private void OnChanged(string path)
    {
        string? device;
        lock (_gate)
        {
            device = _path;
        }

        if (device != null && (path.Length == 0 || path == device) && !Tree.Is(device, BlueZNames.Device, "Connected"))
        {
            End();
        }
    }

    private void OnValue(string path, byte[] value)
    {
        lock (_gate)
        {
            if (_path != null && _waiting < MostWaiting && _listeners.TryGetValue(path, out var listener))
            {
                int epoch = _epoch;
                Interlocked.Increment(ref _waiting);
                _callbacks.Post(() =>
                {
                    Interlocked.Decrement(ref _waiting);
                    Deliver(epoch, () => listener(value));
                });
            }
        }
    }

    /// <summary>The link went, by whomever but us.</summary>
    private void End()
    {
        lock (_gate)
        {
            if (_path != null)
            {
                string reason = WhyLost(_path);
                _path = null;
                _listeners.Clear();
                int epoch = _epoch;
                _callbacks.Post(() => Deliver(epoch, () => Lost?.Invoke(reason)));
            }
        }
    }

    private string WhyLost(string device) =>
        _central.BusClosed.IsCompleted ? "the connection to D-Bus broke"
        : Tree.Has(device, BlueZNames.Device) ? "the sensor went out of reach or was switched off"
        : Tree.With(BlueZNames.Adapter).Count == 0 ? "bluetoothd stopped, or the Bluetooth adapter went away"
        : "bluetoothd no longer knows the sensor";

    private void Deliver(int epoch, Action callback)
    {
        bool isCurrent;
        lock (_gate)
        {
            isCurrent = epoch == _epoch;
        }

        if (isCurrent)
        {
            callback();
        }
    }

    private string? Forget()
    {
        lock (_gate)
        {
            string? path = _path;
            _path = null;
            _epoch++;
            _listeners.Clear();
            return path;
        }
    }
}
