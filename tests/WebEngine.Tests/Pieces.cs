using System.Text.Json.Nodes;
using Backstep.WebEngine.Keeping;

namespace Backstep.WebEngine.Tests;

/// <summary>What a page gives back of what it kept.</summary>
internal static class Pieces
{
    public static string Json(IEnumerable<RestoredJson> pieces) => new JsonArray(
        [.. pieces.Select(piece => new JsonObject { ["key"] = piece.Key, ["at"] = piece.At, ["text"] = piece.Text })])
        .ToJsonString();
}
