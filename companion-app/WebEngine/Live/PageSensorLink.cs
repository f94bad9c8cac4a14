using Backstep.Link;

namespace Backstep.WebEngine.Live;

/// <summary>The link to a sensor over a browser's Bluetooth. The browser pairs when it must, if its system can; reading
/// and hearing need no pairing.</summary>
/// <param name="radio">The browser's.</param>
/// <param name="sensor">The device that the walker has chosen.</param>
/// <param name="wait">Waits until something has come, at most so long.</param>
internal sealed class PageSensorLink(IPageRadio radio, SensorSighting sensor,
    Func<TimeSpan, CancellationToken, Task> wait) : ISensorLink
{
    private readonly Dictionary<Guid, Action<byte[]>> _listeners = [];
    private readonly Queue<Action> _came = new();

    /// <inheritdoc/>
    public event Action<string>? Lost;

    /// <inheritdoc/>
    public string Name { get; } = sensor.Name ?? "sensor";

    /// <inheritdoc/>
    public bool IsConnected { get; private set; }

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Forget();
        await radio.ConnectAsync(sensor.Address).ConfigureAwait(false);
        IsConnected = true;
    }

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken) =>
        Do(() => radio.ReadAsync(sensor.Address, service, characteristic));

    /// <inheritdoc/>
    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken) =>
        Do(async () =>
        {
            await radio.WriteAsync(sensor.Address, service, characteristic, value).ConfigureAwait(false);
            return true;
        });

    /// <inheritdoc/>
    public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken)
    {
        _listeners[characteristic] = onValue; // before the first value can come
        return Do(async () =>
        {
            await radio.SubscribeAsync(sensor.Address, service, characteristic).ConfigureAwait(false);
            return true;
        });
    }

    /// <inheritdoc/>
    public async Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_came.Count == 0)
        {
            await wait(patience, cancellationToken).ConfigureAwait(false);
        }

        while (_came.TryDequeue(out var callback))
        {
            callback();
        }
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync()
    {
        bool wasConnected = IsConnected;
        Forget();
        if (wasConnected)
        {
            try
            {
                await radio.DisconnectAsync(sensor.Address).ConfigureAwait(false);
            }
            catch (SensorLinkException)
            {
                // It is gone, as was asked for.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    /// <summary>A value has come: it waits until whoever drives the link receives.</summary>
    public void OnValue(Guid characteristic, byte[] value)
    {
        if (_listeners.ContainsKey(characteristic))
        {
            _came.Enqueue(() => _listeners.GetValueOrDefault(characteristic)?.Invoke(value));
        }
    }

    /// <summary>The browser says that the link is gone.</summary>
    public void OnLost(string reason)
    {
        if (IsConnected)
        {
            IsConnected = false;
            _came.Enqueue(() =>
            {
                Forget();
                Lost?.Invoke(reason.Length == 0 ? "the sensor went out of reach, or was switched off" : reason);
            });
        }
    }

    private void Forget()
    {
        IsConnected = false;
        _listeners.Clear();
        _came.Clear();
    }

    private async Task<T> Do<T>(Func<Task<T>> action)
    {
        if (!IsConnected)
        {
            throw new SensorLinkException("the sensor is not connected");
        }

        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (SensorLinkException e) when (e.AttError == null && PageRadioText.IsBroken(e.Message))
        {
            OnLost(e.Message); // the browser tells it by itself, too, sooner or later
            throw;
        }
    }
}
