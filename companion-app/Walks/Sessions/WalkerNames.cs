using System.Text;

namespace Backstep.Walks.Sessions;

/// <summary>What a walker may be called, and who is meant by a name: names that read the same are one
/// walker's.</summary>
public static class WalkerNames
{
    /// <summary>What is wrong with a name, or null: it goes into tables, files and a command line.</summary>
    public static string? WhyNone(string name) =>
        NameReading.Of(name).Length == 0 ? "must not be empty"
        : name.Any(char.IsControl) ? "must be printable"
        : Clean(name).Length > WalkerProfile.LongestName
            ? $"must have at most {WalkerProfile.LongestName} characters"
        : null;

    /// <summary>The name as it is kept: one line of what can be seen, accents within their letters.</summary>
    public static string Clean(string name) => OneLine.Of(name).Normalize(NormalizationForm.FormC);

    /// <summary>The walker of a name; null when there is none. Of several whose names read the same, as older versions
    /// made them, the one who is written just so, else the one who was there first.</summary>
    public static WalkerProfile? Find(string name, IReadOnlyList<WalkerProfile> walkers)
    {
        string reading = NameReading.Of(name);
        return walkers.Where(walker => NameReading.Of(walker.Name) == reading)
            .OrderByDescending(walker => walker.Name == name)
            .ThenByDescending(walker => walker.Name == Clean(name))
            .ThenBy(walker => walker.Id)
            .FirstOrDefault();
    }

    /// <summary>Those whose name somebody else has too, as far as can be read.</summary>
    public static IReadOnlyList<WalkerProfile> Alike(IReadOnlyList<WalkerProfile> walkers) =>
        [.. walkers.GroupBy(walker => NameReading.Of(walker.Name)).Where(same => same.Count() > 1)
            .SelectMany(same => same)];
}
