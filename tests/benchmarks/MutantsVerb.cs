using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Backstep.Benchmarks;

/// <summary>
/// Breaks the product in small ways, one at a time, and says which breaks no test notices (dotnet-stryker, restored
/// from the tool manifest). Exit code 1: it could not run; survivors are for a person to judge.
/// </summary>
/// <remarks>A break that nothing notices costs a run of all tests there are, so only those are built that have to do
/// with the file (tests/Directory.Build.targets). Stryker's own test-case-filter does nothing with this test runner
/// (stryker-net issue 3843). All is built in a folder of its own, so that no broken assembly is left
/// elsewhere.</remarks>
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
    /// <param name="rest">Names of the files to break (none means all, which takes hours), and behind --tests those of
    /// test files: without, every one that names a class of the broken files is taken.</param>
    public static int Run(string part, string[] rest)
    {
        var (name, project, tests) = Array.Find(Parts, known => known.Name == part);
        if (name == null)
        {
            Console.Error.WriteLine($"no part is called {part}. "
                + $"Known: {string.Join(", ", Parts.Select(p => p.Name))}.");
            return 1;
        }

        string[] files = [.. rest.TakeWhile(word => word != "--tests")];
        string folder = Path.Combine("tests", tests);
        string[] behind = [.. rest.Skip(files.Length + 1)];
        behind = behind.Length > 0 ? behind : Naming(folder, files);
        Console.WriteLine($"behind {(behind.Length == 0 ? "all of " + tests : string.Join(", ", behind))}");
        string output = Path.GetFullPath(Path.Combine("artifacts", "mutants", name));
        var build = new Dictionary<string, string>
        {
            ["ArtifactsPath"] = Path.Combine(output, "build"),
            ["OnlyTests"] = string.Join(';', behind.Select(file => "**/" + file)),
        };
        string[] options =
        [
            "stryker", "--project", project + ".csproj", "--test-runner", "mtp", "--reporter", "Json", "--reporter",
            "Progress", "--output", output, .. files.SelectMany(file => (string[])["--mutate", "**/" + file]),
        ];
        if (Do(".", [], "tool", "restore") != 0 || Do(folder, build, options) != 0)
        {
            return 1;
        }

        Print(Path.Combine(output, "reports", "mutation-report.json"));
        return 0;
    }

    /// <summary>The test files in which the class of one of those files is named.</summary>
    private static string[] Naming(string folder, string[] files)
    {
        string[] classes = [.. files.Select(file => $@"\b{Regex.Escape(Path.GetFileNameWithoutExtension(file))}\b")];
        return classes.Length == 0 ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*Tests.cs", SearchOption.AllDirectories)
                .Where(file => classes.Any(name => Regex.IsMatch(File.ReadAllText(file), name)))
                .Select(Path.GetFileName).Order(StringComparer.Ordinal)!,
        ];
    }

    private static int Do(string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
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
