using Backstep.Architecture;

namespace Backstep.Benchmarks;

/// <summary><c>arrows</c>: who depends on whom, by project and by folder, read from the sources with the compiler's
/// symbols.</summary>
internal static class ArrowsVerb
{
    /// <summary>Prints it; run it in the repository's folder. Ends with 1 when there is a circle between
    /// projects.</summary>
    public static int Run()
    {
        if (!Directory.Exists("firmware") || !Directory.Exists("companion-app"))
        {
            Console.Error.WriteLine("arrows: run it in the repository's folder");
            return 2;
        }

        var folders = SourceArrows.Of(Directory.GetCurrentDirectory());
        var projects = ArrowsBetween.Projects(folders);
        Print("projects", projects);
        Print("folders", folders);
        return ArrowsBetween.Circles(projects).Count == 0 ? 0 : 1;
    }

    private static void Print(string what, IReadOnlyList<Arrow> arrows)
    {
        var circles = ArrowsBetween.Circles(arrows);
        Console.WriteLine($"{what}: {arrows.Count} arrows, {circles.Count} circles");
        foreach (var from in arrows.GroupBy(arrow => arrow.From))
        {
            Console.WriteLine($"  {from.Key} -> {string.Join(", ", from.Select(arrow => arrow.To))}");
        }

        foreach (string circle in circles)
        {
            Console.WriteLine($"  CIRCLE: {circle}");
        }

        Console.WriteLine();
    }
}
