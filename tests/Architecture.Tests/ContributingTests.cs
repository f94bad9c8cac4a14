using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Backstep.Architecture.Tests;

/// <summary>What CONTRIBUTING.md claims and .editorconfig asks for.</summary>
public partial class ContributingTests
{
    private static readonly string Root = typeof(ContributingTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "RepositoryRoot").Value!;

    [Fact]
    public void The_table_of_folders_names_every_project_and_what_it_depends_on()
    {
        var said = Row().Matches(File.ReadAllText(Path.Combine(Root, "CONTRIBUTING.md")))
            .ToDictionary(row => row.Groups[1].Value, row => Names(Aside().Replace(row.Groups[2].Value, "")));
        var built = Directory.GetFiles(Root, "Backstep.*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => file.StartsWith("firmware/", StringComparison.Ordinal)
                || file.StartsWith("companion-app/", StringComparison.Ordinal))
            .ToDictionary(file => file[..file.LastIndexOf('/')], References);
        Assert.True(built.Count > 15);
        Assert.All(said.Keys, folder => Assert.True(Directory.Exists(Path.Combine(Root, folder)), folder));
        // Folders without a project depend on nothing.
        said = said.Where(row => built.ContainsKey(row.Key) || row.Value.Length > 0)
            .ToDictionary(row => row.Key, row => row.Value);
        Assert.Equal(built.OrderBy(one => one.Key, StringComparer.Ordinal).Select(Line),
            said.OrderBy(one => one.Key, StringComparer.Ordinal).Select(Line));
    }

    [Fact]
    public void A_pin_stands_once()
    {
        // Whatever takes a pin takes it from Pins.cs, never a number.
        string[] files = Directory.GetFiles(Path.Combine(Root, "firmware", "Sensor"), "*.cs",
            SearchOption.AllDirectories);
        Assert.True(files.Length > 50);
        Assert.Empty(files.Where(file => Path.GetFileName(file) != "Pins.cs")
            .SelectMany(file => PinNumber().Matches(File.ReadAllText(file))
                .Select(match => $"{Path.GetFileName(file)}: {match.Value}")));
        Assert.Matches(PinNumber(), "gpio.OpenPin(27, PinMode.Input)");
    }

    [Fact]
    public void Files_end_in_a_line_and_lines_in_no_blank()
    {
        string[] kinds = [".cs", ".md", ".props", ".csproj", ".nfproj", ".slnx", ".sh", ".ps1", ".py", ".mjs", ".scad",
            ".yml", ".css"];
        string[] others = ["artifacts", "bin", "obj", "node_modules", ".git"];
        var files = Directory.GetFiles(Root, "*", SearchOption.AllDirectories)
            .Where(file => kinds.Contains(Path.GetExtension(file))
                && !Path.GetRelativePath(Root, file).Split('/', '\\').Any(others.Contains)).ToArray();
        Assert.True(files.Length > 800);
        Assert.Empty(files.Where(file => IsAmiss(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Root, file)));
    }

    private static bool IsAmiss(string text) =>
        text.Length > 0 && (text[^1] != '\n' || text.Contains('\r', StringComparison.Ordinal)
            || text.Contains(" \n", StringComparison.Ordinal));

    private static string[] References(string project) =>
        [.. XDocument.Load(Path.Combine(Root, project)).Descendants("ProjectReference")
            .Select(one => Path.GetFileNameWithoutExtension(one.Attribute("Include")!.Value)["Backstep.".Length..])
            .Order(StringComparer.Ordinal)];

    private static string[] Names(string cell) => cell.Trim() is "nothing" or "" ? []
        : [.. cell.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)];

    private static string Line(KeyValuePair<string, string[]> one) => $"{one.Key}: {string.Join(", ", one.Value)}";

    [GeneratedRegex(@"^\| `((?:firmware|companion-app)/[^`]+)` \|.*\| ?([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@" \([^)]*\)")]
    private static partial Regex Aside();

    [GeneratedRegex(@"(?:OpenPin|SetPinFunction|OpenChannel|EnableWakeupByPin)\(\s*\d+")]
    private static partial Regex PinNumber();
}
