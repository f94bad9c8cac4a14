using System.Text.Json;
using Backstep.Companion.Tests.Recording;
using Backstep.Gait;
using Backstep.Terminal;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Tests.Commands;

/// <summary>What a replay does with the walker's own word about the direction.</summary>
public sealed class ReplayWalkedTests : IDisposable
{
    private const string Extreme = "08_gdin_walk_to_run_exp38.csv";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void With_auto_alone_the_sign_of_a_sensor_put_on_the_other_way_comes_out_wrong_and_is_called_an_assumption()
    {
        var run = Replay(Real(Extreme), "--mount", "auto");
        Assert.True(run.Backward > 50);
        Assert.Equal(0, run.Forward);
        Assert.False(run.Turned);
        Assert.Contains("ASSUMED: the arrow points to the toes", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void One_word_of_the_walker_mends_it()
    {
        var run = Replay(Real(Extreme), "--mount", "auto", "--walked", "forward");
        Assert.True(run.Forward > 50);
        Assert.Equal(0, run.Backward);
        Assert.True(run.Turned);
        Assert.Contains("you walked forward, but", run.Notes, StringComparison.Ordinal);
        Assert.Contains("It was turned half round", run.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("ASSUMED", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Played_backwards_the_word_is_still_about_the_walk_as_it_was()
    {
        var run = Replay(Real(Extreme), "--mount", "auto", "--walked", "forward", "--reverse");
        Assert.True(run.Turned);
        Assert.True(run.Backward > 50);
        Assert.Equal(0, run.Forward);
    }

    [Theory]
    [InlineData("07_gdin_walk_slow_exp36.csv")]
    [InlineData("09_gaitmap_healthy_left.csv")]
    [InlineData("10_gaitmap_healthy_right.csv")]
    [InlineData("13_xio_short_walk.csv")]
    public void Where_the_assumption_holds_auto_finds_what_the_true_mount_finds(string name)
    {
        var run = Replay(Real(name), "--mount", "auto", "--walked", "forward");
        Assert.False(run.Turned);
        Assert.DoesNotContain("ASSUMED", run.Notes, StringComparison.Ordinal);
        Assert.Contains("by your word: you walked forward", run.Notes, StringComparison.Ordinal);
        Assert.Equal(0, run.Backward);
        string stem = Real(name)[..^4];
        var known = File.Exists(stem + ".mount")
            ? Replay(Real(name), "--mount", File.ReadAllText(stem + ".mount").Trim()) : Replay(Real(name));
        Assert.InRange(run.Forward, known.Forward - 1, known.Forward + 1);
    }

    [Theory]
    [InlineData(Direction.Backward)]
    [InlineData(Direction.Forward)]
    public void A_clip_back_to_front_under_a_given_mount_is_told_with_the_mount_that_fits(Direction direction)
    {
        var walker = WalkedRows.Walker(direction, WalkedRows.BackToFront);
        string path = _folder.Write("walk.csv", Recordings.Csv(WalkedRows.Of(walker)));
        var wrong = Replay(path, "--walked", StrideText.Of(direction));
        Assert.False(wrong.Turned);
        Assert.Contains("the sensor sat the wrong way round", wrong.Notes, StringComparison.Ordinal);
        Assert.Contains("Turn the clip so that its arrow points to the toes, or replay with --mount \"-1,0,0, "
            + "0,-1,0, 0,0,1\"", wrong.Notes, StringComparison.Ordinal);

        var right = Replay(path, "--walked", StrideText.Of(direction), "--mount", "-1,0,0, 0,-1,0, 0,0,1");
        Assert.Equal("", right.Notes);
        Assert.Equal(0, direction == Direction.Backward ? right.Forward : right.Backward);
        Assert.True(right.Forward + right.Backward > 10);
    }

    [Fact]
    public void When_the_word_fits_nothing_is_said()
    {
        string path = _folder.Write("walk.csv",
            Recordings.Csv(WalkedRows.Of(WalkedRows.Walker(Direction.Backward, WalkedRows.Straight))));
        Assert.Equal("", Replay(path, "--walked", "backward").Notes);
        Assert.Contains("wrong way round", Replay(path, "--walked", "forward").Notes, StringComparison.Ordinal);
    }

    private static string Real(string name) => Path.Combine(AppContext.BaseDirectory, "Recordings", name);

    private static (int Forward, int Backward, bool Turned, string Notes) Replay(string path, params string[] options)
    {
        var run = CommandRun.Of(["replay", path, "--json", .. options]);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        return (
            root.GetProperty("direction").GetProperty("forward").GetInt32(),
            root.GetProperty("direction").GetProperty("backward").GetInt32(),
            root.GetProperty("mountTurned").GetBoolean(),
            string.Join('\n', root.GetProperty("notes").EnumerateArray().Select(note => note.GetString())));
    }
}
