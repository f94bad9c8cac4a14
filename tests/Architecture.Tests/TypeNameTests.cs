using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backstep.Architecture.Tests;

/// <summary>
/// A type name means one thing in the product. Left out: NanoHost, whose names the nanoFramework API gives; Program;
/// and types within a type, which nobody else sees.
/// </summary>
public class TypeNameTests
{
    private static readonly string[] Tops = ["firmware", "companion-app"];

    [Fact]
    public void A_type_name_means_one_thing()
    {
        string root = typeof(TypeNameTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        var twice = Tops
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(root, top), "*.cs", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("companion-app/NanoHost/", StringComparison.Ordinal))
            .SelectMany(path => TypesIn(Path.Combine(root, path)).Select(type => (Type: type, Path: path)))
            .GroupBy(found => found.Type, StringComparer.Ordinal)
            .Where(same => same.Select(found => Namespace(found.Path)).Distinct(StringComparer.Ordinal).Count() > 1)
            .ToDictionary(same => same.Key, same => string.Join(" and ", same.Select(found => found.Path)),
                StringComparer.Ordinal);
        Assert.DoesNotContain(twice, two => two.Key != "Program");
    }

    private static string Namespace(string path) => string.Join('/', path.Split('/')[..^1]);

    private static IEnumerable<string> TypesIn(string path) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes()
            .OfType<BaseTypeDeclarationSyntax>()
            .Where(type => type.Parent is not BaseTypeDeclarationSyntax)
            .Select(type => type.Identifier.Text);
}
