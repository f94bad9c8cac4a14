using System.Text.RegularExpressions;

namespace Backstep.Architecture.Tests;

/// <summary>The glossary names what the code has.</summary>
public partial class GlossaryTests
{
    [Fact]
    public void Every_name_of_the_glossary_is_a_type_of_the_product()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(Sources.Root, "companion-app", "GLOSSARY.md"))
            .Where(line => line.StartsWith('|'))];
        string[] named = [.. rows.SelectMany(row => Name().Matches(row.Split('|')[3]))
            .Select(name => name.Groups["type"].Value)];
        Assert.True(named.Length > 30, $"only {named.Length} names found");
        var types = Sources.Files().SelectMany(Sources.TypesIn).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(named.Except(types));
    }

    [GeneratedRegex("`(?<type>[A-Za-z]+)[^`]*`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
