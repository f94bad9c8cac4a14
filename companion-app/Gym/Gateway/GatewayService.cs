using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Protocol;
using Backstep.Walks;

namespace Backstep.Gym.Gateway;

/// <summary>A gateway: follows the clips of a room, keeps what they tell until the server has it, tells how they are,
/// and gives them what staff want of them.</summary>
public sealed partial class GatewayService : IAsyncDisposable
{
    private static readonly TimeSpan StatusBeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(3);

    // Ours: what shares the links out does so four times a second.
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(10);

    private readonly GatewayOptions _options;
    private readonly IReadOnlyList<RadioAdapter> _adapters;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Outbox _outbox;
    private readonly OutboxWriter _writer;
    private readonly OutboxSender _sender;
    private readonly ClipRadio _radio;
    private readonly ClipOrders _orders;
    private readonly HomeAssistantDevices _devices;
    private readonly MqttPeer _peer;
    private GatewayStatus? _told;
    private long _toldAt;

    /// <summary>Opens the outbox; nothing else happens before <see cref="RunAsync"/>.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="broker">Its broker.</param>
    /// <param name="adapters">Its adapters, which are its own from now on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told of trouble.</param>
    /// <exception cref="ExplainedException">The outbox cannot be opened.</exception>
    public GatewayService(GatewayOptions options, BrokerAddress broker, IReadOnlyList<RadioAdapter> adapters,
        TimeProvider time, ILogger log)
    {
        (_options, _adapters, _time, _log) = (options, adapters, time, log);
        _outbox = new Outbox(options.DataFolder, options.Name, time);
        _writer = new OutboxWriter(_outbox, time, log);
        string status = GymTopics.Status(options.Gym, options.Name);
        _peer = new MqttPeer(broker, new MqttPeerOptions($"backstep-gateway-{options.Gym}-{options.Name}")
        {
            Subscriptions = [(GymTopics.Stored(options.Gym, options.Name), true),
                (ClipOrders.Filter(options.Gym), true)],
            Will = (status, GymMessage.Bytes(Offline(null), MessageJson.Default.GatewayStatus)),
        }, time, log)
        {
            Received = OnReceived,
            Connected = OnConnectedAsync,
        };
        _sender = new OutboxSender(_writer, options.Gym, (topic, batch, stop) => _peer.PublishAsync(topic,
            batch.Payload, atLeastOnce: true, retain: batch.IsSession, stop), time, log);
        _devices = new HomeAssistantDevices(options, _peer);
        _radio = new ClipRadio(adapters, options, _writer, Tell, time, log) { Found = _devices.OnFound };
        _orders = new ClipOrders(options.Gym, time);
    }

    /// <summary>Whether the broker was tried and an adapter too: what can be done about either is done from now
    /// on.</summary>
    public bool IsReady => (_peer.IsConnected || _peer.Trouble != null)
        && (_adapters.Any(one => one.Bluetooth != null) || _adapters.All(one => one.Trouble != null));

    /// <summary>Whether it works, for a watchdog.</summary>
    public bool IsAlive => _time.GetElapsedTime(_radio.LastBeat) < Stalled;

    /// <summary>Clips whose link is up.</summary>
    public int Followed => _radio.Followed;

    /// <summary>Works until cancelled; then writes what it has, says that it is gone, lets the clips go.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var afterwards = new CancellationTokenSource();
        var writer = _writer.RunAsync(afterwards.Token);
        var peer = _peer.RunAsync(afterwards.Token);
        var sender = _sender.RunAsync(() => _peer.IsConnected, afterwards.Token);
        await Task.WhenAll(_radio.RunAsync(cancellationToken), StatusAsync(cancellationToken)).ConfigureAwait(false);

        _writer.Write();
        try
        {
            using var patience = new CancellationTokenSource(Goodbye, _time);
            await TellStatusAsync(Offline(_time.GetUtcNow()), patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MqttAwayException or OperationCanceledException)
        {
            // the broker says it, by the will
        }

        await afterwards.CancelAsync().ConfigureAwait(false);
        await writer.ConfigureAwait(false);
        await Task.WhenAll(peer, sender).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync().ConfigureAwait(false);
        foreach (var adapter in _adapters)
        {
            await adapter.DisposeAsync().ConfigureAwait(false);
        }

        _sender.Dispose();
        _writer.Dispose();
        _outbox.Dispose();
    }

