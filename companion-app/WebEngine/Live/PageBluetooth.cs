using Backstep.Link;

namespace Backstep.WebEngine.Live;

/// <summary>Makes links over a browser's Bluetooth, and brings them what the browser tells. All of it on one
/// thread.</summary>
/// <param name="radio">The browser's.</param>
/// <param name="wait">Waits so long, or until something has come; null: by the clock of the browser.</param>
public sealed class PageBluetooth(IPageRadio radio, Func<TimeSpan, CancellationToken, Task>? wait = null) : IBluetooth
{
    private readonly Dictionary<string, PageSensorLink> _links = new(StringComparer.Ordinal);
    private TaskCompletionSource? _came;

    /// <inheritdoc/>
    public Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken) =>
        Task.CompletedTask; // the browser's own chooser does it, and shows the page nothing but what was chosen

    /// <inheritdoc/>
    public ISensorLink LinkTo(SensorSighting sensor)
    {
        var link = new PageSensorLink(radio, sensor, WaitAsync);
        _links[sensor.Address] = link;
        return link;
    }

    /// <summary>A value has come.</summary>
    public void OnValue(string deviceId, Guid characteristic, byte[] value)
    {
        if (_links.TryGetValue(deviceId, out var link))
        {
            link.OnValue(characteristic, value);
            Wake();
        }
    }

    /// <summary>A link is gone.</summary>
    public void OnLost(string deviceId, string reason)
    {
        if (_links.TryGetValue(deviceId, out var link))
        {
            link.OnLost(reason);
            Wake();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _links.Clear();
        return ValueTask.CompletedTask;
    }

    private void Wake() => Interlocked.Exchange(ref _came, null)?.TrySetResult();

    private async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (wait != null)
        {
            await wait(patience, cancellationToken).ConfigureAwait(false);
            return;
        }

        _came ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_came.Task, Task.Delay(patience, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
