using System.Reflection;
using NetArchTest.Rules;

namespace Backstep.Architecture.Tests;

/// <summary>The floors: every project knows only what lies below it.</summary>
public sealed class FloorTests
{
    private static readonly string[] Everything =
    [
        "Backstep.Walks", "Backstep.Link", "Backstep.Link.BlueZ", "Backstep.Store", "Backstep.Files",
        "Backstep.Flash", "Backstep.Rehearsal", "Backstep.Terminal", "Backstep.Companion",
        "Backstep.Lab", "Backstep.Gym", "Backstep.WebEngine", "Backstep.Peripheral.BlueZ", "Backstep.BlueZ",
        "Backstep.VirtualSensor", "Backstep.Sensor",
        "Backstep.NanoHost", "nanoFramework",
        "Microsoft.Data.Sqlite", "Spectre.Console", "System.CommandLine", "System.Console",
    ];

    [Theory]
    [InlineData("Walks")]
    [InlineData("Link", "Walks")]
    [InlineData("Link.BlueZ", "Link", "Walks", "BlueZ")]
    [InlineData("Store", "Walks", "Microsoft.Data.Sqlite")]
    [InlineData("Files", "Walks", "System.Console")] // standard output is a file, too: '--out -'
    [InlineData("Flash", "Walks")]
    [InlineData("Rehearsal", "Files", "Link", "Walks", "VirtualSensor")]
    [InlineData("WebEngine", "Rehearsal", "Files", "Link", "Walks", "VirtualSensor")]
    [InlineData("Peripheral.BlueZ", "BlueZ", "VirtualSensor", "NanoHost", "nanoFramework")]
    [InlineData("VirtualSensor", "NanoHost", "nanoFramework", "Sensor")]
    [InlineData("Terminal", "Files", "Flash", "Link", "Store", "Walks", "System.CommandLine", "System.Console",
        "Spectre.Console")]
    [InlineData("Lab", "Rehearsal", "Files", "Terminal", "Walks", "VirtualSensor", "System.CommandLine",
        "System.Console")]
    [InlineData("Gym", "Link", "Link.BlueZ", "Rehearsal", "VirtualSensor", "Store", "Terminal", "Files", "Walks",
        "BlueZ", "Microsoft.Data.Sqlite", "System.CommandLine", "System.Console")]
    public void A_floor_knows_only_what_lies_below(string floor, params string[] below)
    {
        string[] allowed = [.. below.Append(floor).SelectMany(name => new[] { name, "Backstep." + name })];
        var assembly = Assembly.Load(
            floor is "Lab" or "Gym" ? $"backstep-{floor.ToLowerInvariant()}" : "Backstep." + floor);
        var result = Types.InAssembly(assembly).Should().NotHaveDependencyOnAny([.. Everything.Except(allowed)])
            .GetResult();
        Assert.True(result.IsSuccessful,
            $"{floor} reaches up: {string.Join(", ", result.FailingTypes?.Select(type => type.FullName) ?? [])}");
    }
}
