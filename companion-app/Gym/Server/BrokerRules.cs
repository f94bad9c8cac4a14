using System.Text.Json;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Server;

/// <summary>Who may say what on the embedded broker. Mosquitto's access list says the same as far as it can: it cannot
/// look into a message.</summary>
public sealed class BrokerRules(string gym, ClipOwners owners)
{
    /// <summary>Where Home Assistant looks for devices (its manual, "MQTT discovery").</summary>
    private const string Discovery = "homeassistant/";

    /// <summary>Whether somebody may publish this.</summary>
    public bool MayPublish(GymRole role, string user, string topic, ReadOnlySpan<byte> payload, bool isRetained)
    {
        if (role == GymRole.Server)
        {
            return true;
        }

        if (role != GymRole.Gateway)
        {
            return false;
        }

        if (topic.StartsWith(Discovery, StringComparison.Ordinal))
        {
            return topic.EndsWith("/config", StringComparison.Ordinal);
        }

        if (GymTopics.TryGateway(gym, topic, out string gateway, out string own))
        {
            return gateway == user && own == "status" && (payload.Length == 0 || IsSaidBy(user, payload));
        }

        if (!GymTopics.TryClip(gym, topic, out string clip, out string message) || !IsSaidBy(user, payload))
        {
            return false;
        }

        var voice = owners.VoiceOf(clip, user);
        return message switch
        {
            "live" => !isRetained && voice == ClipVoice.Owner,
            "strides" => !isRetained && voice != ClipVoice.Stranger,
            "session" => voice != ClipVoice.Stranger,
            _ => false,
        };
    }

    /// <summary>Whether somebody may listen to that.</summary>
    public bool MaySubscribe(GymRole role, string user, string filter) => role switch
    {
        GymRole.Server or GymRole.Reader or GymRole.Staff => true,
        GymRole.Gateway => filter == GymTopics.Stored(gym, user)
            || (GymTopics.TryClip(gym, filter.Replace("/+/", "/any/", StringComparison.Ordinal), out _, out string what)
                && what == "command")
            || filter == "homeassistant/status",
        _ => false,
    };

    // Every "gateway" that stands at its top must be the user: of two, a reader may take either.
    private static bool IsSaidBy(string user, ReadOnlySpan<byte> payload)
    {
        bool isSaid = false;
        try
        {
            var reader = new Utf8JsonReader(payload);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName
                    || !reader.ValueTextEquals("gateway"u8))
                {
                    continue;
                }

                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(user))
                {
                    return false;
                }

                isSaid = true;
            }

            return isSaid;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
