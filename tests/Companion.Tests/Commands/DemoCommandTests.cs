using System.Globalization;
using System.Text.Json;
using Backstep.Companion.Commands;
using Backstep.Terminal;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Commands;

public class DemoCommandTests
{
    /// <summary>From a calibration on a level floor over the air to what is kept: every part is the real one but the
    /// body and the chip.</summary>
    [Theory]
    [InlineData("backward", 5)]
    [InlineData("low-belt", 2)]
    public void A_demo_tells_the_incline_of_the_simulated_belt(string scenario, double percent)
    {
        using var folder = new TemporaryFolder();
        var run = CommandRun.In(folder["data"], "demo", "--scenario", scenario, "--seconds", "60", "--fast", "--keep");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"(truth: {percent:0.0} % up)", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(percent < 4, run.Out.ReplaceLineEndings(" ").Contains("The belt is at 2 %; 5 % is the dose",
            StringComparison.Ordinal));
        using var json = JsonDocument.Parse(CommandRun.In(folder["data"], "sessions", "--json").Out);
        double measured = json.RootElement.GetProperty("sessions")[0].GetProperty("measuredInclinePercent").GetDouble();
        Assert.InRange(measured, percent - 1, percent + 1);
        Assert.Matches(@"incline +\d\.\d % up by the shoe", CommandRun.In(folder["data"], "show", "1").Out);
    }

    [Fact]
    public void Walking_backward_arrives_as_it_truly_was()
    {
        var demo = Json("--seconds", "60");
        Assert.True(demo.GetProperty("simulated").GetBoolean());
        int truth = Number(demo, "strides", "true");
        Assert.InRange(truth, 35, 45);
        Assert.InRange(Number(demo, "directionAgainstTruth", "right"), truth * 0.95, truth);
        Assert.InRange(Number(demo, "landingAgainstTruth", "right"), truth * 0.95, truth);
        Assert.Equal((0, 0, 0),
            (Number(demo, "strides", "missing"), Number(demo, "strides", "invented"),
                Number(demo, "directionAgainstTruth", "wrong")));
        Assert.InRange(demo.GetProperty("cadence").GetProperty("largestErrorAfter10Seconds").GetDouble(), 0, 1);
        Assert.InRange(Number(demo, "session", "elapsedSeconds"), 54, 58);
        Assert.InRange(Number(demo, "link", "runningSpeedMessages"), 50, 61);
        Assert.Equal(0, Number(demo, "link", "rejectedPayloads"));
    }

    [Fact]
    public void A_link_that_drops_loses_nothing()
    {
        var demo = Json("--scenario", "dropout", "--seconds", "60");
        Assert.Equal((0, 0, 0),
            (Number(demo, "strides", "missing"), Number(demo, "strides", "invented"),
                Number(demo, "strides", "lostForGood")));
        Assert.Equal(Number(demo, "strides", "true"), Number(demo, "strides", "arrived"));
        Assert.InRange(Number(demo, "strides", "replayed"), 5, 15);
        Assert.Equal(1, Number(demo, "link", "losses"));
        Assert.InRange(demo.GetProperty("link").GetProperty("downSeconds").GetDouble(), 5, 15);
    }

    [Fact]
    public void Who_lands_on_the_heel_or_walks_forward_is_told_apart()
    {
        var heel = Json("--scenario", "heel-first", "--seconds", "40");
        Assert.Equal(0, Number(heel, "landing", "toe"));
        Assert.Equal(0, Number(heel, "direction", "forward"));
        var forward = Json("--scenario", "forward", "--seconds", "40");
        Assert.Equal(0, Number(forward, "direction", "backward"));
        Assert.InRange(Number(forward, "direction", "forward"), 25, 40);
    }

    [Theory]
    [InlineData("rails")]
    [InlineData("one-hand")]
    public void A_wrist_as_well_tells_whether_the_rails_are_held(string scenario)
    {
        using var folder = new TemporaryFolder();
        string[] args = ["demo", "--scenario", scenario, "--wrist", "--seconds", "150", "--fast", "--json", "--keep"];
        using var json = JsonDocument.Parse(CommandRun.In(folder.Path, args).Out);
        var rails = json.RootElement.GetProperty("railsAgainstTruth");
        double right = rails.GetProperty("rightSeconds").GetDouble();
        Assert.InRange(right, 100, 150);
        Assert.InRange(rails.GetProperty("wrongSeconds").GetDouble() + rails.GetProperty("unknownSeconds").GetDouble(),
            0, 0.05 * right);
        using var kept = JsonDocument.Parse(CommandRun.In(folder.Path, "sessions", "--json").Out);
        Assert.InRange(
            kept.RootElement.GetProperty("sessions")[0].GetProperty("totals").GetProperty("railsHeldPercent")
                .GetDouble(), 40, 90);
        Assert.Equal(JsonValueKind.Null, Json("--seconds", "20").GetProperty("railsAgainstTruth").ValueKind);
    }

