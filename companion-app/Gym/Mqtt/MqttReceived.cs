namespace Backstep.Gym.Mqtt;

/// <summary>A message that came.</summary>
/// <param name="Topic">Where.</param>
/// <param name="Payload">What; a copy of its own.</param>
/// <param name="IsRetained">Whether the broker had kept it from earlier.</param>
/// <param name="AcknowledgeAsync">Tells the broker that it is dealt with; to be called once, where
/// <see cref="MqttPeerOptions.AcknowledgesItself"/>. Does nothing on a link that is gone: the broker sends the message
/// again.</param>
public sealed record MqttReceived(string Topic, byte[] Payload, bool IsRetained,
    Func<CancellationToken, Task> AcknowledgeAsync);

/// <summary>A message was not taken: the broker is out of reach, or refuses. Whatever must not be lost is sent
/// again.</summary>
public sealed class MqttAwayException(string message, Exception? innerException = null)
    : Exception(message, innerException);
