using System.ComponentModel;
using System.Diagnostics;

namespace Backstep.Companion.Report;

/// <summary>A page as PDF, by the browser of this system: Chromium, Chrome or Edge, without a window.</summary>
public static class ChromiumPdf
{
    private const int PatienceSeconds = 60;

    /// <summary>Names of the programs that can do it.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge"];

    /// <summary>The first of them in these folders, as in PATH; null when there is none.</summary>
    public static string? Find(string? path) =>
        (from folder in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from name in Names
         let file = Path.Combine(folder, name + (OperatingSystem.IsWindows() ? ".exe" : ""))
         where File.Exists(file)
         select file).FirstOrDefault();

    /// <summary>Prints a page; null when it is done, else why it is not.</summary>
    public static string? Print(string program, string page, string pdf)
    {
        // The page is our own and has no script. A browser started by root wants no sandbox; any other keeps its own.
        string[] sandbox = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        var start = new ProcessStartInfo(program,
            ["--headless", "--disable-gpu", "--no-pdf-header-footer", .. sandbox, $"--print-to-pdf={pdf}",
                new Uri(Path.GetFullPath(page)).AbsoluteUri])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var browser = Process.Start(start)!;
            browser.BeginOutputReadLine();
            browser.BeginErrorReadLine();
            if (!browser.WaitForExit(TimeSpan.FromSeconds(PatienceSeconds)))
            {
                browser.Kill(entireProcessTree: true);
                return $"it did not end within {PatienceSeconds} s";
            }

            return browser.ExitCode == 0 && File.Exists(pdf) ? null : $"it ended with {browser.ExitCode}";
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
