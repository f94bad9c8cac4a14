using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Backstep.Companion.Commands;
using Backstep.Terminal;

namespace Backstep.Architecture.Tests;

/// <summary>What is released: what can rot without a compiler seeing it. How it is made and tried as a whole is
/// companion-app/packaging/README.md.</summary>
public sealed partial class PackagingTests
{
    private const string Packaging = "companion-app/packaging/";

    private static string Root { get; } = typeof(PackagingTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "RepositoryRoot").Value!;

    [Fact]
    public void The_version_stands_once()
    {
        string version = VersionElement().Match(Read("Directory.Build.props")).Groups[1].Value;
        Assert.Equal(version, Version());
        string[] asked = ["*.csproj", "*.props", "*.targets", "release", "deb", "sbom", "clean-root"];
        string[] again = [.. asked
            .SelectMany(name => Directory.EnumerateFiles(Root, name, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal)
                && !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("node_modules", StringComparison.Ordinal)
                && path != "Directory.Build.props")
            .Where(path => VersionElement().IsMatch(Read(path))
                || Read(path).Contains($"\"{version}\"", StringComparison.Ordinal)
                || Read(path).Contains($"-{version}", StringComparison.Ordinal))];
        Assert.Empty(again);
    }

    /// <summary>A package that is added to the program must be named, with its licence, in what goes with every
    /// copy.</summary>
    [Fact]
    public void Every_package_within_the_program_is_named_with_its_licence()
    {
        using var locked = JsonDocument.Parse(Read("companion-app/Companion/packages.lock.json"));
        string[] within = [.. locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(one => one.Value.GetProperty("type").GetString() != "Project")
            .Select(one => one.Name)
            .Except(["Meziantou.Analyzer", "Microsoft.NET.ILLink.Tasks"])];
        string[] named = [.. Read(Packaging + "debian/copyright").Split('\n')
            .Where(line => line.StartsWith("Files: ", StringComparison.Ordinal))
            .SelectMany(line => line["Files: ".Length..].Split(' '))];
        Assert.Contains("SQLite", within);
        Assert.Empty(within.Except(named, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A step of a workflow is a command that a stranger can give: what it names is there.</summary>
    [Theory]
    [InlineData(".github/workflows/ci.yml", ".ci/run")]
    [InlineData(".github/workflows/release.yml", "companion-app/packaging/release")]
    public void The_workflows_steps_name_files_that_are_there(string workflow, string expected)
    {
        string text = Read(workflow);
        string[] files = [.. Words().Matches(text).Select(match => match.Value)
            .Where(word => !word.StartsWith("artifacts/", StringComparison.Ordinal))];
        Assert.Contains(expected, files);
        Assert.DoesNotContain(files, file => !Path.Exists(Path.Combine(Root, file)));
        Assert.DoesNotContain('\t', text);
    }

    /// <summary>The page is made from what the program says; this is the same text as a reader finds it. What it says
    /// is taken from this process, as it is one of sixty otherwise; that the program says the same is looked at
    /// once.</summary>
    [Fact]
    public async Task The_manual_page_is_asked_of_every_command()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/python3"), "needs Linux with python3");
        string program = Path.Combine(AppContext.BaseDirectory, "backstep");
        Assert.SkipUnless(File.Exists(program), "the program is not beside the tests");
        using var environment = CommandEnvironment.OfThisProcess();
        string[] commands = [.. Paths(Companion.Commands.Root.Build(environment), "backstep")];
        var folder = Directory.CreateTempSubdirectory("backstep-man-");
        try
        {
            string speaks = await SpeakerAsync(folder.FullName, commands);
            Assert.Equal(Words(Run(program, "log", "--help")), Words(Run(speaks, "log", "--help")));
            string page = Run("/usr/bin/python3", Path.Combine(Root, Packaging, "man"), speaks, "2026-01-01");
            Assert.True(commands.Length > 25, $"only {commands.Length} commands");
            string[] headed = [.. page.Split('\n').Where(line => line.StartsWith(".SS ", StringComparison.Ordinal))
                .Select(line => line[".SS ".Length..].Replace("\\", "", StringComparison.Ordinal))];
            Assert.Equal(commands.Skip(1).Order(StringComparer.Ordinal), headed.Order(StringComparer.Ordinal));
            Assert.Contains($"\"Backstep {Version()}\"", page, StringComparison.Ordinal);
            Assert.Contains("BACKSTEP_DATA", page, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        // A terminal may be wider than a pipe.
        static string[] Words(string said) => said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A script that says what the program would, from files.</summary>
    private static async Task<string> SpeakerAsync(string folder, IEnumerable<string> commands)
    {
        string[] lines = [.. commands.Select(command => $"{command} --help"["backstep ".Length..]), "--version"];
        foreach (string line in lines)
        {
            using var said = new StringWriter { NewLine = "\n" };
            using var environment = new CommandEnvironment
            {
                Out = said, Error = said, Culture = CultureInfo.InvariantCulture, DataFolder = folder,
            };
            Assert.Equal(0, await ConsoleProgram.RunAsync(
                () => Companion.Commands.Root.Build(environment), line.Split(' '), environment));
            await File.WriteAllTextAsync(Path.Combine(folder, line),
                said.ToString().Replace(RootCommand.ExecutableName, "backstep", StringComparison.Ordinal));
        }

        string script = Path.Combine(folder, "speaks");
        await File.WriteAllTextAsync(script, "#!/bin/sh\nexec cat \"${0%/*}/$*\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return script;
    }

    private static string Version() => Companion.Commands.Root.Version;

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.Where(child => !child.Hidden).SelectMany(child => Paths(child, $"{path} {child.Name}"))
            .Prepend(path);

    private static string Run(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return said;
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    [GeneratedRegex(@"<Version>(\d[^<]*)</Version>")]
    private static partial Regex VersionElement();

    [GeneratedRegex(@"(?<=[\s])(\.?[\w-]+/)+[\w.-]+(?=\s)")]
    private static partial Regex Words();
}
