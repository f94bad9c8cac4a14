using System.Threading.Channels;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Link;
using Backstep.Store;
using Backstep.Walks;

namespace Backstep.Gym.Server;

/// <summary>How a keeper works.</summary>
/// <param name="Gym">Whose topics.</param>
/// <param name="ClientId">Its id at the broker; of several servers each has its own.</param>
/// <param name="ShareGroup">The group that shares the work (MQTT 5, 4.8.2 Shared Subscriptions); null for one server
/// alone. The embedded broker knows no groups.</param>
public sealed record KeeperOptions(string Gym, string ClientId, string? ShareGroup = null)
{
    /// <summary>Messages that are stored in one transaction. Ours.</summary>
    public int MostTogether { get; init; } = 50;

    /// <summary>How long a message waits for others. Ours: a tenth of the second that a stride may take.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>Strides and sessions from MQTT into the store: gathered, checked, stored in one transaction; then the
/// gateways are told, and only then the broker. What breaks in between comes again, and falls on its key.</summary>
public sealed partial class StrideKeeper : IAsyncDisposable
{
    // Ours: the broker keeps what comes while a server restarts; gateways keep it anyhow.
    private static readonly TimeSpan KeepsFor = TimeSpan.FromHours(1);

    // Ours: what the broker hands out unacknowledged; at most some 12 MB.
    private const ushort InFlight = 200;

