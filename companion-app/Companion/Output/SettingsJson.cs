using System.Text.Json.Serialization;

namespace Backstep.Companion.Output;

/// <summary><c>backstep settings --json</c>.</summary>
/// <param name="Walker">Whose; null when nobody has walked yet.</param>
/// <param name="Units">metric or us; null: what is usual in the region.</param>
/// <param name="Sound">on, bell or off; null: all that the terminal and the system can do.</param>
public sealed record SettingsJson(string? Walker, string? Units, string? Sound)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.settings/1";
}
