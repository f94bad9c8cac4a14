using System.Diagnostics;
using System.Globalization;

namespace Backstep.Benchmarks;

/// <summary>Starts published programs as a person would, as whole processes, in turns, and says how long they take.
/// Exit code 1: a median over its goal.</summary>
internal static class StartupVerb
{
    private const int Warm = 2;
    private const int Runs = 7;

    private static readonly (string[] Arguments, double GoalMilliseconds)[] Cases =
    [
        (["--version"], 150),
        (["sessions"], 300),
        (["plan"], 300),
        (["show", "1"], 400),
    ];

    /// <summary>Measures.</summary>
    /// <param name="words">The published programs' files; then, if wanted, --data and a folder of kept sessions. By
    /// default a session is made, simulated, and kept.</param>
    public static int Run(string[] words)
    {
        int split = Array.IndexOf(words, "--data");
        string[] programs = split < 0 ? words : words[..split];
        string? given = split < 0 ? null : words[split + 1];
        var made = given == null ? Directory.CreateTempSubdirectory("backstep-startup-") : null;
        try
        {
            if (made != null)
            {
                Once(programs[0], ["demo", "--seconds", "90", "--fast", "--keep"], made.FullName);
            }

            Console.WriteLine("| command | program | median | fastest | slowest | goal |");
            Console.WriteLine("|---|---|--:|--:|--:|--:|");
            int slow = Cases.Count(one =>
                !Measure(programs, one.Arguments, one.GoalMilliseconds, given ?? made!.FullName));
            return slow == 0 ? 0 : 1;
        }
        finally
        {
            made?.Delete(recursive: true);
        }
    }

    private static bool Measure(string[] programs, string[] arguments, double goal, string data)
    {
        var times = programs.Select(_ => new List<double>()).ToArray();
        for (int run = 0; run < Warm + Runs; run++)
        {
            for (int i = 0; i < programs.Length; i++)
            {
                double time = Once(programs[i], arguments, data);
                if (run >= Warm)
                {
                    times[i].Add(time);
                }
            }
        }

        foreach (var (program, taken) in programs.Zip(times))
        {
            taken.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{string.Join(' ', arguments)}` | "
                + $"{program} | {taken[Runs / 2]:0} ms | {taken[0]:0} ms | {taken[^1]:0} ms | {goal:0} ms |"));
        }

        return times.All(taken => taken[Runs / 2] <= goal);
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