    [Fact]
    public void Standing_makes_no_strides()
    {
        var demo = Json("--scenario", "standing", "--seconds", "20");
        Assert.Equal((0, 0), (Number(demo, "strides", "true"), Number(demo, "strides", "arrived")));
        Assert.Equal(JsonValueKind.Null, demo.GetProperty("cadence").GetProperty("mean").ValueKind);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_another_walk()
    {
        string first = CommandRun.Of("demo", "--seconds", "20", "--seed", "5").Out;
        Assert.Equal(first, CommandRun.Of("demo", "--seconds", "20", "--seed", "5").Out);
        Assert.NotEqual(first, CommandRun.Of("demo", "--seconds", "20", "--seed", "6").Out);
    }

    [Fact]
    public void Without_a_terminal_there_are_plain_lines_and_a_summary_that_says_simulated()
    {
        var run = CommandRun.Of("demo", "--seconds", "25");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain('\e', run.Out);
        Assert.Contains("  link: connected\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nSIMULATED    no person walked", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n').SkipWhile(line => !line.StartsWith("SIMULATED", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void The_layout_of_the_json_is_fixed()
    {
        var demo = Json("--seconds", "5");
        Assert.Equal(
            "schema simulated scenario description seed seconds strides[true arrived missing invented replayed "
            + "lostForGood] direction[forward backward unknown] "
            + "landing[toe flat heel unknown] directionAgainstTruth[right wrong unknown] landingAgainstTruth[right "
            + "wrong unknown] "
            + "cadence[mean trueMean meanError largestErrorAfter10Seconds] session[state elapsedSeconds "
            + "activeSeconds toeFirstPercent railsHeldPercent distanceMeters] "
            + "link[losses downSeconds runningSpeedMessages rejectedPayloads] batteryPercent railsAgainstTruth "
            + "incline[measuredPercent truePercent] keptSessions",
            Layout(demo));
        Assert.Equal("backstep.demo/1", demo.GetProperty("schema").GetString());
    }

    [Fact]
    public void An_unknown_scenario_is_one_line_with_the_names_there_are()
    {
        var run = CommandRun.Of("demo", "--scenario", "moonwalk");
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        foreach (string name in (string[])["backward", "learning", "heel-first", "tired", "rails", "forward",
            "dropout", "standing", "shuffling", "turning", "mixed"])
        {
            Assert.Contains(name, run.ErrorLine, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--seconds", "0")]
    [InlineData("--seconds", "NaN")]
    [InlineData("--seconds", "soon")]
    [InlineData("--seconds", "90000")]
    [InlineData("--speed", "-1")]
    [InlineData("--seed", "x")]
    [InlineData("--units", "furlongs")]
    [InlineData("--fast", "--speed", "2")]
    [InlineData("extra")]
    public void What_the_command_line_cannot_mean_is_one_line_and_exit_2(params string[] args)
    {
        var run = CommandRun.Of(["demo", .. args]);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.NotEmpty(run.ErrorLine);
    }

    [Theory]
    [InlineData('q', ConsoleKey.Q)]
    [InlineData('\e', ConsoleKey.Escape)]
    public void On_a_terminal_a_key_ends_it_with_a_summary_of_what_was_walked(char character, ConsoleKey key)
    {
        int keysAsked = 0;
        var (exitCode, screen, output) = OnTerminal(
            _ => { },
            () => ++keysAsked == 200 ? new ConsoleKeyInfo(character, key, false, false, false) : null);
        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.EndsWith("\e[?25h\e[?1049l", screen, StringComparison.Ordinal);
        Assert.Contains("SIMULATED", output, StringComparison.Ordinal);
        Assert.Matches(@"time         1\d(\.\d+)? s;", output);
    }

    [Fact]
    public void Ctrl_C_ends_it_cleanly_with_an_exit_code_of_its_own()
    {
        int keysAsked = 0;
        CommandEnvironment? environment = null;
        var (exitCode, screen, output) = OnTerminal(
            made => environment = made,
            () =>
            {
                if (++keysAsked == 100)
                {
                    environment!.RequestStop(ExitCode.Interrupted);
                }

                return null;
            });
        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.EndsWith("\e[?25h\e[?1049l", screen, StringComparison.Ordinal);
        Assert.Contains("SIMULATED", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Screen, string Output) OnTerminal(Action<CommandEnvironment> made,
        Func<ConsoleKeyInfo?> readKey)
    {
        using var console = new TestConsole().EmitAnsiSequences().Width(80).Height(24);
        using var output = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment { Out = output, Error = output, Terminal = console,
            ReadKey = readKey, Culture = CultureInfo.InvariantCulture };
        made(environment);
        int exitCode = ConsoleProgram.RunAsync(() => Root.Build(environment), ["demo", "--fast", "--seconds", "600"],
            environment).GetAwaiter().GetResult();
        return (exitCode, console.Output, output.ToString());
    }

    private static JsonElement Json(params string[] args)
    {
        var run = CommandRun.Of(["demo", "--json", .. args]);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }

    private static int Number(JsonElement demo, string part, string name) =>
        demo.GetProperty(part).GetProperty(name).GetInt32();

    private static string Layout(JsonElement element) => string.Join(
        ' ', element.EnumerateObject()
            .Select(
                one => one.Value.ValueKind == JsonValueKind.Object ? $"{one.Name}[{Layout(one.Value)}]" : one.Name));
}
