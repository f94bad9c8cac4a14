using System.Text.RegularExpressions;

namespace Backstep.Gym.Tests.Pages;

/// <summary>The table of threats names a test for every line, and each of them exists.</summary>
public sealed partial class ThreatTests
{
    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        string[] lines = [.. File.ReadLines(Path.Combine(Repository.Root, "companion-app/Gym/threats.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
        Assert.True(lines.Length >= 20, $"only {lines.Length} threats");
        string[] tests = [.. typeof(ThreatTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()
            .Where(method => method.CustomAttributes.Any(one =>
                one.AttributeType == typeof(FactAttribute) || one.AttributeType == typeof(TheoryAttribute)))
            .Select(method => $"{type.Name}.{method.Name}"))];
        foreach (string line in lines)
        {
            var named = Named().Matches(line.Split('|')[3]).Select(one => one.Groups["test"].Value).ToArray();
            Assert.True(named.Length > 0, $"no test: {line}");
            Assert.Empty(named.Except(tests, StringComparer.Ordinal));
        }
    }

    [GeneratedRegex("`(?<test>[A-Za-z]+\\.[A-Za-z_0-9]+)`")]
    private static partial Regex Named();
}
