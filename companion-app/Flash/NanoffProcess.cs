using System.ComponentModel;
using System.Diagnostics;

namespace Backstep.Flash;

/// <summary>The nanoff of this computer.</summary>
/// <param name="program">Its file.</param>
public sealed class NanoffProcess(string program) : INanoff
{
    /// <summary>How to get it.</summary>
    public const string Install = "dotnet tool install -g nanoff";

    /// <summary>In the folders of PATH, else where .NET puts a user's tools, which is not always in PATH; null when
    /// there is none.</summary>
    public static NanoffProcess? Find(string? path)
    {
        string tools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet",
            "tools");
        string file = OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff";
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(tools)
            .Select(folder => Path.Combine(folder, file))
            .Where(File.Exists)
            .Select(found => new NanoffProcess(found))
            .FirstOrDefault();
    }

    /// <inheritdoc/>
    public async Task<NanoffRun> RunAsync(IReadOnlyList<string> arguments, Action<string>? heard,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var lines = new List<string>();
        try
        {
            using var process = Process.Start(start)!;
            await using var _ = cancellationToken.Register(() => Kill(process)).ConfigureAwait(false);
            await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError))
                .ConfigureAwait(false);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new NanoffRun(process.ExitCode == 0, lines);
        }
        catch (Win32Exception e)
        {
            throw new BoardException($"Cannot start '{program}': {e.Message} Install it anew: '{Install}'.", e);
        }

        async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                lock (lines)
                {
                    lines.Add(line);
                    heard?.Invoke(line);
                }
            }
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Ended by itself.
        }
    }
}
