using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Backstep.Benchmarks;

/// <summary>
/// Breaks the product in small ways, one at a time, and says which breaks no test notices (dotnet-stryker, restored
/// from
/// the tool manifest). Exit code 1: it could not run; survivors are for a person to judge.
/// </summary>
internal static class MutantsVerb
{
    private static readonly (string Name, string Project, string Tests)[] Parts =
    [
        ("gait", "Backstep.Gait", "Gait.Tests"),
        ("protocol", "Backstep.Protocol", "Protocol.Tests"),
        ("walks", "Backstep.Walks", "Companion.Tests"),
        ("store", "Backstep.Store", "Companion.Tests"),
        ("files", "Backstep.Files", "Companion.Tests"),
    ];

    /// <summary>Runs it from the top of the repository.</summary>
    /// <param name="part">One of <see cref="Parts"/>.</param>
    /// <param name="files">Names of the files to break; none means all, which takes hours.</param>
    public static int Run(string part, string[] files)
    {
        var (name, project, tests) = Array.Find(Parts, known => known.Name == part);
        if (name == null)
        {
            Console.Error.WriteLine($"no part is called {part}. "
                + $"Known: {string.Join(", ", Parts.Select(p => p.Name))}.");
            return 1;
        }

        string output = Path.GetFullPath(Path.Combine("artifacts", "mutants", name));
        string[] options =
        [
            "stryker", "--project", project + ".csproj", "--test-runner", "mtp", "--reporter", "Json", "--reporter",
            "Progress", "--output", output, .. files.SelectMany(file => (string[])["--mutate", "**/" + file]),
        ];
        if (Do(".", "tool", "restore") != 0 || Do(Path.Combine("tests", tests), options) != 0)
        {
            return 1;
        }

        Print(Path.Combine(output, "reports", "mutation-report.json"));
        return 0;
    }

    private static int Do(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Print(string report)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(report));
        var files = json.RootElement.GetProperty("files").EnumerateObject()
            .Select(file => (Name: Path.GetFileName(file.Name),
                Mutants: file.Value.GetProperty("mutants").EnumerateArray().ToArray()))
            .Where(file => file.Mutants.Any(mutant => IsKilled(mutant) || IsAlive(mutant)))
            .ToArray();
        Console.WriteLine("| file | breaks | noticed | not | score |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var (name, mutants) in files.Append(("all of these", [.. files.SelectMany(file => file.Mutants)])))
        {
            int killed = mutants.Count(IsKilled);
            int alive = mutants.Count(IsAlive);
            double score = killed + alive == 0 ? 100 : 100.0 * killed / (killed + alive);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {killed + alive} | {killed} | {alive} | {score:0.0} % |"));
        }

        foreach (var (name, mutants) in files)
        {
            foreach (var mutant in mutants.Where(IsAlive))
            {
                int line = mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32();
                string to = mutant.GetProperty("replacement").GetString()!.ReplaceLineEndings(" ");
                Console.WriteLine($"{name}:{line}: {mutant.GetProperty("mutatorName")}: {to}");
            }
        }
    }

    private static bool IsKilled(JsonElement mutant) =>
        mutant.GetProperty("status").GetString() is "Killed" or "Timeout";

    private static bool IsAlive(JsonElement mutant) =>
        mutant.GetProperty("status").GetString() is "Survived" or "NoCoverage";
}
