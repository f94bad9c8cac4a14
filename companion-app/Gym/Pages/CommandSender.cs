using System.Security.Cryptography;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;

namespace Backstep.Gym.Pages;

/// <summary>Commands over MQTT, each with an id of its own.</summary>
public sealed class CommandSender(MqttPeer peer, string gym, TimeProvider time) : ICommandSender
{
    /// <inheritdoc/>
    public Task SendAsync(string clip, string command, CancellationToken cancellationToken)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        byte[] payload = GymMessage.Bytes(new ClipCommand(id, time.GetUtcNow(), command),
            MessageJson.Default.ClipCommand);
        return peer.PublishAsync(GymTopics.Command(gym, clip), payload, atLeastOnce: true,
            cancellationToken: cancellationToken);
    }
}
