using Backstep.BlueZ;
using Tmds.DBus.Protocol;

namespace Backstep.Link.BlueZ;

/// <summary>A link to one sensor through bluetoothd.</summary>
public sealed class BlueZSensorLink : ISensorLink
{
    // Ours: what bluetoothd answers and what it signals may come in either order, milliseconds apart.
    private static readonly TimeSpan SignalsBehind = TimeSpan.FromSeconds(2);

    private readonly BlueZCentral _central;
    private readonly SensorSighting _sensor;
    private readonly LinkMailbox _mailbox = new();
    private string? _lastPath; // of the device, connected or not

    internal BlueZSensorLink(BlueZCentral central, SensorSighting sensor)
    {
        _central = central;
        _sensor = sensor;
        _central.Tree.Changed += OnChanged;
        _central.Tree.ValueChanged += _mailbox.OnValue;
    }

    /// <inheritdoc/>
    public event Action<string>? Lost;

    /// <inheritdoc/>
    public string Name => _sensor.Name ?? _sensor.Address;

    /// <inheritdoc/>
    public bool IsConnected => _mailbox.Device != null;

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
        _mailbox.Forget();
        string? path = null;
        bool isUp = false;
        try
        {
            path = await FindAsync(cancellationToken).ConfigureAwait(false);
            await ConnectDeviceAsync(path, cancellationToken).ConfigureAwait(false);
            await WaitForServicesAsync(path, cancellationToken).ConfigureAwait(false);
            await PairAsync(path, cancellationToken).ConfigureAwait(false);
            _mailbox.Begin(path);
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
        _mailbox.Listen(path, onValue); // before the first value can come
        try
        {
            await CallAsync(path, "StartNotify", BusBody.Nothing, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _mailbox.Ignore(path);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        _mailbox.ReceiveAsync(patience, cancellationToken);

    /// <inheritdoc/>
    public async Task DisconnectAsync()
    {
        string? path = _mailbox.Forget();
        if (path != null)
        {
            await _central.TryCallAsync(path, BlueZNames.Device, "Disconnect").ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _central.Tree.Changed -= OnChanged;
        _central.Tree.ValueChanged -= _mailbox.OnValue;
        _mailbox.Forget();
        _mailbox.Dispose();
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
        string device = _mailbox.Device ?? throw new SensorLinkException("the sensor is not connected");
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
        if (_mailbox.Device is { } device && (path.Length == 0 || path == device)
            && !Tree.Is(device, BlueZNames.Device, "Connected"))
        {
            _mailbox.End(WhyLost, reason => Lost?.Invoke(reason));
        }
    }

    private string WhyLost(string device) =>
        _central.BusClosed.IsCompleted ? "the connection to D-Bus broke"
        : Tree.Has(device, BlueZNames.Device) ? "the sensor went out of reach or was switched off"
        : Tree.With(BlueZNames.Adapter).Count == 0 ? "bluetoothd stopped, or the Bluetooth adapter went away"
        : "bluetoothd no longer knows the sensor";
}
