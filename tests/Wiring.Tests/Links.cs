using System.Text.RegularExpressions;

namespace Wiring.Tests;

/// <summary>Whether what the page points to is there.</summary>
public static partial class Links
{
    public static IReadOnlyList<string> Problems(string markdown)
    {
        var problems = new List<string>();
        var anchors = Heading().Matches(markdown).Select(m => Anchor(m.Groups[1].Value)).ToHashSet();
        foreach (Match link in Link().Matches(markdown))
        {
            string target = link.Groups[3].Value;
            bool isThere = target.StartsWith('#') ? anchors.Contains(target[1..])
                : File.Exists(Path.Combine(Page.Root, target));
            if (!isThere)
            {
                problems.Add($"{target} is not there");
            }

            if (link.Groups[1].Length > 0 && link.Groups[2].Value.Length < 20)
            {
                problems.Add($"{target} has no description for who cannot see it");
            }
        }

        return problems;
    }

    // As the forges make them: lower case, spaces to dashes, signs dropped.
    private static string Anchor(string heading) =>
        NoAnchor().Replace(heading.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-');

    [GeneratedRegex(@"(!?)\[([^\]]*)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
