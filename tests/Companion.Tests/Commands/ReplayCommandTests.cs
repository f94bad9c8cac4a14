using System.Text.Json;
using Backstep.Companion.Tests.Recording;
using Backstep.Files.Recording;
using Backstep.Terminal;

namespace Backstep.Companion.Tests.Commands;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> BadRecordings => new()
    {
        { "", "is empty" },
        { "# only a comment\n\n", "is empty" },
        { Recordings.Header + "\n", "no samples" },
        { Recordings.Header + "\n0,0,0,1,0,0,0\n", "a single sample" },
        { "time,ax_g,ay_g,az_g,gx,gy_dps,gz_dps\n0,0,0,1,0,0,0\n", "line 1: the header lacks t_s, gx_dps" },
        { "\u0001\u0002PNG;\n", "Is it a CSV file?" },
        { "t_s;ax_g;ay_g;az_g;gx_dps;gy_dps;gz_dps\n0;0;0;1;0;0;0\n", "parted by commas" },
        { Recordings.Header + ",ax_g\n0,0,0,1,0,0,0,1\n", "line 1: the header has column ax_g twice" },
        { "# c\n" + Recordings.Header + "\n0,0,0,1,0,0,0\n0.01,0,0,NaN,0,0,0\n",
            "line 4: 'NaN' in column az_g is not a number" },
        { Recordings.Header + "\n0,0,0,1,0,0,0\n0.01,0,0,1,0,0,Infinity\n",
            "line 3: 'Infinity' in column gz_dps is not a number" },
        { Recordings.Header + "\n0,0,0,1,0,0,0\n0.01,0,ouch,1,0,0,0\n",
            "line 3: 'ouch' in column ay_g is not a number" },
        { Recordings.Header + "\n0,0,0,1,0,0,0\n0.01,0,,1,0,0,0\n",
            "line 3: an empty cell in column ay_g is not a number" },
        { Recordings.Header + "\n0,0,0,1,0,0,0\n0.01,0,0,1,0\n",
            "line 3: the line has 5 cells where the header has 7" },
        { Recordings.Header + "\n0,0,0,1,0,0,0\n0.02,0,0,1,0,0,0\n0.01,0,0,1,0,0,0\n",
            "line 4: time goes backwards (0.02 s, then 0.01 s)" },
        { Recordings.Header + "\n0,0,0,1,0,0,0\n0.01,0,0,1,0,0,0\n0.01,0,0,1,0,0,0\n", "line 4: time stands still" },
        { Recordings.Still(rows: 300, hertz: 40), "is sampled at about 40 Hz; 50 to 1000 Hz can be read" },
        { Recordings.Still(rows: 30, hertz: 5), "is sampled at about 5 Hz" },
        { Recordings.Still(rows: 3000, hertz: 2000), "is sampled at about 2000 Hz" },
    };

    [Theory]
    [MemberData(nameof(BadRecordings))]
    public void Bad_input_is_one_line_exit_3_and_nothing_written(string csv, string why)
    {
        string path = _folder.Write("bad.csv", csv);
        var run = CommandRun.Of("replay", path, "--events", _folder["events.csv"]);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Out));
        Assert.Contains("bad.csv", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(why, run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(["bad.csv"], _folder.Names);
    }

    [Fact]
    public void A_missing_file_is_one_line_and_exit_3()
    {
        var run = CommandRun.Of("replay", _folder["nowhere.csv"]);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Out));
        Assert.Contains("no such file", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_recording()
    {
        var run = CommandRun.Of("replay", _folder.Path);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("it is a folder", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_cannot_be_written_is_told_before_the_work_and_stays()
    {
        string path = _folder.Write("walk.csv", Recordings.Still());
        string events = _folder.Write("events.csv", "mine");
        File.SetAttributes(events, FileAttributes.ReadOnly);
        var run = CommandRun.Of("replay", path, "--events", events);
        Assert.Equal((ExitCode.CannotWrite, ""), (run.ExitCode, run.Out));
        Assert.Contains("read-only", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(events));
        File.SetAttributes(events, FileAttributes.Normal);
    }

    [Fact]
    public void The_recording_itself_is_never_overwritten_by_its_events()
    {
        string path = _folder.Write("walk.csv", Recordings.Still());
        var run = CommandRun.Of("replay", path, "--events", path);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("the recording itself", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(Recordings.Still(), File.ReadAllText(path));
    }

    [Theory]
    [InlineData(ExitCode.Usage, "replay")]
    [InlineData(ExitCode.Usage, "replay", "a.csv", "b.csv")]
    [InlineData(ExitCode.Usage, "replay", "a.csv", "--side", "middle")]
    [InlineData(ExitCode.Usage, "replay", "a.csv", "--mount", "guess")]
    [InlineData(ExitCode.Usage, "replay", "a.csv", "--walked", "sideways")]
    [InlineData(ExitCode.Usage, "replay", "a.csv", "--mount", "x=Y")]
    [InlineData(ExitCode.Usage, "replay", "a.csv", "--sdie", "left")]
    [InlineData(ExitCode.Usage, "repaly", "a.csv")]
    [InlineData(ExitCode.Usage, "replay", "")]
    [InlineData(ExitCode.Usage, "record", "--out", "")]
    public void What_the_command_line_cannot_mean_is_one_line_and_exit_2(int exitCode, params string[] args)
    {
        var run = CommandRun.Of(args);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Out));
        Assert.NotEmpty(run.ErrorLine);
    }

    [Fact]
    public void A_slip_of_the_finger_is_answered_with_the_right_word()
    {
        Assert.Contains("Did you mean 'replay'?", CommandRun.Of("repaly", "x").ErrorLine, StringComparison.Ordinal);
        Assert.Contains("Did you mean '--side'?", CommandRun.Of("replay", "x", "--sied", "left").ErrorLine,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", CommandRun.Of("banana").ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_is_no_error_but_is_told()
    {
        var rows = Recordings.Rows(600, 100, _ => new MotionRow(0, 0, 0, 1, 0, 0, 0))
            .Where(row => row.Seconds is < 2 or > 2.5);
        string path = _folder.Write("gap.csv", Recordings.Csv(rows));
        var run = CommandRun.Of("replay", path);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("gaps           1: 1.990-2.510 s; no stride is made across a gap", run.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_resting_foot_makes_no_strides_and_invents_no_values()
    {
        string path = _folder.Write("still.csv", Recordings.Still());
        var run = CommandRun.Of("replay", path, "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(0, json.RootElement.GetProperty("strides").GetInt32());
        foreach (string name in (string[])["cadenceStepsPerMinute", "strideSecondsMean", "footStrikeDegreesMean",
            "strideMetersMedian", "confidenceMean"])
        {
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty(name).ValueKind);
        }
    }

    [Fact]
    public void The_layout_of_the_json_is_fixed()
    {
        string path = _folder.Write("still.csv", Recordings.Still());
        using var json = JsonDocument.Parse(CommandRun.Of("replay", path, "--json").Out);
        Assert.Equal(
            "schema,file,samples,durationSeconds,rateHertz,mount,"
            + "mountMatrix,mountTurned,side,walked,reversed,synthetic,gaps,strides,direction,landing,"
            + "cadenceStepsPerMinute,strideSecondsMean,"
            + "strideSecondsStandardDeviation,stanceSecondsMean,swingSecondsMean,footStrikeDegreesMean,tiltDegreesMean,"
            + "strideMetersMedian,beltMetersPerSecondMedian,"
            + "impactGMean,confidenceMean,events,notes",
            string.Join(',', json.RootElement.EnumerateObject().Select(property => property.Name)));
        Assert.Equal("backstep.replay/1", json.RootElement.GetProperty("schema").GetString());
    }

    [Fact]
    public void Units_that_look_wrong_are_noted()
    {
        string path = _folder.Write("si.csv",
            Recordings.Csv(Recordings.Rows(200, 100, _ => new MotionRow(0, 0, 0, 9.81, 0, 0, 0))));
        Assert.Contains("looks like m/s2", CommandRun.Of("replay", path).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Played_backwards_is_called_synthetic()
    {
        string path = _folder.Write("still.csv", Recordings.Still());
        Assert.Contains("SYNTHETIC      played backwards in time", CommandRun.Of("replay", path, "--reverse").Out,
            StringComparison.Ordinal);
        using var json = JsonDocument.Parse(CommandRun.Of("replay", path, "--reverse", "--json").Out);
        Assert.True(json.RootElement.GetProperty("reversed").GetBoolean());
        Assert.True(json.RootElement.GetProperty("synthetic").GetBoolean());
    }

    [Fact]
    public void An_empty_name_for_the_events_is_refused_before_the_work()
    {
        var run = CommandRun.Of("replay", _folder.Write("still.csv", Recordings.Still()), "--events", "");
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains("is empty", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_replace_an_older_file_whole()
    {
        string path = _folder.Write("still.csv", Recordings.Still());
        string events = _folder.Write("events.csv", "older\nand longer\n");
        Assert.Equal(ExitCode.Ok, CommandRun.Of("replay", path, "--events", events).ExitCode);
        Assert.Equal(string.Join(',', StrideEventsCsv.Columns) + "\n", File.ReadAllText(events));
        Assert.Equal(["events.csv", "still.csv"], _folder.Names);
    }
}
