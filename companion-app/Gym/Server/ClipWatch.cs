using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Store;
using Backstep.Walks;

namespace Backstep.Gym.Server;

/// <summary>Listens to statuses and live messages and keeps <see cref="ClipOwners"/> told. Every server hears all of
/// them, also where servers share the strides.</summary>
public sealed partial class ClipWatch : IAsyncDisposable
{
    // Ours: as long as staff wait after they released a clip.
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    private readonly string _gym;
    private readonly ClipOwners _owners;
    private readonly GymMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly MqttPeer _peer;

    /// <summary>Nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="broker">Which broker.</param>
    /// <param name="gym">Whose topics.</param>
    /// <param name="clientId">Its id at the broker; of several servers each has its own.</param>
    /// <param name="owners">Told of all.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where it says what it could not do.</param>
    public ClipWatch(BrokerAddress broker, string gym, string clientId, ClipOwners owners, GymMetrics metrics,
        TimeProvider time, ILogger log)
    {
        (_gym, _owners, _metrics, _time, _log) = (gym, owners, metrics, time, log);
        _peer = new MqttPeer(broker, new MqttPeerOptions(clientId)
        {
            Subscriptions = [(GymTopics.Status(gym, "+"), true), (GymTopics.Live(gym, "+"), false)],
        }, time, log)
        { Received = HearAsync };
    }

    /// <summary>A live message that its clip's gateway sent; not called for any other.</summary>
    public Action<ClipLive>? Accepted { get; set; }

    /// <summary>Whether its link to the broker is up.</summary>
    public bool IsConnected => _peer.IsConnected;

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var link = _peer.RunAsync(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _owners.RefreshAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is StoreException or CannotWriteException)
            {
                LogTrouble(OneLine.Of(e.Message));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(RefreshEvery, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await link.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private async Task HearAsync(MqttReceived message)
    {
        if (GymTopics.TryGateway(_gym, message.Topic, out string gateway, out string kind) && kind == "status")
        {
            if (GymMessage.Read(message.Payload, MessageJson.Default.GatewayStatus, out _) is { } status
                && MessageChecks.Problem(status, gateway) == null)
            {
                _owners.Hear(status);
            }

            return;
        }

        if (!GymTopics.TryClip(_gym, message.Topic, out string clip, out _)
            || GymMessage.Read(message.Payload, MessageJson.Default.ClipLive, out _) is not { } live
            || MessageChecks.Problem(live, clip, _time.GetUtcNow()) != null)
        {
            _metrics.Message("bad");
            return;
        }

        try
        {
            if (await _owners.HearAsync(live, CancellationToken.None).ConfigureAwait(false))
            {
                Accepted?.Invoke(live);
            }
        }
        catch (Exception e) when (e is StoreException or CannotWriteException)
        {
            LogTrouble(OneLine.Of(e.Message)); // the next one comes in a second
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "whose clip it is could not be asked: {Trouble}")]
    private partial void LogTrouble(string trouble);
}