    // The client's thread must never wait for the store: it also brings what the keeper's own messages wait for. Of one
    // link no more than InFlight are here; so what is dropped is of a link that is gone, and was handed out again.
    private readonly Channel<MqttReceived> _waiting = Channel.CreateBounded<MqttReceived>(
        new BoundedChannelOptions(InFlight) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly KeeperOptions _options;
    private readonly MqttPeer _peer;
    private readonly IGymStore _store;
    private readonly BatchSieve _sieve;
    private readonly GymMetrics _metrics;
    private readonly GymHealth _health;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>Nothing happens before <see cref="RunAsync"/>.</summary>
    public StrideKeeper(BrokerAddress broker, KeeperOptions options, IGymStore store, ClipOwners owners,
        GymMetrics metrics, GymHealth health, TimeProvider time, ILogger log)
    {
        (_options, _store, _metrics, _health, _time, _log) = (options, store, metrics, health, time, log);
        _sieve = new BatchSieve(options.Gym, owners, metrics, time);
        string share = options.ShareGroup == null ? "" : $"$share/{options.ShareGroup}/";
        _peer = new MqttPeer(broker, new MqttPeerOptions(options.ClientId)
        {
            Subscriptions =
            [
                (share + GymTopics.Strides(options.Gym, "+"), true),
                (share + GymTopics.Session(options.Gym, "+"), true),
            ],
            KeepsFor = KeepsFor,
            ReceiveMaximum = InFlight,
            AcknowledgesItself = true,
        }, time, log)
        { Received = message => _waiting.Writer.WriteAsync(message).AsTask() };
        health.BrokerTrouble = () => _peer.IsConnected ? null : _peer.Trouble ?? "not connected yet";
    }

    /// <summary>Whether its link to the broker is up.</summary>
    public bool IsConnected => _peer.IsConnected;

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var link = _peer.RunAsync(stop.Token);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var messages = await GatherAsync(cancellationToken).ConfigureAwait(false);
                await TakeAsync(messages, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // what was in hand was not acknowledged: it comes again
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await link.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private async Task<List<MqttReceived>> GatherAsync(CancellationToken cancellationToken)
    {
        List<MqttReceived> messages = [await _waiting.Reader.ReadAsync(cancellationToken).ConfigureAwait(false)];
        using var time = new CancellationTokenSource(_options.Gather, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            while (messages.Count < _options.MostTogether)
            {
                messages.Add(await _waiting.Reader.ReadAsync(both.Token).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // that is all for now
        }

        return messages;
    }

    private async Task TakeAsync(List<MqttReceived> messages, CancellationToken cancellationToken)
    {
        var fine = new List<CheckedMessage>();
        var answers = new BatchAnswers();
        foreach (var message in messages)
        {
            var one = await PersistAsync(() => _sieve.CheckAsync(message, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (one.Refusal is { } reason)
            {
                Refuse(one, reason, answers);
            }
            else if (one.IsToBeStored)
            {
                fine.Add(one);
            }
        }

        await StoreAsync(fine, answers, cancellationToken).ConfigureAwait(false);
        if (await ConfirmAsync(answers, cancellationToken).ConfigureAwait(false))
        {
            foreach (var message in messages)
            {
                await message.AcknowledgeAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // All in one transaction; where something in it can never be stored, each half in its own, down to the one that
    // cannot.
    private async Task StoreAsync(List<CheckedMessage> messages, BatchAnswers answers,
        CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return;
        }

        try
        {
            var outcome = await PersistAsync(() => _store.KeepAsync(
                [.. messages.Where(one => one.Strides != null).Select(one => one.Strides!)],
                [.. messages.Where(one => one.Session != null).Select(one => one.Session!)], cancellationToken),
                cancellationToken).ConfigureAwait(false);
            Count(messages, outcome);
            foreach (var one in messages)
            {
                answers.Stored(one.Sender!.Value);
            }
        }
        catch (BadInputException e) when (messages.Count == 1)
        {
            Refuse(messages[0], OneLine.Of(e.Message), answers);
        }
        catch (BadInputException)
        {
            int half = messages.Count / 2;
            await StoreAsync([.. messages.Take(half)], answers, cancellationToken).ConfigureAwait(false);
            await StoreAsync([.. messages.Skip(half)], answers, cancellationToken).ConfigureAwait(false);
        }
    }

    // A store that is away is waited for: nothing is acknowledged meanwhile, and health says so.
    private async Task<T> PersistAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        var backoff = new Backoff();
        while (true)
        {
            try
            {
                var result = await action().ConfigureAwait(false);
                _health.StoreTrouble = null;
                return result;
            }
            catch (Exception e) when (e is StoreException or CannotWriteException)
            {
                _metrics.StoreError();
                _health.StoreTrouble = e.Message;
                LogStoreAway(OneLine.Of(e.Message));
                backoff.Fail();
                await Task.Delay(backoff.Wait, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ConfirmAsync(BatchAnswers answers, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (gateway, stored) in answers.ByGateway())
            {
                await _peer.PublishAsync(GymTopics.Stored(_options.Gym, gateway),
                    GymMessage.Bytes(stored, MessageJson.Default.StoredBatches), atLeastOnce: true,
                    cancellationToken: cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (MqttAwayException e)
        {
            LogNotConfirmed(OneLine.Of(e.Message)); // stored, and it comes again: then the gateway is told
            return false;
        }
    }

    private void Refuse(CheckedMessage one, string reason, BatchAnswers answers)
    {
        _metrics.Message("refused");
        _metrics.Refused(one.Strides?.Strides.Count ?? 0);
        LogRefused(one.Sender!.Value.Gateway, one.Sender.Value.Batch, reason);
        answers.Refused(one.Sender.Value, reason);
    }

    private void Count(List<CheckedMessage> messages, KeepOutcome outcome)
    {
        var now = _time.GetUtcNow();
        _health.LastStoredAt = now;
        _metrics.Kept(outcome.New, outcome.Known);
        foreach (var one in messages)
        {
            _metrics.Message("stored");
            foreach (var line in outcome.New > 0 ? one.Strides?.Strides ?? [] : [])
            {
                _metrics.Latency(now - line.At);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the store is away; strides wait at the gateways: {Trouble}")]
    private partial void LogStoreAway(string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "stored, and not confirmed yet: {Trouble}")]
    private partial void LogNotConfirmed(string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "batch {Batch} of {Gateway} will never be stored: {Reason}")]
    private partial void LogRefused(string gateway, long batch, string reason);
}
