using System.Text.Json.Serialization;
using Backstep.Flash;

namespace Backstep.Companion.Output;

/// <summary><c>backstep flash --json</c>: what runs on a board now.</summary>
/// <param name="Port">Where it is plugged in.</param>
/// <param name="Target">The image of nanoFramework.</param>
/// <param name="ImageVersion">Its version, or null when the board does not say.</param>
/// <param name="Program">Version of the sensor's program, or null when it is not there.</param>
/// <param name="Assemblies">Names of all assemblies on it.</param>
public sealed record FlashJson(string Port, string Target, string? ImageVersion, string? Program,
    IReadOnlyList<string> Assemblies)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.flash/1";

    /// <summary>Of a board that has answered.</summary>
    public static FlashJson Of(string port, BoardDetails details) => new(
        port, details.Target ?? "", details.ImageVersion?.ToString(),
        details.Assemblies.FirstOrDefault(one => one.Name == DeploymentImage.Program)?.Version.ToString(),
        [.. details.Assemblies.Select(one => one.Name ?? "")]);
}
