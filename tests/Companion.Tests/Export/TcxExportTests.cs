using System.Xml.Linq;
using Backstep.Files.Export;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Export;

public sealed class TcxExportTests
{
    private static readonly XNamespace Main = TcxExport.Namespace;
    private static readonly XNamespace Extension = TcxExport.ActivityNamespace;

    [Fact]
    public void A_session_keeps_the_rules_of_the_schema() =>
        Assert.Empty(TcxRules.Broken(Tcx(KeptSessions.Of([.. KeptSessions.Even(50)]))));

    [Fact]
    public void A_session_without_a_stride_keeps_them_too() => Assert.Empty(TcxRules.Broken(Tcx(KeptSessions.Of([]))));

    /// <summary>The rules are worth something only if they catch what breaks them.</summary>
    [Theory]
    [InlineData("Calories", "remove")]
    [InlineData("Lap", "remove")]
    [InlineData("Id", "remove")]
    [InlineData("Intensity", "move")]
    [InlineData("DistanceMeters", "move")]
    [InlineData("Calories", "set:-1")]
    [InlineData("TriggerMethod", "set:manual")]
    [InlineData("RunCadence", "set:255")]
    [InlineData("Time", "set:2026-03-02 18:30")]
    [InlineData("PartNumber", "set:1")]
    [InlineData("TotalTimeSeconds", "set:1,5")]
    [InlineData("Notes", "rename")]
    public void A_broken_rule_is_found(string name, string how)
    {
        var document = Tcx(KeptSessions.Of([.. KeptSessions.Even(5)]));
        var element = document.Descendants().First(one => one.Name.LocalName == name);
        switch (how.Split(':')[0])
        {
            case "remove":
                element.Remove();
                break;
            case "move":
                var parent = element.Parent!;
                element.Remove();
                parent.AddFirst(element);
                break;
            case "rename":
                element.Name = Main + "Remarks";
                break;
            default:
                element.Value = how[4..];
                break;
        }

        Assert.NotEmpty(TcxRules.Broken(document));
    }

    [Fact]
    public void Cadence_counts_one_foot()
    {
        // 1.4 s a stride: 42.9 of them a minute, 85.7 steps.
        var lap = Assert.Single(Tcx(KeptSessions.Of([.. KeptSessions.Even(50)])).Descendants(Main + "Lap"));
        Assert.Equal("43", lap.Descendants(Extension + "AvgRunCadence").Single().Value);
        Assert.Equal("100", lap.Descendants(Extension + "Steps").Single().Value);
        Assert.Equal("43", lap.Descendants(Extension + "RunCadence").Last().Value);
    }

    [Fact]
    public void A_pause_is_taken_off_the_time_the_steps_and_the_average_speed()
    {
        var lap = Assert.Single(Tcx(KeptSessions.WithAPause()).Descendants(Main + "Lap"));
        Assert.Equal("42", lap.Element(Main + "TotalTimeSeconds")!.Value);
        Assert.Equal("27", lap.Element(Main + "DistanceMeters")!.Value);
        Assert.Equal("60", lap.Descendants(Extension + "Steps").Single().Value);
        Assert.Equal("0.642857", lap.Descendants(Extension + "AvgSpeed").Single().Value);
    }

    [Fact]
    public void Neither_names_nor_addresses_nor_pain_are_in_it()
    {
        var session = KeptSessions.Of(
            [.. KeptSessions.Even(3)],
            [new SessionSensor("Bedroom treadmill", "AA:BB:CC:DD:EE:FF", Placement.LeftShoe)],
            pain: [new PainNote(3, 7, KeptSessions.Start, PainMoment.Before, 4)],
            walker: "Hidden Walker");
        string text = Tcx(session).ToString();
        Assert.All(["Hidden", "Bedroom", "AA:BB", "pain", "Pain"],
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_a_simulated_session_says_that_it_is()
    {
        Assert.Contains(SessionLabels.Simulated,
            Tcx(KeptSessions.Of([.. KeptSessions.Even(3)], isSimulated: true)).Descendants(Main + "Notes")
                .Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("imulated",
            Tcx(KeptSessions.Of([.. KeptSessions.Even(3)])).ToString()
                .Replace("simulated=\"false\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_rest_is_told_by_its_ends()
    {
        var strides = KeptSessions.Even(5)
            .Concat(KeptSessions.Even(5, fromSeconds: 7200).Select(kept => kept with { Run = 1 })).ToArray();
        var times = Tcx(KeptSessions.Of(strides)).Descendants(Main + "Trackpoint").ToArray();
        Assert.InRange(times.Length, 70, 100);
        var distances = times.Select(point => (double?)point.Element(Main + "DistanceMeters") ?? 0).ToArray();
        Assert.Equal(distances.Order(), distances);
        Assert.Equal(9, distances[^1], 0.001);
    }

    private static XDocument Tcx(KeptSession session)
    {
        using var stream = new MemoryStream(KeptSessions.Exported(session, ExportFormat.Tcx));
        return XDocument.Load(stream);
    }
}
