using Backstep.Link;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Rehearsal;

/// <summary>The link to a virtual sensor in this process. Its calls let virtual time pass until the sensor has
/// answered, so they are complete when they return.</summary>
/// <param name="device">The sensor.</param>
/// <param name="pass">Lets time pass for it.</param>
/// <param name="pace">Called with the device's time whenever somebody has waited for it, to hold it back; null for as
/// fast as possible.</param>
internal sealed class InMemorySensorLink(VirtualDevice device, Action<VirtualDevice, TimeSpan> pass,
    Func<TimeSpan, CancellationToken, Task>? pace) : ISensorLink
{
    // The largest that a central may ask for (Core specification, volume 3, part F, 3.2.9); the sensor takes what it
    // can.
    private const ushort WantedMtu = 517;

    private VirtualCentral? _central;

    /// <inheritdoc/>
    public event Action<string>? Lost;

    /// <inheritdoc/>
    public string Name => device.Radio.DeviceName;

    /// <inheritdoc/>
    public bool IsConnected => _central?.IsConnected == true;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) => Do(() =>
    {
        Release();
        var central = device.Radio.Connect();
        central.Disconnected += OnDisconnected;
        _central = central;
        central.ExchangeMtu(WantedMtu);
        central.Encrypt(authenticated: true, (int)ControlCommand.FactoryPasskey);
        return true;
    });

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken) =>
        Do(() => Central.Read(service, characteristic));

    /// <inheritdoc/>
    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken) =>
        Do(() =>
    {
        Central.Write(service, characteristic, value);
        return true;
    });

    /// <inheritdoc/>
    public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken) => Do(() =>
        Central.Subscribe(service, characteristic, onValue));

    /// <inheritdoc/>
    public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        pass(device, patience);
        return pace == null ? Task.CompletedTask : pace(device.Elapsed, cancellationToken);
    }

    /// <inheritdoc/>
    public Task DisconnectAsync()
    {
        Release();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    private VirtualCentral Central => _central ?? throw new SensorLinkException("the sensor is not connected");

    private void Release()
    {
        if (_central is { } central)
        {
            _central = null;
            central.Disconnected -= OnDisconnected;
            if (central.IsConnected)
            {
                central.Disconnect();
            }
        }
    }

    private void OnDisconnected()
    {
        Release();
        Lost?.Invoke(device.IsRunning ? "the sensor went out of reach" : "the sensor was switched off or started anew");
    }

    private static Task<T> Do<T>(Func<T> action)
    {
        try
        {
            return Task.FromResult(GattCall.Do(action));
        }
        catch (SensorLinkException e)
        {
            return Task.FromException<T>(e);
        }
    }
}
