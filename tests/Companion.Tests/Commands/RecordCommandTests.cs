using System.Globalization;
using System.Text.Json;
using Backstep.Companion.Tests.Recording;
using Backstep.Terminal;

namespace Backstep.Companion.Tests.Commands;

public sealed class RecordCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_recorded_says_that_it_is_synthetic_and_has_every_sample()
    {
        var run = CommandRun.Of("record", "--seconds", "12", "--out", _folder["walk.csv"]);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        string[] lines = File.ReadAllLines(_folder["walk.csv"]);
        Assert.StartsWith("# synthetic", lines[0], StringComparison.Ordinal);
        Assert.Contains("scenario backward, seed 1", lines[1], StringComparison.Ordinal);
        Assert.Equal(Recordings.Header, lines[3]);
        Assert.Equal(4 + 1200, lines.Length);
        Assert.Equal(["walk.csv"], _folder.Names);
    }

    [Fact]
    public void A_replay_of_it_finds_the_true_strides_at_their_true_times()
    {
        CommandRun.Of("record", "--scenario", "mixed", "--seconds", "75", "--out", _folder["walk.csv"], "--truth",
            _folder["truth.csv"]);
        var replay = CommandRun.Of("replay", _folder["walk.csv"], "--side", "right", "--events", _folder["events.csv"]);
        Assert.Equal(ExitCode.Ok, replay.ExitCode);
        Assert.Contains("SYNTHETIC      recorded from a simulated walker", replay.Out, StringComparison.Ordinal);
        var truth = Rows("truth.csv");
        var found = Rows("events.csv");
        Assert.InRange(truth.Count, 40, 70);
        Assert.Equal(truth.Select(row => row["direction"]), found.Select(row => row["direction"]));
        var errors = truth.Zip(found, (one, other) => Seconds(other) - Seconds(one)).ToArray();
        Assert.All(errors, error => Assert.InRange(error, -0.04, 0.04));
        Assert.InRange(errors.Average(), -0.01, 0.01); // the radio's delays are not in the truth's clock
    }

    [Fact]
    public void The_engine_finds_in_the_recording_what_it_found_on_the_sensor()
    {
        CommandRun.Of("record", "--seconds", "41", "--out", _folder["walk.csv"]);
        using var replay =
            JsonDocument.Parse(CommandRun.Of("replay", _folder["walk.csv"], "--side", "right", "--json").Out);
        using var demo = JsonDocument.Parse(CommandRun.Of("demo", "--seconds", "41", "--json").Out);
        foreach (string counts in (string[])["direction", "landing"])
        {
            Assert.InRange(
                Math.Abs(replay.RootElement.GetProperty(counts).EnumerateObject().Sum(one => one.Value.GetInt32())
                    - demo.RootElement.GetProperty(counts).EnumerateObject().Sum(one => one.Value.GetInt32())),
                0,
                1); // the recording starts a little later
        }
    }

    [Fact]
    public void An_existing_file_is_kept_unless_force_is_given()
    {
        _folder.Write("walk.csv", "mine");
        var run = CommandRun.Of("record", "--seconds", "2", "--out", _folder["walk.csv"]);
        Assert.Equal((ExitCode.CannotWrite, ""), (run.ExitCode, run.Out));
        Assert.Contains("--force", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder["walk.csv"]));
        Assert.Equal(ExitCode.Ok,
            CommandRun.Of("record", "--seconds", "2", "--out", _folder["walk.csv"], "--force").ExitCode);
        Assert.StartsWith("# synthetic", File.ReadAllText(_folder["walk.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void When_one_of_two_files_cannot_be_written_none_is()
    {
        _folder.Write("truth.csv", "mine");
        var run = CommandRun.Of("record", "--seconds", "2", "--out", _folder["walk.csv"], "--truth",
            _folder["truth.csv"]);
        Assert.Equal(ExitCode.CannotWrite, run.ExitCode);
        Assert.Equal(["truth.csv"], _folder.Names);
    }

    [Theory]
    [InlineData(ExitCode.Usage)]
    [InlineData(ExitCode.Usage, "--out", "same.csv", "--truth", "same.csv")]
    [InlineData(ExitCode.Usage, "--out", "x.csv", "--scenario", "moonwalk")]
    [InlineData(ExitCode.CannotWrite, "--out", "no/such/folder/x.csv")]
    public void What_cannot_be_done_is_one_line_and_leaves_nothing(int exitCode, params string[] args)
    {
        var inFolder = args.Select(arg => arg.EndsWith(".csv", StringComparison.Ordinal) ? _folder[arg] : arg);
        var run = CommandRun.Of(["record", .. inFolder]);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Out));
        Assert.NotEmpty(run.ErrorLine);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void The_layout_of_the_json_is_fixed()
    {
        using var json =
            JsonDocument.Parse(CommandRun.Of("record", "--seconds", "3", "--out", _folder["walk.csv"], "--json").Out);
        Assert.Equal(
            "schema,synthetic,file,truth,scenario,seed,sensor,samples,missingSamples,durationSeconds",
            string.Join(',', json.RootElement.EnumerateObject().Select(one => one.Name)));
        Assert.Equal((300, 0),
            (json.RootElement.GetProperty("samples").GetInt32(),
                json.RootElement.GetProperty("missingSamples").GetInt32()));
    }

    [Fact]
    public void Samples_lost_with_the_link_leave_a_gap_in_time()
    {
        using var json =
            JsonDocument.Parse(
                CommandRun.Of("record", "--scenario", "dropout", "--seconds", "40", "--out", _folder["walk.csv"],
                    "--json").Out);
        int missing = json.RootElement.GetProperty("missingSamples").GetInt32();
        Assert.InRange(missing, 300, 1300); // 8 s without a link, up to 4 s until the next attempt, and its time
        using var replay = JsonDocument.Parse(CommandRun.Of("replay", _folder["walk.csv"], "--json").Out);
        var gap = Assert.Single(replay.RootElement.GetProperty("gaps").EnumerateArray());
        Assert.Equal(missing / 100.0,
            gap.GetProperty("toSeconds").GetDouble() - gap.GetProperty("fromSeconds").GetDouble() - 0.01, 0.001);
    }

    private static double Seconds(Dictionary<string, string> row) =>
        double.Parse(row["contact_s"], CultureInfo.InvariantCulture);

    private List<Dictionary<string, string>> Rows(string name)
    {
        string[] lines = File.ReadAllLines(_folder[name]);
        string[] header = lines[0].Split(',');
        return [
            .. lines.Skip(1)
                .Select(line => header.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
