using System.Globalization;
using System.Text.Json.Nodes;
using Backstep.VirtualSensor.Walker;

namespace Backstep.WebEngine.Tests;

/// <summary>A demo on the page, where the sensor's program has no thread of its own, is the demo of the
/// command.</summary>
public sealed class DemoTests
{
    public static TheoryData<string> Names => [.. Scenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_figure_as_the_command_has_it(string scenario)
    {
        var command = CommandRun.Of("demo", "--scenario", scenario, "--seed", "1", "--seconds", "45", "--fast",
            "--json");
        Assert.Equal(0, command.ExitCode);
        var expected = JsonNode.Parse(command.Out)!;
        var page = Truth(scenario, seed: 1, seconds: 45, pass: 0.25)!;

        // The one exception. The first pass of the sensor's program waits 0.2 s for the chip, and cannot be left
        // meanwhile: the link comes up so much later, and one message a second may be missed before that.
        Assert.InRange(page["link"]!["runningSpeedMessages"]!.GetValue<int>(),
            expected["link"]!["runningSpeedMessages"]!.GetValue<int>() - 1,
            expected["link"]!["runningSpeedMessages"]!.GetValue<int>());
        page["link"]!["runningSpeedMessages"] = expected["link"]!["runningSpeedMessages"]!.GetValue<int>();
        Assert.Empty(JsonDifferences.Of(expected, page));
    }

    [Fact]
    public void However_it_is_cut_the_walk_is_the_same() => Assert.Empty(JsonDifferences.Of(
        Truth("learning", seed: 3, seconds: 40, pass: 0.016), Truth("learning", seed: 3, seconds: 40, pass: 40)));

    [Fact]
    public void What_it_shows_is_what_the_walker_does()
    {
        var engine = new NoPage().Engine();
        var look = JsonNode.Parse(engine.DemoBegin("""{"scenario":"heel-first","seed":1,"seconds":60}"""))!;
        Assert.Equal(("walking", "connected", true, "begin".ToUpperInvariant()),
            (look["state"]!.GetValue<string>(), look["linkState"]!.GetValue<string>(),
                look["simulated"]!.GetValue<bool>(), look["cue"]!["headline"]!.GetValue<string>()));
        List<string> said = [];
        for (int i = 0; i < 300; i++)
        {
            look = JsonNode.Parse(engine.DemoPass(0.2))!;
            said.AddRange(look["say"]!.AsArray().Select(text => text!.GetValue<string>()));
        }

        Assert.Equal("ended", look["state"]!.GetValue<string>());
        Assert.Equal(60, look["targetSeconds"]!.GetValue<double>());
        Assert.Contains(said, text => text.StartsWith("Reach back with the toes", StringComparison.Ordinal));
        var steps = look["feet"]![0]!["steps"]!.AsArray();
        Assert.Equal(20, steps.Count);
        Assert.True(steps.Count(step => step!["landing"]!.GetValue<string>() == "heel") > 10);
        Assert.Equal("km/h", look["beltSpeed"]!["unit"]!.GetValue<string>());

        var end = JsonNode.Parse(engine.DemoEnd())!;
        string key = end["session"]!.GetValue<string>();
        var listed = Assert.Single(JsonNode.Parse(engine.Sessions())!.AsArray())!;
        Assert.Equal((key, true, "complete", "simulated: heel-first"), (listed["key"]!.GetValue<string>(),
            listed["simulated"]!.GetValue<bool>(), listed["state"]!.GetValue<string>(),
            listed["source"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void It_outlasts_the_page_only_when_asked_to(bool keep, int sessions)
    {
        var page = new NoPage();
        var engine = page.Engine();
        engine.DemoBegin($$"""{"seconds":20,"keep":{{(keep ? "true" : "false")}}}""");
        engine.DemoPass(20);
        engine.DemoEnd();
        Assert.Equal(sessions, new NoPage().Engine().Restore(Pieces.Json(page.Pieces)));
    }

    [Theory]
    [InlineData("""{"scenario":"nonsense"}""", "no scenario 'nonsense'")]
    [InlineData("""{"seconds":0}""", "lasts from a moment")]
    [InlineData("""{"targetMinutes":16}""", "up to 15 minutes")]
    [InlineData("""{"mode":"hill"}""", "treadmill")]
    public void What_cannot_be_is_told_in_words(string options, string words) => Assert.Contains(words,
        Assert.ThrowsAny<Walks.ExplainedException>(() => new NoPage().Engine().DemoBegin(options)).Message,
        StringComparison.Ordinal);

    private static JsonNode? Truth(string scenario, int seed, double seconds, double pass)
    {
        var engine = new NoPage().Engine();
        engine.DemoBegin(string.Create(CultureInfo.InvariantCulture,
            $$"""{"scenario":"{{scenario}}","seed":{{seed}},"seconds":{{seconds}}}"""));
        for (double passed = 0; passed < seconds; passed += pass)
        {
            engine.DemoPass(pass);
        }

        return JsonNode.Parse(engine.DemoEnd())!["truth"];
    }
}
