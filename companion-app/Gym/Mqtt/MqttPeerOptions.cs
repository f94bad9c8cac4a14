namespace Backstep.Gym.Mqtt;

/// <summary>Who a peer is at the broker, and what it listens to.</summary>
/// <param name="ClientId">Its id; two with one id throw each other out.</param>
public sealed record MqttPeerOptions(string ClientId)
{
    /// <summary>Topics that it listens to, each with whether at least once (QoS 1) or at most once (QoS 0).</summary>
    public IReadOnlyList<(string Filter, bool AtLeastOnce)> Subscriptions { get; init; } = [];

    /// <summary>What the broker says of it, retained, when it is gone without a word; null for nothing.</summary>
    public (string Topic, byte[] Payload)? Will { get; init; }

    /// <summary>How long the broker keeps what comes while this peer is away; zero: not at all.</summary>
    public TimeSpan KeepsFor { get; init; }

    /// <summary>How many messages it takes before it acknowledges one (QoS 1).</summary>
    public ushort ReceiveMaximum { get; init; } = 100;

    /// <summary>Whether <see cref="MqttReceived.AcknowledgeAsync"/> is called by whoever takes a message; else it is
    /// acknowledged when its handler has returned.</summary>
    public bool AcknowledgesItself { get; init; }
}
