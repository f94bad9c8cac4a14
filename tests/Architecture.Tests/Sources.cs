using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backstep.Architecture.Tests;

/// <summary>The product's source files.</summary>
internal static class Sources
{
    private static readonly string[] Tops = ["firmware", "companion-app"];

    private static readonly ConcurrentDictionary<string, CompilationUnitSyntax> All = new(StringComparer.Ordinal);

    /// <summary>Folder of the repository.</summary>
    public static string Root { get; } = typeof(Sources).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>All of them, by their paths from the root, with slashes.</summary>
    public static IEnumerable<string> Files() => Tops
        .SelectMany(top => Directory.EnumerateFiles(Path.Combine(Root, top), "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal));

    /// <summary>What a file says; parsed once for all who ask.</summary>
    public static CompilationUnitSyntax Read(string path) => All.GetOrAdd(path, static one =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Root, one))).GetCompilationUnitRoot());

    /// <summary>The types that a file declares, those within a type left out.</summary>
    public static IEnumerable<string> TypesIn(string path) =>
        Read(path).DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(type => type.Parent is not BaseTypeDeclarationSyntax)
            .Select(type => type.Identifier.Text);
}
