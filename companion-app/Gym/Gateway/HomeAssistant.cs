using System.Text.Json;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Gateway;

/// <summary>
/// Tells Home Assistant of a clip: one retained message makes a device with its sensors, an empty one takes it away.
/// The format is "device discovery payload" of www.home-assistant.io/integrations/mqtt (since 2024.11), topic
/// <c>PREFIX/device/OBJECT/config</c>, with the abbreviated keys that it lists.
/// </summary>
internal static class HomeAssistant
{
    /// <summary>Where Home Assistant listens unless it was told otherwise.</summary>
    public const string UsualPrefix = "homeassistant";

    private static readonly Entity[] Entities =
    [
        new("cadence", "sensor", "Cadence", "cadenceStepsPerMinute") { Unit = "steps/min", IsMeasured = true },
        new("toes_first", "sensor", "Toes first", "toeFirstPercent") { Unit = "%", IsMeasured = true },
        new("session_time", "sensor", "Session time", "elapsedSeconds") { Unit = "s", Class = "duration" },
        new("battery", "sensor", "Battery", "batteryPercent") { Unit = "%", Class = "battery", IsMeasured = true },
        new("state", "sensor", "State", "state"),
        new("link", "binary_sensor", "Link", "link") { Class = "connectivity", On = ClipLive.Up },
    ];

    /// <summary>Where a clip's device is told.</summary>
    public static string Topic(string prefix, string gym, string clip) => $"{prefix}/device/{Id(gym, clip)}/config";

    /// <summary>The device.</summary>
    public static byte[] Device(string gym, string gateway, ClipLive clip, string software)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            string id = Id(gym, clip.Clip);
            writer.WriteStartObject();
            writer.WriteStartObject("dev");
            writer.WriteStartArray("ids");
            writer.WriteStringValue(id);
            writer.WriteEndArray();
            writer.WriteString("name", $"{(clip.Simulated ? "Simulated " : "")}clip {clip.Name ?? clip.Clip}");
            writer.WriteString("mf", "Backstep");
            if (clip.Firmware is { } firmware)
            {
                writer.WriteString("sw", firmware);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("o");
            writer.WriteString("name", "backstep-gym");
            writer.WriteString("sw", software);
            writer.WriteEndObject();
            writer.WriteString("state_topic", GymTopics.Live(gym, clip.Clip));
            writer.WriteString("availability_topic", GymTopics.Status(gym, gateway));
            writer.WriteString("availability_template", "{{ value_json.state }}");
            writer.WriteString("payload_available", GatewayStatus.Online);
            writer.WriteString("payload_not_available", GatewayStatus.Offline);
            writer.WriteStartObject("cmps");
            foreach (var entity in Entities)
            {
                Write(writer, id, entity);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static string Id(string gym, string clip) => $"backstep_{gym}_{clip}";

    private static void Write(Utf8JsonWriter writer, string id, Entity entity)
    {
        writer.WriteStartObject(entity.Key);
        writer.WriteString("p", entity.Platform);
        writer.WriteString("name", entity.Name);
        writer.WriteString("unique_id", $"{id}_{entity.Key}");
        writer.WriteString("value_template", entity.On is { } on
            ? $"{{{{ 'ON' if value_json.{entity.Field} == '{on}' else 'OFF' }}}}"
            : $"{{{{ value_json.{entity.Field} }}}}");
        WriteIf("unit_of_measurement", entity.Unit);
        WriteIf("device_class", entity.Class);
        WriteIf("state_class", entity.IsMeasured ? "measurement" : null);
        writer.WriteEndObject();

        void WriteIf(string key, string? value)
        {
            if (value != null)
            {
                writer.WriteString(key, value);
            }
        }
    }

    private sealed record Entity(string Key, string Platform, string Name, string Field)
    {
        public string? Unit { get; init; }

        public string? Class { get; init; }

        public bool IsMeasured { get; init; }

        public string? On { get; init; }
    }
}
