using System.Reflection;

namespace Wiring.Tests;

/// <summary>The wiring page and what it shows, as they lie in the tree that the tests were built from.</summary>
public static class Page
{
    public const string Name = "wiring-diagram.md";

    public static string Root { get; } =
        typeof(Page).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "RepositoryRoot").Value!.TrimEnd('/', '\\');

    public static string Text { get; } = Read(Name);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");
}
