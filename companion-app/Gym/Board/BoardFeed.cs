using System.Text.Json.Serialization.Metadata;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;

namespace Backstep.Gym.Board;

/// <summary>From MQTT to the board: one client, which asks for nothing that was sent while it was away.</summary>
public sealed partial class BoardFeed : IAsyncDisposable
{
    private readonly BoardModel _model;
    private readonly string _gym;
    private readonly ILogger _log;
    private long _refused;

    /// <summary>Nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="model">What takes the messages.</param>
    /// <param name="broker">Where they come from.</param>
    /// <param name="gym">Which gym's.</param>
    /// <param name="clientId">Of this client; each server's board has its own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where trouble is told.</param>
    public BoardFeed(BoardModel model, BrokerAddress broker, string gym, string clientId, TimeProvider time,
        ILogger<BoardFeed> log)
    {
        (_model, _gym, _log) = (model, gym, log);
        Peer = new MqttPeer(broker, new MqttPeerOptions(clientId)
        {
            Subscriptions =
            [
                (GymTopics.Live(gym, "+"), false), (GymTopics.Strides(gym, "+"), true),
                (GymTopics.Session(gym, "+"), true), (GymTopics.Status(gym, "+"), true),
            ],
        }, time, log)
        {
            Received = message =>
            {
                Take(message.Topic, message.Payload);
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>The client; commands may go over it, too.</summary>
    public MqttPeer Peer { get; }

    /// <summary>How many messages were none.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Listens until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Peer.RunAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Peer.DisposeAsync();

    /// <summary>Takes a message. Whom it is about, the topic says: that is what a broker's rules hold.</summary>
    internal bool Take(string topic, byte[] payload)
    {
        bool isTaken = GymTopics.TryClip(_gym, topic, out string clip, out string kind) ? kind switch
        {
            "live" => Read(payload, MessageJson.Default.ClipLive) is { } live && live.Clip == clip
                && _model.Apply(live),
            "strides" => Read(payload, MessageJson.Default.StrideBatch) is { } batch && batch.Clip == clip
                && _model.Apply(batch),
            "session" => Read(payload, MessageJson.Default.ClipSession) is { } session && session.Clip == clip
                && _model.Apply(session),
            _ => false,
        }
        : GymTopics.TryGateway(_gym, topic, out string gateway, out kind) && kind == "status"
            && Read(payload, MessageJson.Default.GatewayStatus) is { } status && status.Gateway == gateway
            && _model.Apply(status);
        if (!isTaken)
        {
            Interlocked.Increment(ref _refused);
            if (_log.IsEnabled(LogLevel.Debug))
            {
                string shown = Walks.OneLine.Of(topic.Length > 100 ? topic[..100] : topic);
                LogRefused(shown);
            }
        }

        return isTaken;
    }

    private static T? Read<T>(byte[] payload, JsonTypeInfo<T> type)
        where T : class => GymMessage.Read(payload, type, out _);

    [LoggerMessage(Level = LogLevel.Debug, Message = "a message on {Topic} changes nothing on the board")]
    private partial void LogRefused(string topic);
}
