using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;

namespace Backstep.Gym.Pages;

/// <summary>Tells a clip what its walker, or staff, want of it.</summary>
public interface ICommandSender
{
    /// <summary>Sends one of <see cref="ClipCommand"/>'s words.</summary>
    /// <exception cref="MqttAwayException">The room's broker is out of reach.</exception>
    Task SendAsync(string clip, string command, CancellationToken cancellationToken);
}
