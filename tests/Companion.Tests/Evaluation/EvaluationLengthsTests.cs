using System.Globalization;
using System.Text.Json;
using Backstep.Lab.Evaluation;
using Backstep.Files.Recording;
using Backstep.Companion.Tests.Recording;
using Backstep.Gait;
using Backstep.Terminal;
using Backstep.Walks;

namespace Backstep.Companion.Tests.Evaluation;

/// <summary>Measured lengths beside a recording, starts at random instants, and the grid of rolling stances.</summary>
public sealed class EvaluationLengthsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_found_stride_belongs_to_the_line_within_which_its_contact_lies()
    {
        var lengths = LengthsCsv.Parse(
            new StringReader("# by tape\nlength_m,to_s,from_s,foot\n1,2,1,left\n0.5,4,3,left\n"), "x_lengths.csv");
        var tally = new Tally();
        tally.MeasureLengths(lengths, [Found(1.5), Found(2.5), Found(4)]);
        Assert.Equal([-10.0, 80.0], tally.LengthErrors.Select(error => Math.Round(error, 6))); // 0.9 m each
        var ratio = Figures.Of(tally).LengthRatio;
        Assert.Equal((2, 1.35, 0.9, 1.8), (ratio.Count, ratio.Median, ratio.Percentile5, ratio.Percentile95));
        Assert.Equal([new MeasuredLength(6, 7, 0.5), new MeasuredLength(8, 9, 1)], LengthsCsv.Reversed(lengths, 10));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("from_s,to_s\n", "lacks length_m")]
    [InlineData("from_s,to_s,length_m\n1,2,x\n", "line 2: 'x' in column length_m is not a number")]
    [InlineData("from_s,to_s,length_m\n2,1,1\n", "line 2: a stride must end after it began")]
    [InlineData("from_s,to_s,length_m\n1,2,1\n1.5,3,1\n", "line 3: a stride must end after it began")]
    [InlineData("from_s,to_s,length_m\n1,2,0\n", "line 2: a stride must end after it began")]
    public void Lengths_that_cannot_be_are_one_line(string text, string why)
    {
        var error = Assert.Throws<BadInputException>(() => LengthsCsv.Parse(new StringReader(text), "x_lengths.csv"));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0, ExitCode.Ok)]
    [InlineData(1.2, ExitCode.TargetMissed)]
    public void Lengths_beside_a_recording_are_reported_and_held_against_their_targets(double tape, int exitCode)
    {
        var walker = WalkedRows.Walker(Direction.Backward, WalkedRows.Straight);
        _folder.Write("walk.csv", "# synthetic\n# direction: backward\n" + Recordings.Csv(WalkedRows.Of(walker)));
        var lines = walker.Strides.Skip(2).Zip(walker.Strides.Skip(3), (before, stride) =>
            string.Create(CultureInfo.InvariantCulture,
                $"{before.FootFlatSeconds + 0.02},{stride.FootFlatSeconds + 0.02},{stride.LengthMeters * tape}"));
        _folder.Write("walk_lengths.csv", "from_s,to_s,length_m\n" + string.Join('\n', lines) + "\n");
        var events =
            walker.Strides.Select(
                stride =>
                    string.Create(CultureInfo.InvariantCulture,
                        $"toe_off,{stride.ClearanceSeconds}\ninitial_contact,{stride.ContactSeconds}"));
        _folder.Write("walk_events.csv", "event,t_s\n" + string.Join('\n', events) + "\n");
        var run = CommandRun.OfLab("recordings", _folder.Path, "--check", "--json");
        Assert.Equal(exitCode, run.ExitCode);
        using var json = JsonDocument.Parse(run.Out);
        var ratio = json.RootElement.GetProperty("total").GetProperty("lengthRatio");
        Assert.InRange(ratio.GetProperty("count").GetInt32(), 8, 40);
        Assert.InRange(ratio.GetProperty("median").GetDouble(), 0.97 / tape, 1.03 / tape);
        Assert.Equal(1, json.RootElement.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public void Recordings_start_at_random_instants_forward_and_reversed()
    {
        _folder.Write("walk.csv",
            "# synthetic\n# direction: backward\n"
                + Recordings.Csv(WalkedRows.Of(WalkedRows.Walker(Direction.Backward, WalkedRows.Straight))));
        string Run(int seed) =>
            CommandRun.OfLab("recordings", _folder.Path, "--cuts", "5", "--seed", $"{seed}", "--json").Out;
        string first = Run(3);
        Assert.Equal(first, Run(3));
        Assert.NotEqual(first, Run(4));
        using var json = JsonDocument.Parse(first);
        var waits = json.RootElement.GetProperty("firstStrides").EnumerateArray().ToList();
        Assert.Equal(["walk", "walk", "all", "all"], waits.Select(one => one.GetProperty("name").GetString()));
        Assert.Equal([false, true, false, true], waits.Select(one => one.GetProperty("reversed").GetBoolean()));
        Assert.All(waits, one => Assert.Equal(5, one.GetProperty("starts").GetInt32()));
        Assert.InRange(waits[0].GetProperty("medianSeconds").GetDouble(), 0.5, 10);
    }

    [Fact]
    public void Waits_that_never_end_are_counted_and_in_no_percentile()
    {
        var figures = FirstStrideFigures.Of("walk", false, [1.0, null, 3.0, 2.0]);
        Assert.Equal((4, 1, 2.0, 3.0, 3.0),
            (figures.Starts, figures.Never, figures.MedianSeconds, figures.Percentile95Seconds,
                figures.LongestSeconds));
    }

    [Fact]
    public void The_rolling_grid_has_every_place_slow_walkers_and_steps_of_the_bias()
    {
        var walkers = Enumerable.Range(1, 96).Select(number => RollingGrid.At(1, number)).ToList();
        Assert.Equal(24, walkers.CountBy(who => (who.Walk.Direction, who.Walk.Landing, who.Place)).Count());
        Assert.All(walkers, who => Assert.InRange(Math.Max(who.Walk.LandingRollDps, who.Walk.LiftingRollDps), 10, 35));
        Assert.Equal(32, walkers.Count(who => who.Walk.SpeedMetersPerSecond < 0.3));
        Assert.True(walkers.Min(who => who.Walk.StrideMeters) < 0.2);
        Assert.Equal(24, walkers.Count(who => Math.Abs(who.Chip.GyroscopeBiasStepDps.Length - 20) < 1e-9));
        Assert.Equal(walkers[40].Drawn, RollingGrid.At(1, 41).Drawn);
    }

    [Fact]
    public void The_rolling_grid_is_reported_by_direction_and_clip_with_a_start_in_mid_walk()
    {
        var run = CommandRun.OfLab("walkers", "--rolling", "--count", "12", "--seconds", "12", "--json");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        using var json = JsonDocument.Parse(run.Out);
        var rolling = json.RootElement.GetProperty("rolling");
        Assert.Equal(12, rolling.GetProperty("walkers").GetInt32());
        Assert.Equal(12, rolling.GetProperty("firstStride").GetProperty("starts").GetInt32());
        Assert.Contains("backward, heel clip",
            rolling.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("name").GetString()));
        Assert.Equal(rolling.GetProperty("total").GetProperty("found").GetInt32(),
            rolling.GetProperty("rows").EnumerateArray()
            .Where(row => row.GetProperty("name").GetString()!.EndsWith(" clip", StringComparison.Ordinal))
            .Sum(row => row.GetProperty("figures").GetProperty("found").GetInt32()));
        Assert.True(rolling.GetProperty("total").GetProperty("beltSpeedPercent").GetProperty("count").GetInt32() > 20);
    }

    private static ReplayedStride Found(double contact) => new(Strides.Make(), contact, contact - 0.4, contact + 0.15);
}
