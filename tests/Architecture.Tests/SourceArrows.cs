using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backstep.Architecture;

/// <summary>
/// Reads who depends on whom out of the sources, with the compiler's own symbols: constants count too, which leave no
/// trace in compiled code. Comments do not.
/// </summary>
public static class SourceArrows
{
    // What <ImplicitUsings> gives.
    private const string GlobalUsings = """
        global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic;
        global using System.Threading; global using System.Threading.Tasks; global using System.Net.Http;
        """;

    private static readonly string[] Tops = ["firmware", "companion-app"];

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>All arrows between folders of the product.</summary>
    /// <param name="root">Folder of the repository.</param>
    public static IReadOnlyList<Arrow> Of(string root)
    {
        var trees = Tops
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(root, top), "*.cs", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(
                path => !path.Contains(".Windows/", StringComparison.Ordinal)
                    && !path.EndsWith("/Program.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(root, path)), Options, path))
            .ToArray();
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !IsOurs(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "product", [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings, Options)], libraries,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return ArrowsBetween.Distinct(
            trees.AsParallel().SelectMany(tree => Of(tree, compilation.GetSemanticModel(tree))).ToArray());
    }

    private static IEnumerable<Arrow> Of(SyntaxTree tree, SemanticModel model)
    {
        string from = PlaceOf(tree.FilePath);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is { } symbol
                and (INamedTypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol)
                && (symbol as INamedTypeSymbol ?? symbol.ContainingType) is { } type
                && type.OriginalDefinition.Locations.FirstOrDefault(
                    location => location.IsInSource)?.SourceTree?.FilePath is { Length: > 0 } path
                && PlaceOf(path) is var to && to != from)
            {
                yield return new Arrow(from, to, $"{Path.GetFileName(tree.FilePath)}: {type.Name}");
            }
        }
    }

    /// <summary>companion-app/Walks/Rails/RailFusion.cs is of Walks/Rails.</summary>
    private static string PlaceOf(string path)
    {
        string[] parts = path.Split('/');
        return parts.Length > 3 ? $"{parts[1]}/{parts[2]}" : parts[1];
    }

    private static bool IsOurs(string file) =>
        file.StartsWith("backstep", StringComparison.OrdinalIgnoreCase)
            || file.StartsWith("Architecture", StringComparison.Ordinal);
}
