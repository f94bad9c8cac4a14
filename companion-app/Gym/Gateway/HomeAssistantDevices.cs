using System.Collections.Concurrent;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;

namespace Backstep.Gym.Gateway;

/// <summary>Keeps Home Assistant's devices in step with the clips that were found, or takes them away: as the gateway
/// is told.</summary>
/// <param name="options">Whether, and where.</param>
/// <param name="peer">The broker.</param>
internal sealed class HomeAssistantDevices(GatewayOptions options, MqttPeer peer)
{
    private readonly ConcurrentDictionary<string, ClipLive> _found = new();

    /// <summary>A clip's link is up.</summary>
    public void OnFound(ClipLive clip)
    {
        if (options.HomeAssistantPrefix != null && !options.ForgetsHomeAssistant)
        {
            _found[clip.Clip] = clip;
            _ = TellAsync(clip, CancellationToken.None);
        }
    }

    /// <summary>The broker is there, perhaps another than before, or without memory.</summary>
    /// <param name="clips">All that were ever followed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task OnConnectedAsync(IReadOnlyList<string> clips, CancellationToken cancellationToken)
    {
        if (options.HomeAssistantPrefix is { } prefix && options.ForgetsHomeAssistant)
        {
            foreach (string clip in clips)
            {
                await peer.PublishAsync(HomeAssistant.Topic(prefix, options.Gym, clip), [], atLeastOnce: true,
                    retain: true, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var clip in _found.Values)
        {
            await TellAsync(clip, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(ClipLive clip, CancellationToken cancellationToken)
    {
        try
        {
            await peer.PublishAsync(HomeAssistant.Topic(options.HomeAssistantPrefix!, options.Gym, clip.Clip),
                HomeAssistant.Device(options.Gym, options.Name, clip, options.Software), atLeastOnce: true,
                retain: true, cancellationToken).ConfigureAwait(false);
        }
        catch (MqttAwayException)
        {
            // told again as soon as there is a link
        }
    }
}