    private async Task StatusAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var status = Status();
            bool isNews = _told is not { } told
                || told with { At = null, BatchesWaiting = null } != status with { At = null, BatchesWaiting = null };
            if (_peer.IsConnected && (isNews || _time.GetElapsedTime(_toldAt) >= StatusBeat))
            {
                await TryTellStatusAsync(status, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Look, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryTellStatusAsync(GatewayStatus status, CancellationToken cancellationToken)
    {
        try
        {
            await TellStatusAsync(status, cancellationToken).ConfigureAwait(false);
            (_told, _toldAt) = (status, _time.GetTimestamp());
        }
        catch (Exception e) when (e is MqttAwayException or OperationCanceledException)
        {
            _told = null; // said again as soon as there is a link
        }
    }

    private Task TellStatusAsync(GatewayStatus status, CancellationToken cancellationToken) =>
        _peer.PublishAsync(GymTopics.Status(_options.Gym, _options.Name),
            GymMessage.Bytes(status, MessageJson.Default.GatewayStatus), atLeastOnce: true, retain: true,
            cancellationToken);

    private async Task OnConnectedAsync(CancellationToken cancellationToken)
    {
        await TellStatusAsync(Status(), cancellationToken).ConfigureAwait(false);
        await _devices.OnConnectedAsync(_writer.Read(outbox => outbox.Clips()), cancellationToken)
            .ConfigureAwait(false);
        _sender.OnConnected();
    }

    private Task OnReceived(MqttReceived message)
    {
        if (message.Topic == GymTopics.Stored(_options.Gym, _options.Name))
        {
            if (GymMessage.Read(message.Payload, MessageJson.Default.StoredBatches, out string why) is { } stored)
            {
                _sender.OnStored(stored);
            }
            else
            {
                LogUnread(message.Topic, why);
            }
        }
        else if (_orders.Judge(message, out string clip, out string problem) is { } order)
        {
            bool isFollowed = _radio.TrySend(clip, order);
            LogOrder(clip, order.Operation, isFollowed);
        }
        else
        {
            string topic = OneLine.Of(message.Topic);
            LogUnread(topic, problem);
        }

        return Task.CompletedTask;
    }

    private void Tell(ClipLive live)
    {
        if (_peer.IsConnected)
        {
            _ = TellAsync(GymTopics.Live(_options.Gym, live.Clip),
                GymMessage.Bytes(live, MessageJson.Default.ClipLive));
        }

        async Task TellAsync(string topic, byte[] payload)
        {
            try
            {
                await _peer.PublishAsync(topic, payload, atLeastOnce: false).ConfigureAwait(false);
            }
            catch (MqttAwayException)
            {
                // the next second's says more
            }
        }
    }

    private GatewayStatus Status() => new(
        Gateway: _options.Name,
        State: GatewayStatus.Online,
        At: ClipTime.Whole(_time.GetUtcNow()),
        Software: _options.Software,
        Adapters: _adapters.Count(one => one.Bluetooth != null),
        ClipsFollowed: _radio.Followed,
        ClipsWaiting: _radio.Waiting,
        BatchesWaiting: _writer.Waiting,
        BatchesRefused: _writer.Refused,
        Trouble: Trouble());

    private string? Trouble() => _writer.Trouble
        ?? (_adapters.FirstOrDefault(one => one.Trouble != null) is { } adapter
            ? $"{adapter.Name}: {OneLine.Of(adapter.Trouble!)}" : null);

    private GatewayStatus Offline(DateTimeOffset? at) => new(_options.Name, GatewayStatus.Offline,
        at is { } when ? ClipTime.Whole(when) : null, _options.Software, null, null, null, null);

    [LoggerMessage(Level = LogLevel.Information, Message = "clip {Clip}: {Order} (followed here: {IsFollowed})")]
    private partial void LogOrder(string clip, ControlOperation order, bool isFollowed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "passed over a message of {Topic}: {Why}")]
    private partial void LogUnread(string topic, string why);
}
