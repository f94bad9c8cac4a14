using System.Collections.Concurrent;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>
/// A sensor that is followed: its client works beside whoever shows it, so that nobody waits for a radio. All events
/// come out of <see cref="PumpAsync"/>, on its caller's flow.
/// </summary>
public sealed class FollowedSensor : IAsyncDisposable
{
    private readonly ISensorLink _link;
    private readonly SensorClient _client;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<SensorEvent> _events = new();
    private readonly ConcurrentQueue<ControlCommand> _commands = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _asksForSessions;
    private Task _turn = Task.CompletedTask; // while it runs, link and client are its own

    /// <summary>Nothing happens before <see cref="ConnectAsync"/>.</summary>
    public FollowedSensor(IBluetooth bluetooth, SensorSighting sensor, TimeProvider time, FollowOptions? options = null)
    {
        _link = bluetooth.LinkTo(sensor);
        _time = time;
        Name = Label = _link.Name;
        Address = sensor.Address;
        _client = new SensorClient(_link, time, options);
        _client.Received += OnReceived;
    }

    /// <summary>The stream.</summary>
    public event Action<SensorEvent>? Received;

    /// <summary>An attempt to connect for the first time failed, for a reason that may pass: why. Told at once, while
    /// <see cref="ConnectAsync"/> runs.</summary>
    public event Action<string>? Waiting;

    /// <summary>What it calls itself.</summary>
    public string Name { get; }

    /// <summary>Its Bluetooth address.</summary>
    public string Address { get; }

    /// <summary>What to call it on screen and in files: its name, with the address where two followed sensors have one
    /// name.</summary>
    public string Label { get; internal set; }

    /// <summary>Where it is worn, as its configuration says. Known once it is connected, unless nobody told
    /// it.</summary>
    public Placement Placement { get; private set; }

    /// <summary>The last stride before the first that is missing, for <see cref="FollowOptions.Newest"/> of another
    /// time; null when none has come.</summary>
    public StrideMark? Newest => _client.Newest;

    /// <summary>Whether the link is up and everything that the sensor is known to hold has come.</summary>
    public bool IsComplete => _client.IsComplete;

    /// <summary>Connects for the first time.</summary>
    /// <exception cref="SensorLinkException">The sensor is out of reach, or refuses.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await ConnectQuietlyAsync(cancellationToken).ConfigureAwait(false);
        Drain();
    }

    /// <summary>Gives it the walker's rail baselines unless it has them already: see
    /// <see cref="SensorConversation.SettleRailBaselinesAsync"/>. To be called once it is connected, before it is
    /// pumped.</summary>
    /// <exception cref="SensorLinkException">The link broke.</exception>
    public Task<(BaselineOwner Owner, bool WereGiven)> SettleRailBaselinesAsync(RailBaselines? walkers,
        CancellationToken cancellationToken) =>
        _client.Conversation.SettleRailBaselinesAsync(walkers, cancellationToken);

    /// <summary>Version of its program; null when it does not tell. To be called once it is connected, before it is
    /// pumped.</summary>
    /// <exception cref="SensorLinkException">The link broke.</exception>
    public Task<string?> ReadFirmwareAsync(CancellationToken cancellationToken) =>
        _client.Conversation.ReadTextAsync(Uuids.FirmwareRevision, cancellationToken);

    /// <summary>Asks for the finished sessions in its flash again: some may have ended since it was
    /// connected.</summary>
    public void AskForSessions() => _asksForSessions = true;

    /// <summary>Puts a command in line.</summary>
    public void Send(ControlCommand command) => _commands.Enqueue(command);

    /// <summary>Waits for something to come, at most so long; then hands on all that came.</summary>
    public async Task PumpAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await AnyAsync([TakeTurn(patience)], patience, _time, cancellationToken).ConfigureAwait(false);
        Drain();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _turn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.DisconnectAsync().ConfigureAwait(false);
        _client.Dispose();
        _stop.Dispose();
    }

    /// <summary>Connects for the first time; what came waits for <see cref="Drain"/>.</summary>
    internal Task ConnectQuietlyAsync(CancellationToken cancellationToken) => _client.ConnectAsync(cancellationToken);

    /// <summary>Ends when one of the turns has, or after a while. A fault in a turn is a fault here.</summary>
    internal static async Task AnyAsync(IReadOnlyList<Task> turns, TimeSpan patience, TimeProvider time,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!turns.Any(turn => turn.IsCompleted))
        {
            await Task.WhenAny([.. turns, Task.Delay(patience, time, cancellationToken)]).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        foreach (var turn in turns.Where(turn => turn.IsCompleted))
        {
            await turn.ConfigureAwait(false);
        }
    }

    /// <summary>Sees to it that the client works: receives for so long, then does what is due. The turn that runs, or a
    /// new one.</summary>
    internal Task TakeTurn(TimeSpan patience) => _turn.IsCompleted ? _turn = TurnAsync(patience) : _turn;

    /// <summary>Hands on all that came.</summary>
    internal void Drain()
    {
        while (_events.TryDequeue(out var received))
        {
            Received?.Invoke(received);
        }
    }

    private async Task TurnAsync(TimeSpan patience)
    {
        while (_commands.TryDequeue(out var command))
        {
            _client.Send(command);
        }

        if (_asksForSessions)
        {
            _asksForSessions = false;
            _client.AskForSessions();
        }

        await _link.ReceiveAsync(patience, _stop.Token).ConfigureAwait(false);
        await _client.WorkAsync(_stop.Token).ConfigureAwait(false);
    }

    private void OnReceived(SensorEvent received)
    {
        if (received is ConfigurationReceived told)
        {
            Placement = told.Configuration.Placement;
        }

        if (received is LinkChanged { State: LinkState.Connecting, Reason: { } why })
        {
            Waiting?.Invoke(why);
        }

        _events.Enqueue(received);
    }
}
