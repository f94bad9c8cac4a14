using System.Collections.Concurrent;
using System.Text.RegularExpressions;
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
        var places = trees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().SelectMany(DeclaredBy)
                .Select(name => (Name: name, Place: PlaceOf(tree.FilePath))))
            .Distinct()
            .ToLookup(one => one.Name, one => one.Place, StringComparer.Ordinal);
        var found = new ConcurrentDictionary<(string From, string To), Arrow>();
        Parallel.ForEach(trees, tree => Find(tree, compilation.GetSemanticModel(tree), places, found));
        return ArrowsBetween.Distinct(found.Values);
    }

    /// <summary>Asks the compiler for what a file names. That takes long: left out is what nobody else declares, and
    /// what can lead only to where an arrow is known to go.</summary>
    private static void Find(SyntaxTree tree, SemanticModel model, ILookup<string, string> places,
        ConcurrentDictionary<(string From, string To), Arrow> found)
    {
        string from = PlaceOf(tree.FilePath);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            // 'var' is whatever it stands for.
            if ((name.Identifier.ValueText == "var" || places[name.Identifier.ValueText].Any(
                    to => to != from && !found.ContainsKey((from, to))))
                && TypeOf(model.GetSymbolInfo(name).Symbol) is { } type
                && type.OriginalDefinition.Locations.FirstOrDefault(
                    location => location.IsInSource)?.SourceTree?.FilePath is { Length: > 0 } path
                && PlaceOf(path) is var to && to != from)
            {
                found.TryAdd((from, to), new Arrow(from, to, $"{Path.GetFileName(tree.FilePath)}: {type.Name}"));
            }
        }
    }

    private static INamedTypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol type => type,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType,
        _ => null,
    };

    /// <summary>By what names others may use what a node declares.</summary>
    private static IEnumerable<string> DeclaredBy(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText,
            Regex.Replace(type.Identifier.ValueText, "Attribute$", "")],
        DelegateDeclarationSyntax one => [one.Identifier.ValueText],
        MethodDeclarationSyntax one => [one.Identifier.ValueText],
        PropertyDeclarationSyntax one => [one.Identifier.ValueText],
        EventDeclarationSyntax one => [one.Identifier.ValueText],
        EnumMemberDeclarationSyntax one => [one.Identifier.ValueText],
        BaseFieldDeclarationSyntax one => one.Declaration.Variables.Select(field => field.Identifier.ValueText),
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } one => [one.Identifier.ValueText],
        _ => [],
    };

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
