using System.Diagnostics;
using System.Globalization;

namespace Backstep.Benchmarks;

/// <summary>Starts a published program as a person would, as a whole process, and says how long it takes. Exit code 1:
/// a median over its goal.</summary>
internal static class StartupVerb
{
    private const int Warm = 3;
    private const int Runs = 15;

    private static readonly (string[] Arguments, double GoalMilliseconds)[] Cases =
    [
        (["--version"], 150),
        (["sessions"], 300),
        (["plan"], 300),
    ];

    /// <summary>Measures.</summary>
    /// <param name="program">The published program's file.</param>
    /// <param name="data">A folder of kept sessions; null for an empty one.</param>
    public static int Run(string program, string? data)
    {
        var empty = data == null ? Directory.CreateTempSubdirectory("backstep-startup-") : null;
        try
        {
            int code = 0;
            Console.WriteLine("| command | median | fastest | slowest | goal |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            foreach (var (arguments, goal) in Cases)
            {
                double[] times =
                    [
                        .. Enumerable.Range(0, Warm + Runs)
                            .Select(_ => Once(program, arguments, data ?? empty!.FullName)).Skip(Warm).Order()];
                double median = times[times.Length / 2];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{string.Join(' ', arguments)}` | "
                    + $"{median:0} ms | {times[0]:0} ms | {times[^1]:0} ms | {goal:0} ms |"));
                code = median <= goal ? code : 1;
            }

            return code;
        }
        finally
        {
            empty?.Delete(recursive: true);
        }
    }

    private static double Once(string program, string[] arguments, string data)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true,
            RedirectStandardError = true, UseShellExecute = false };
        start.Environment["BACKSTEP_DATA"] = data;
        long began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(began).TotalMilliseconds
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}");
    }
}
