using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Backstep.Gym.Messages;

/// <summary>Messages as bytes. Keys that are not known are passed over, so that a later version may say more.</summary>
public static class GymMessage
{
    /// <summary>The largest that is read. Ours: a batch of the most strides is a quarter of it.</summary>
    public const int LargestBytes = 256 * 1024;

    /// <summary>The message's bytes.</summary>
    public static byte[] Bytes<T>(T message, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToUtf8Bytes(message, type);

    /// <summary>The message, or null and why it is none. What it says is not looked at: see
    /// <c>MessageChecks</c>.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type, out string problem)
        where T : class
    {
        problem = "";
        if (bytes.Length > LargestBytes)
        {
            problem = $"larger than {LargestBytes} bytes";
            return null;
        }

        try
        {
            var message = JsonSerializer.Deserialize(bytes, type);
            problem = message == null ? "no object" : "";
            return message;
        }
        catch (JsonException e)
        {
            problem = Walks.OneLine.Of(e.Message);
            return null;
        }
    }
}

/// <summary>All that travels.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[JsonSerializable(typeof(GatewayStatus))]
[JsonSerializable(typeof(ClipLive))]
[JsonSerializable(typeof(StrideBatch))]
[JsonSerializable(typeof(ClipSession))]
[JsonSerializable(typeof(ClipCommand))]
[JsonSerializable(typeof(StoredBatches))]
public sealed partial class MessageJson : JsonSerializerContext;
