using System.Reflection;

namespace Backstep.Architecture.Tests;

/// <summary>
/// Inside a project folders go one way too. Left out: NanoHost, whose folders are the namespaces of the libraries that
/// it stands in for.
/// </summary>
public sealed class FolderTests
{
    private static readonly string[] Floors =
        ["Walks", "Link", "Link.BlueZ", "Store", "Files", "Flash", "Rehearsal", "Peripheral.BlueZ", "Terminal",
            "Companion", "Lab", "Gym", "WebEngine", "Web", "Gait", "Protocol", "Sensor", "VirtualSensor"];

    private static readonly Lazy<IReadOnlyList<Arrow>> All = new(() => SourceArrows.Of(
        typeof(FolderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "RepositoryRoot").Value!));

    [Fact]
    public void Folders_of_the_companion_form_no_circle()
    {
        // Guards against a reader that finds nothing: these are there.
        Assert.Contains(All.Value, arrow => arrow is { From: "Companion/Commands", To: "Companion/Live" });
        Assert.Contains(All.Value, arrow => arrow is { From: "Walks/Sessions", To: "Walks/Strides" });
        var arrows = All.Value.Where(arrow => Floors.Contains(arrow.From.Split('/')[0])).ToArray();
        Assert.Empty(ArrowsBetween.Circles(arrows));
    }

    [Fact]
    public void Projects_form_no_circle() => Assert.Empty(ArrowsBetween.Circles(ArrowsBetween.Projects(All.Value)));

    [Fact]
    public void An_arrow_that_is_turned_round_makes_a_circle()
    {
        Arrow[] turned = [.. All.Value.Where(arrow => Floors.Contains(arrow.From.Split('/')[0])),
            new("Walks/Strides", "Walks/Coaching", "turned round")];
        Assert.Equal(["Walks/Coaching, Walks/Programme, Walks/Sessions, Walks/Strides"], ArrowsBetween.Circles(turned));
    }
}
