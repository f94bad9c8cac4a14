namespace Backstep.Architecture;

/// <summary>One place names something that another declares. A place is a project, or a project's folder: Walks,
/// Walks/Rails.</summary>
/// <param name="From">Who names.</param>
/// <param name="To">Who declares.</param>
/// <param name="Example">A file and the type that it names.</param>
public sealed record Arrow(string From, string To, string Example);

/// <summary>What arrows say together.</summary>
public static class ArrowsBetween
{
    /// <summary>The same between projects.</summary>
    public static IReadOnlyList<Arrow> Projects(IEnumerable<Arrow> folders) => Distinct(folders
        .Select(arrow => arrow with { From = arrow.From.Split('/')[0], To = arrow.To.Split('/')[0] })
        .Where(arrow => arrow.From != arrow.To));

    /// <summary>One of each.</summary>
    public static IReadOnlyList<Arrow> Distinct(IEnumerable<Arrow> arrows) =>
        [.. arrows.DistinctBy(arrow => (arrow.From, arrow.To)).OrderBy(arrow => (arrow.From, arrow.To))];

    /// <summary>Places that reach each other: every circle, its members joined by commas.</summary>
    public static IReadOnlyList<string> Circles(IReadOnlyCollection<Arrow> arrows)
    {
        var next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var reached = arrows.Select(arrow => arrow.From).Distinct()
            .ToDictionary(place => place, place => ReachedFrom(place, next));
        return
        [
            .. reached.Where(place => place.Value.Contains(place.Key))
                .Select(
                    place => string.Join(", ",
                        place.Value.Where(other => reached.GetValueOrDefault(other)?.Contains(place.Key) == true)
                            .Order(StringComparer.Ordinal)))
                .Distinct(),
        ];
    }

    private static HashSet<string> ReachedFrom(string place, ILookup<string, string> next)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(next[place]);
        while (open.TryPop(out string? at))
        {
            if (reached.Add(at))
            {
                foreach (string further in next[at])
                {
                    open.Push(further);
                }
            }
        }

        return reached;
    }
}
