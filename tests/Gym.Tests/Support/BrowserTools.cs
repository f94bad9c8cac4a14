using System.Diagnostics;
using System.Text.Json;

namespace Backstep.Gym.Tests.Support;

/// <summary>Chromium, driven by a script beside the tests; where one of them is missing, tests skip.</summary>
internal static class BrowserTools
{
    private const string Folder = "gym-pages";

    /// <summary>What is missing, in a line; null for nothing.</summary>
    public static string? Missing() => Tools() == null
        ? $"the browser's script is not installed: npm ci --ignore-scripts --prefix tests/{Folder} (needs node)"
        : Find("chromium") == null ? "there is no Chromium to look at the pages with" : null;

    /// <summary>Runs the script; what it tells, a line of JSON each.</summary>
    public static async Task<JsonElement[]> RunAsync(TimeSpan patience, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Tools()!, "look.mjs"), Find("chromium")!, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Tools(),
        };
        using var node = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var error = node.StandardError.ReadToEndAsync(limit.Token);
            string output = await node.StandardOutput.ReadToEndAsync(limit.Token);
            await node.WaitForExitAsync(limit.Token);
            Assert.True(node.ExitCode == 0, await error);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)];
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? Tools()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string tools = Path.Combine(folder.FullName, "tests", Folder);
            if (File.Exists(Path.Combine(tools, "package.json")))
            {
                return Directory.Exists(Path.Combine(tools, "node_modules")) && Find("node") != null ? tools : null;
            }
        }

        return null;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
