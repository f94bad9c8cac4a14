using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Backstep.Terminal;

/// <summary>JSON as the programs print it: camelCase, units in the names, every key always there (null = not
/// measured).</summary>
public static class JsonText
{
    /// <summary>Indented, for one object.</summary>
    public static JsonSerializerOptions Indented => new(Lines) { WriteIndented = true };

    /// <summary>In one line each, for streams.</summary>
    public static JsonSerializerOptions Lines => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // this goes to a terminal or a file, never into HTML
    };

    /// <summary>Writes one object and a line end.</summary>
    public static void Write<T>(TextWriter writer, T value, JsonTypeInfo<T> type) =>
        writer.WriteLine(JsonSerializer.Serialize(value, type));
}

/// <summary><c>--version --json</c>.</summary>
public sealed record VersionJson(string Version)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.version/1";
}

/// <summary>What every program can print as JSON.</summary>
[JsonSerializable(typeof(VersionJson))]
internal sealed partial class TerminalJson : JsonSerializerContext;
