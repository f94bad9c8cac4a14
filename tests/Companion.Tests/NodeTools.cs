using System.Diagnostics;

namespace Backstep.Companion.Tests;

/// <summary>Programs of others that run in node, installed by npm beside the tests; where they are not, tests
/// skip.</summary>
internal static class NodeTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>The Chromium of this machine; null for none.</summary>
    public static string? Chromium => Find("chromium");

    /// <summary>The folder of that name among the tests in the source tree; null when node or its packages are
    /// missing.</summary>
    public static string? Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string tools = Path.Combine(folder.FullName, "tests", name);
            if (File.Exists(Path.Combine(tools, "package.json")))
            {
                return Directory.Exists(Path.Combine(tools, "node_modules")) && HasNode() ? tools : null;
            }
        }

        return null;
    }

    /// <summary>What a script writes; an error of it is a test's failure.</summary>
    public static async Task<string> RunAsync(string script, IEnumerable<string> arguments,
        TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(script),
        };
        using var node = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience ?? Patience);
        try
        {
            var error = node.StandardError.ReadToEndAsync(limit.Token);
            string output = await node.StandardOutput.ReadToEndAsync(limit.Token);
            await node.WaitForExitAsync(limit.Token);
            Assert.True(node.ExitCode == 0, await error);
            return output;
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    private static bool HasNode() => (Find("node") ?? Find("node.exe")) != null;

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
