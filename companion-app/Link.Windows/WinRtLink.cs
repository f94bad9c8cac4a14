using System.Runtime.InteropServices.WindowsRuntime;
using Windows.Devices.Bluetooth;
using Windows.Devices.Bluetooth.GenericAttributeProfile;
using Windows.Devices.Enumeration;
using Windows.Foundation;

namespace Backstep.Link.Windows;

/// <summary>A link to one sensor through Windows. Windows asks for the largest MTU by itself; MaintainConnection keeps
/// the link up while nothing is asked.</summary>
internal sealed class WinRtLink(WinRtCentral central, SensorSighting sensor) : ISensorLink
{
    private readonly Callbacks _callbacks = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Service, Guid Characteristic), GattCharacteristic> _characteristics = [];
    private readonly List<(GattCharacteristic Characteristic,
        TypedEventHandler<GattCharacteristic, GattValueChangedEventArgs> Handler)> _listeners = [];
    private readonly List<GattDeviceService> _services = [];
    private BluetoothLEDevice? _device;
    private GattSession? _session;
    private bool _isUp; // under _gate
    private int _epoch; // counts links, so that no callback from the last one is taken for this one; under _gate

    /// <inheritdoc/>
    public event Action<string>? Lost;

    /// <inheritdoc/>
    public string Name => sensor.Name ?? sensor.Address;

    /// <inheritdoc/>
    public bool IsConnected
    {
        get
        {
            lock (_gate)
            {
                return _isUp;
            }
        }
    }

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Release();
        try
        {
            await WinRtText.DoAsync(async () =>
            {
                await SetUpAsync(cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken) =>
        WinRtText.DoAsync(async () =>
    {
        var result = await Find(service, characteristic).ReadValueAsync(BluetoothCacheMode.Uncached)
            .AsTask(cancellationToken).ConfigureAwait(false);
        WinRtText.Check(result.Status, result.ProtocolError);
        return result.Value.ToArray();
    });

    /// <inheritdoc/>
    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken) =>
        WinRtText.DoAsync(async () =>
    {
        var result = await Find(service, characteristic)
            .WriteValueWithResultAsync(value.AsBuffer(), GattWriteOption.WriteWithResponse).AsTask(cancellationToken)
            .ConfigureAwait(false);
        WinRtText.Check(result.Status, result.ProtocolError);
        return true;
    });

    /// <inheritdoc/>
    public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken) => WinRtText.DoAsync(async () =>
    {
        var target = Find(service, characteristic);
        int epoch = Epoch();
        void Handle(GattCharacteristic from, GattValueChangedEventArgs changed)
        {
            byte[] value = changed.CharacteristicValue.ToArray();
            _callbacks.Post(() => Deliver(epoch, () => onValue(value)));
        }

        target.ValueChanged += Handle; // before the first value can come
        _listeners.Add((target, Handle));
        var how = target.CharacteristicProperties.HasFlag(GattCharacteristicProperties.Notify)
            ? GattClientCharacteristicConfigurationDescriptorValue.Notify
            : GattClientCharacteristicConfigurationDescriptorValue.Indicate;
        var result = await target.WriteClientCharacteristicConfigurationDescriptorWithResultAsync(how)
            .AsTask(cancellationToken).ConfigureAwait(false);
        WinRtText.Check(result.Status, result.ProtocolError);
        return true;
    });

    /// <inheritdoc/>
    public async Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await _callbacks.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        _callbacks.Deliver();
    }

    /// <inheritdoc/>
    public Task DisconnectAsync()
    {
        Release();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    // a handler that runs this moment may still post: the mailbox goes with the last of them
    public void Dispose() => Release();

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        var device = await central.DeviceAsync(sensor, cancellationToken)
            .ConfigureAwait(false) ?? throw new SensorLinkException("the sensor is out of reach");
        _device = device;
        _session = await GattSession.FromDeviceIdAsync(device.BluetoothDeviceId).AsTask(cancellationToken)
            .ConfigureAwait(false);
        _session.MaintainConnection = true;
        await PairAsync(device, cancellationToken).ConfigureAwait(false);

        // Asking past the cache is what sets the link up.
        var services = await device.GetGattServicesAsync(BluetoothCacheMode.Uncached).AsTask(cancellationToken)
            .ConfigureAwait(false);
        WinRtText.Check(services.Status, services.ProtocolError);
        _services.AddRange(services.Services);
        foreach (var service in _services)
        {
            var characteristics = await service.GetCharacteristicsAsync(BluetoothCacheMode.Uncached)
                .AsTask(cancellationToken).ConfigureAwait(false);
            foreach (var one in characteristics.Status == GattCommunicationStatus.Success
                ? characteristics.Characteristics : [])
            {
                // services that belong to Windows alone deny themselves: not ours
                _characteristics[(service.Uuid, one.Uuid)] = one;
            }
        }

        lock (_gate)
        {
            _isUp = true;
            _epoch++;
        }

        device.ConnectionStatusChanged += OnStatus;
        if (device.ConnectionStatus != BluetoothConnectionStatus.Connected)
        {
            throw new SensorLinkException("the link broke as soon as it was up"); // before anyone listened
        }
    }

    /// <summary>Agrees on a key once, so that the link is encrypted now and whenever it comes back.</summary>
    private async Task PairAsync(BluetoothLEDevice device, CancellationToken cancellationToken)
    {
        var pairing = device.DeviceInformation.Pairing;
        if (pairing.IsPaired || !pairing.CanPair)
        {
            return;
        }

        var custom = pairing.Custom;
        custom.PairingRequested += OnPairingRequested;
        try
        {
            var result = await custom.PairAsync(DevicePairingKinds.ConfirmOnly | DevicePairingKinds.ProvidePin,
                DevicePairingProtectionLevel.Encryption)
                .AsTask(cancellationToken).ConfigureAwait(false);
            if (result.Status is not (DevicePairingResultStatus.Paired or DevicePairingResultStatus.AlreadyPaired))
            {
                throw new SensorLinkException(WinRtText.Of(result.Status));
            }
        }
        finally
        {
            custom.PairingRequested -= OnPairingRequested;
        }
    }

    private void OnPairingRequested(DeviceInformationCustomPairing sender, DevicePairingRequestedEventArgs request)
    {
        if (request.PairingKind != DevicePairingKinds.ProvidePin)
        {
            request.Accept();
            return;
        }

        var deferral = request.GetDeferral();
        try
        {
            if (central.AskPasskey() is { } passkey)
            {
                request.Accept(passkey);
            }
        }
        finally
        {
            deferral.Complete();
        }
    }

    private GattCharacteristic Find(Guid service, Guid characteristic) =>
        !IsConnected ? throw new SensorLinkException("the sensor is not connected")
        : _characteristics.GetValueOrDefault((service, characteristic))
            ?? throw new SensorLinkException(
                $"the sensor has no characteristic {characteristic} in service {service}: its firmware may be of "
                + $"another version");

    private int Epoch()
    {
        lock (_gate)
        {
            return _epoch;
        }
    }

    private void OnStatus(BluetoothLEDevice device, object arguments)
    {
        if (device.ConnectionStatus == BluetoothConnectionStatus.Connected)
        {
            return;
        }

        lock (_gate)
        {
            if (_isUp)
            {
                _isUp = false;
                int epoch = _epoch;
                _callbacks.Post(() => Deliver(epoch, () => Lost?.Invoke("the sensor went out of reach or was switched "
                    + "off, or Bluetooth was")));
            }
        }
    }

    private void Deliver(int epoch, Action callback)
    {
        if (epoch == Epoch())
        {
            callback();
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _isUp = false;
            _epoch++;
        }

        foreach (var (characteristic, handler) in _listeners)
        {
            characteristic.ValueChanged -= handler;
        }

        _listeners.Clear();
        _characteristics.Clear();
        foreach (var service in _services)
        {
            service.Dispose(); // a link ends when nothing of the device is held any more
        }

        _services.Clear();
        if (_device is { } device)
        {
            device.ConnectionStatusChanged -= OnStatus;
        }

        _session?.Dispose();
        _device?.Dispose();
        (_session, _device) = (null, null);
    }
}
