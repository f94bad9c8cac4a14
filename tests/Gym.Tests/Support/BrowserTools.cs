using System.Text.Json;
using Backstep.Companion.Tests;

namespace Backstep.Gym.Tests.Support;

/// <summary>Chromium, driven by a script beside the tests; where one of them is missing, tests skip.</summary>
internal static class BrowserTools
{
    private const string Folder = "gym-pages";

    /// <summary>What is missing, in a line; null for nothing.</summary>
    public static string? Missing() => NodeTools.Folder(Folder) == null
        ? $"the browser's script is not installed: npm ci --ignore-scripts --prefix tests/{Folder} (needs node)"
        : NodeTools.Chromium == null ? "there is no Chromium to look at the pages with" : null;

    /// <summary>Runs the script; what it tells, a line of JSON each.</summary>
    public static async Task<JsonElement[]> RunAsync(TimeSpan patience, params string[] arguments)
    {
        string output = await NodeTools.RunAsync(Path.Combine(NodeTools.Folder(Folder)!, "look.mjs"),
            [NodeTools.Chromium!, .. arguments], patience);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
