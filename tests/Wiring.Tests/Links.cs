using System.Text.RegularExpressions;

namespace Wiring.Tests;

/// <summary>Whether what the page points to is there.</summary>
public static partial class Links
{
    /// <summary>Of the wiring page.</summary>
    public static IReadOnlyList<string> Problems(string markdown) => Problems(markdown, Page.Root);

    /// <summary>Of any page.</summary>
    /// <param name="markdown">What it says.</param>
    /// <param name="folder">Where it lies.</param>
    public static IReadOnlyList<string> Problems(string markdown, string folder)
    {
        var problems = new List<string>();
        foreach (Match link in Link().Matches(Fenced().Replace(markdown, "")))
        {
            string target = link.Groups[3].Value;
            if (!target.Contains("://", StringComparison.Ordinal) && !IsThere(target, markdown, folder))
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

    private static bool IsThere(string target, string markdown, string folder)
    {
        string[] parts = target.Split('#', 2);
        string file = Path.Combine(folder, parts[0]);
        if (parts[0].Length > 0 && !File.Exists(file) && !Directory.Exists(file))
        {
            return false;
        }

        string page = parts[0].Length == 0 ? markdown : File.Exists(file) ? File.ReadAllText(file) : "";
        return parts.Length == 1
            || Heading().Matches(page).Select(match => Anchor(match.Groups[1].Value)).Contains(parts[1]);
    }

    // As the forges make them: lower case, spaces to dashes, signs dropped.
    private static string Anchor(string heading) =>
        NoAnchor().Replace(heading.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-');

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"(!?)\[([^\]]*)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
