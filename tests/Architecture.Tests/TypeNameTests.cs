namespace Backstep.Architecture.Tests;

/// <summary>
/// A type name means one thing in the product. Left out: NanoHost, whose names the nanoFramework API gives; Program;
/// and types within a type, which nobody else sees.
/// </summary>
public class TypeNameTests
{
    [Fact]
    public void A_type_name_means_one_thing()
    {
        var twice = Sources.Files()
            .Where(path => !path.StartsWith("companion-app/NanoHost/", StringComparison.Ordinal))
            .SelectMany(path => Sources.TypesIn(path).Select(type => (Type: type, Path: path)))
            .GroupBy(found => found.Type, StringComparer.Ordinal)
            .Where(same => same.Select(found => Namespace(found.Path)).Distinct(StringComparer.Ordinal).Count() > 1)
            .ToDictionary(same => same.Key, same => string.Join(" and ", same.Select(found => found.Path)),
                StringComparer.Ordinal);
        Assert.DoesNotContain(twice, two => two.Key != "Program");
    }

    private static string Namespace(string path) => string.Join('/', path.Split('/')[..^1]);
}
