using System.Text.Json.Nodes;

namespace Backstep.WebEngine.Tests;

/// <summary>Where two JSON values are not alike.</summary>
internal static class JsonDifferences
{
    /// <summary>Each place with both values.</summary>
    public static IEnumerable<string> Of(JsonNode? one, JsonNode? other, string path = "$")
    {
        if (one is JsonObject here && other is JsonObject there)
        {
            return here.Select(pair => pair.Key).Union(there.Select(pair => pair.Key), StringComparer.Ordinal)
                .SelectMany(key => Of(here[key], there[key], $"{path}.{key}"));
        }

        return JsonNode.DeepEquals(one, other) ? [] : [$"{path}: {one?.ToJsonString()} and {other?.ToJsonString()}"];
    }
}
