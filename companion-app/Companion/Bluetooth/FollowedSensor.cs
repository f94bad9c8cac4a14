using System.Collections.Concurrent;
using Backstep.Protocol;

namespace Backstep.Companion.Bluetooth;

/// <summary>
/// A real sensor that is followed: lets what the radio brings reach the client, and the client's work go on beside, so that whoever shows it never waits for a radio.
/// All events come out of <see cref="PumpAsync"/>, on its caller's flow.
/// </summary>
public sealed class FollowedSensor : IAsyncDisposable
{
    private readonly Mailbox _mailbox;
    private readonly SensorClient _client;
    private readonly ConcurrentQueue<SensorEvent> _events = new();
    private Task _work = Task.CompletedTask; // while it runs, the client is its own

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Nothing happens before <see cref="ConnectAsync"/>.</summary>
    public FollowedSensor(IBluetooth bluetooth, SensorSighting sensor, TimeProvider time, bool withRawMotion = false)
    {
        var link = bluetooth.LinkTo(sensor);
        Name = link.Name;
        _mailbox = bluetooth.Mailbox;
        _client = new SensorClient(link, time, withRawMotion);
        _client.Received += _events.Enqueue;
    }

    /// <summary>The stream.</summary>
    public event Action<SensorEvent>? Received;

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>Connects for the first time.</summary>
    /// <exception cref="SensorLinkException">The sensor is out of reach, or refuses.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(cancellationToken).ConfigureAwait(false);
        Drain();
    }

    /// <summary>Puts a command in line.</summary>
    public void Send(ControlCommand command) => _mailbox.Post(() => _client.Send(command));

    /// <summary>Waits for something to come, at most so long; then hands on all that came.</summary>
    public async Task PumpAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!_work.IsCompleted)
        {
            await Task.WhenAny(_work, Task.Delay(patience, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        else
        {
            await _mailbox.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }

        if (_work.IsCompleted)
        {
            await _work.ConfigureAwait(false); // a fault in the client is a fault here
            _mailbox.Deliver();
            _work = _client.WorkAsync(_stop.Token);
        }

        Drain();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.DisconnectAsync().ConfigureAwait(false);
        _client.Dispose();
        _stop.Dispose();
    }

    private void Drain()
    {
        while (_events.TryDequeue(out var received))
        {
            Received?.Invoke(received);
        }
    }
}
