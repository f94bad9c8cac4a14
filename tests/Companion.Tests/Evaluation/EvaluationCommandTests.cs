using System.Globalization;
using System.Text;
using System.Text.Json;
using Backstep.Companion.Tests.Recording;
using Backstep.Gait;
using Backstep.Terminal;

namespace Backstep.Companion.Tests.Evaluation;

public sealed class EvaluationCommandTests : IDisposable
{
    private static readonly string Real = Path.Combine(AppContext.BaseDirectory, "Recordings");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_recordings_of_the_repository_meet_the_targets_for_real_feet()
    {
        var run = CommandRun.OfLab("recordings", Real, "--check", "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.False(root.GetProperty("synthetic").GetBoolean());
        Assert.Equal(5, root.GetProperty("rows").GetArrayLength());
        Assert.Equal(57, root.GetProperty("total").GetProperty("referenced").GetInt32());
        Assert.Equal(0, root.GetProperty("total").GetProperty("directionWrong").GetInt32());
        Assert.Equal([58, 60],
            root.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("counted"))
                .Where(one => one.ValueKind == JsonValueKind.Number).Select(one => one.GetInt32()));
    }

    [Fact]
    public void Played_backwards_they_are_synthetic_and_go_backward()
    {
        var run = CommandRun.OfLab("recordings", Real, "--reverse", "--check", "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.True(root.GetProperty("synthetic").GetBoolean());
        Assert.All(root.GetProperty("rows").EnumerateArray(),
            row => Assert.True(row.GetProperty("synthetic").GetBoolean()));
        Assert.StartsWith("SYNTHETIC", root.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.InRange(
            root.GetProperty("total").GetProperty("contactMilliseconds").GetProperty("medianAbsolute")
                .GetDouble(), 0, 25);
    }

    [Theory]
    [InlineData(0, ExitCode.Ok)]
    [InlineData(0.1, ExitCode.TargetMissed)]
    public void A_missed_target_is_told_and_ends_with_its_own_exit_code(double lateSeconds, int exitCode)
    {
        Simulated("walk", "# direction: backward\n", lateSeconds);
        var run = CommandRun.OfLab("recordings", _folder.Path, "--check");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains("contact, median error, ms", run.Out, StringComparison.Ordinal);
        if (exitCode != ExitCode.Ok)
        {
            Assert.Contains("targets missed: contact, median error, ms.", run.ErrorLine, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_measured_is_no_target_met()
    {
        _folder.Write("still.csv", Recordings.Still());
        var run = CommandRun.OfLab("recordings", _folder.Path, "--check");
        Assert.Equal(ExitCode.TargetMissed, run.ExitCode);
        Assert.Contains("not measured MISSED", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_direction_may_be_told_for_all_recordings_and_each_may_say_its_own()
    {
        Simulated("one", "", 0);
        Simulated("two", "# direction: backward\n# side: right\n# strides: 11\n", 0);
        using var json =
            JsonDocument.Parse(CommandRun.OfLab("recordings", _folder.Path, "--direction", "forward", "--json").Out);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(["one", "two"], rows.Select(row => row.GetProperty("name").GetString()));
        Assert.Equal(0, rows[0].GetProperty("figures").GetProperty("directionRight").GetInt32());
        Assert.Equal(0, rows[1].GetProperty("figures").GetProperty("directionWrong").GetInt32());
        Assert.Equal(11, rows[1].GetProperty("counted").GetInt32());
    }

    [Fact]
    public void The_mount_beside_a_recording_is_used()
    {
        Simulated("walk", "# direction: backward\n", 0, WalkedRows.BackToFront);
        Assert.Equal(0, Total("directionRight"));
        _folder.Write("walk.mount", "x=-X,y=-Y,z=Z\n");
        Assert.Equal(0, Total("directionWrong"));
        Assert.True(Total("directionRight") > 8);
        _folder.Write("walk.mount", "auto\n"); // with the direction that the recording tells
        Assert.Equal(0, Total("directionWrong"));

        int Total(string name)
        {
            using var json = JsonDocument.Parse(CommandRun.OfLab("recordings", _folder.Path, "--json").Out);
            return json.RootElement.GetProperty("total").GetProperty(name).GetInt32();
        }
    }

    [Theory]
    [InlineData("# direction: sideways\n", "", "", "should say forward or backward")]
    [InlineData("# side: both\n", "", "", "should say left or right")]
    [InlineData("# strides: many\n", "", "", "should say a whole number")]
    [InlineData("", "x=Q", "", "still.mount: 'x=Q' in --mount")]
    [InlineData("", "", "event,t_s\ninitial_contact,99\n", "must use the same clock")]
    [InlineData("", "", "event,t_s\nstep,1\n", "still_events.csv, line 2: 'step' is no event")]
    public void What_lies_beside_a_recording_and_cannot_be_is_one_line_and_exit_3(string comments, string mount,
        string events, string why)
    {
        _folder.Write("still.csv", comments + Recordings.Still());
        if (mount.Length > 0)
        {
            _folder.Write("still.mount", mount);
        }

        if (events.Length > 0)
        {
            _folder.Write("still_events.csv", events);
        }

        var run = CommandRun.OfLab("recordings", _folder.Path, "--csv", _folder["out.csv"]);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("out.csv", _folder.Names);
    }

    [Fact]
    public void Files_that_are_no_recordings_are_left_out_and_named()
    {
        _folder.Write("still.csv", Recordings.Still());
        _folder.Write("strides.csv", "contact_s,clearance_s\n1,2\n");
        var run = CommandRun.OfLab("recordings", _folder.Path);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("left out: strides.csv", run.Out, StringComparison.Ordinal);
        File.Delete(_folder["still.csv"]);
        Assert.Equal(ExitCode.BadInput, CommandRun.OfLab("recordings", _folder.Path).ExitCode);
    }

    [Theory]
    [InlineData("recordings")]
    [InlineData("recordings", "x", "--count", "3")]
    [InlineData("walkers", "--reverse")]
    [InlineData("walkers", "--count", "0")]
    [InlineData("walkers", "one", "2.5")]
    [InlineData("walkers", "one", "0")]
    [InlineData("walkers", "one", "2", "--check")]
    [InlineData("walkers", "one", "2", "--scenario-seeds", "1")]
    [InlineData("walkers", "--json", "--markdown")]
    [InlineData("rails", "recordings", "x", "--check")]
    [InlineData("rails", "--csv", "x.csv")]
    [InlineData("recordings", "x", "--svg", "x.svg")]
    [InlineData("evaluate")]
    public void What_the_command_line_cannot_mean_is_one_line_and_exit_2(params string[] args)
    {
        var run = CommandRun.OfLab(args);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.NotEmpty(run.ErrorLine);
    }

    [Fact]
    public void The_layout_of_the_json_is_fixed()
    {
        using var json =
            JsonDocument.Parse(
                CommandRun.OfLab("walkers", "--count", "2", "--seconds", "8", "--scenario-seeds", "1", "--json").Out);
        var root = json.RootElement;
        Assert.Equal(
            "schema,source,title,synthetic,reversed,seed,rows,total,worst,notWalking,targets,notes,"
            + "rolling,firstStrides,knownAfter", Names(root));
        Assert.Equal("backstep.evaluate/1", root.GetProperty("schema").GetString());
        Assert.Equal("name,synthetic,counted,figures", Names(root.GetProperty("rows")[0]));
        Assert.Equal(
            "found,referenced,matched,missed,extra,elsewhere,recall,precision,directionRight,"
            + "directionWrong,directionUnknown,directionRightShare,directionWrongShare,"
            + "landingRightShare,contactMilliseconds,footOffMilliseconds,cadenceStepsPerMinute,lengthPercent,"
            + "footStrikeDegrees,tiltDegrees,"
            + "knownAfterMilliseconds,lengthRatio,beltSpeedPercent",
            Names(root.GetProperty("total")));
        Assert.Equal("count,medianAbsolute,percentile95Absolute,bias,medianSigned",
            Names(root.GetProperty("total").GetProperty("contactMilliseconds")));
        Assert.Equal("count,median,percentile95",
            Names(root.GetProperty("total").GetProperty("knownAfterMilliseconds")));
        Assert.Equal("scenario,seeds,minutes,trueForward,backward,forward,unknown,invented,inventedWithSeeds",
            Names(root.GetProperty("notWalking")[0]));
        Assert.Equal("foot-flat", root.GetProperty("knownAfter").GetString());
    }

    [Fact]
    public void Plain_text_fits_into_80_columns_and_markdown_has_the_same_rows()
    {
        string plain = CommandRun.OfLab("recordings", Real).Out;
        Assert.All(plain.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.StartsWith("REAL: 5 recordings", plain, StringComparison.Ordinal);
        string markdown = CommandRun.OfLab("recordings", Real, "--markdown").Out;
        Assert.Contains("| strides and direction | found | ref. | hit |", markdown, StringComparison.Ordinal);
        Assert.Contains("| --- | ---: | ---: |", markdown, StringComparison.Ordinal);
        Assert.Contains("| 09_gaitmap_healthy_left |", markdown, StringComparison.Ordinal);
        Assert.Contains("| **total** |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void One_walker_is_played_stride_by_stride_and_to_csv()
    {
        var run = CommandRun.OfLab("walkers", "one", "3", "--seconds", "10", "--csv", _folder["out.csv"]);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("SYNTHETIC: simulated walker 3", run.Out, StringComparison.Ordinal);
        Assert.Contains("contact s", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        string[] lines = File.ReadAllLines(_folder["out.csv"]);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("walker,direction,landing,place,side,speed m/s,", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
    }

    private static string Names(JsonElement element) =>
        string.Join(',', element.EnumerateObject().Select(one => one.Name));

    /// <summary>A simulated backward walk with its true events, moved by so much.</summary>
    private void Simulated(string name, string comments, double lateSeconds, Mount? board = null)
    {
        var walker = WalkedRows.Walker(Direction.Backward, board ?? WalkedRows.Straight);
        _folder.Write($"{name}.csv", "# synthetic\n" + comments + Recordings.Csv(WalkedRows.Of(walker)));
        var events = new StringBuilder("event,t_s\n");
        foreach (var stride in walker.Strides)
        {
            events.Append(CultureInfo.InvariantCulture,
                $"toe_off,{stride.ClearanceSeconds + lateSeconds:0.####}\n"
                + $"initial_contact,{stride.ContactSeconds + lateSeconds:0.####}\n");
        }

        _folder.Write($"{name}_events.csv", events.ToString());
    }
}
