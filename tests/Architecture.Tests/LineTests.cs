using System.Reflection;

namespace Backstep.Architecture.Tests;

/// <summary>
/// Lines end at 120 columns (.editorconfig), in code, comments, scripts and pages. Not held: rows of a Markdown table;
/// what other tools write or need in one line (.nfproj, .sln, lock files, packages.config); data and pictures (.csv,
/// .txt, .svg).
/// </summary>
public class LineTests
{
    private const int Columns = 120;

    private static readonly string[] Held = [".cs", ".md", ".props", ".csproj", ".css", ".slnx", ".editorconfig",
        ".sh", ".ps1", ".py", ".mjs", ".scad", ".yml", ""];

    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", "node_modules", "packages", "TestResults"];

    private static string Root { get; } = typeof(LineTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    [Fact]
    public void Lines_end_at_120_columns()
    {
        string[] files = [.. FilesIn(new DirectoryInfo(Root))];
        Assert.True(files.Length > 800, $"only {files.Length} files found below {Root}");
        string[] tooLong = [.. files.SelectMany(TooLong)];
        Assert.True(tooLong.Length == 0, $"{tooLong.Length} lines are longer than {Columns} columns:\n"
            + string.Join('\n', tooLong.Take(50)));
    }

    private static IEnumerable<string> FilesIn(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(file => Held.Contains(file.Extension)).Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories()
                .Where(inner => !NotOurs.Contains(inner.Name)
                    && (inner.Name[0] != '.' || inner.Name is ".ci" or ".github"))
                .SelectMany(FilesIn));

    private static IEnumerable<string> TooLong(string path)
    {
        bool isPage = path.EndsWith(".md", StringComparison.Ordinal);
        return File.ReadLines(path).Index()
            .Where(line => line.Item.Length > Columns && !(isPage && line.Item.TrimStart().StartsWith('|')))
            .Select(line => $"{Path.GetRelativePath(Root, path)}:{line.Index + 1}: {line.Item.Length} columns");
    }
}
