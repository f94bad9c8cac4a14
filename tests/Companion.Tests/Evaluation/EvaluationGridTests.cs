using Backstep.Files.Recording;
using Backstep.Lab;
using Backstep.Lab.Evaluation;

namespace Backstep.Companion.Tests.Evaluation;

public sealed class EvaluationGridTests
{
    private const double Short = 8;

    [Fact]
    public void The_same_seed_gives_the_same_figures_whatever_the_size_of_the_grid()
    {
        var six = GridEvaluation.Run(3, 6, Short, CancellationToken.None);
        var again = GridEvaluation.Run(3, 4, Short, CancellationToken.None);
        Assert.Equal(six.Take(4).Select(one => one.Tally.ContactErrors), again.Select(one => one.Tally.ContactErrors));
        Assert.Equal(six[5].Tally.LengthErrors, GridEvaluation.One(3, 6, Short).Tally.LengthErrors);
        Assert.Equal(six[5].Walker.Drawn, WalkerGrid.At(3, 6).Drawn);
        Assert.NotEqual(six[5].Walker.Drawn, WalkerGrid.At(4, 6).Drawn);
        Assert.All(six, one => Assert.True(one.Tally.Matched > 0));
    }

    [Fact]
    public void Every_combination_of_direction_landing_and_position_comes_as_often()
    {
        var walkers = Enumerable.Range(1, 48).Select(number => WalkerGrid.At(1, number)).ToList();
        var combinations = walkers.CountBy(who => (who.Walk.Direction, who.Walk.Landing, who.Place)).ToList();
        Assert.Equal(24, combinations.Count);
        Assert.All(combinations, one => Assert.Equal(2, one.Value));
    }

    [Fact]
    public void What_is_drawn_fills_its_range_and_is_what_the_walker_gets()
    {
        var walkers = Enumerable.Range(1, 500).Select(number => WalkerGrid.At(1, number)).ToList();
        for (int i = 0; i < WalkerGrid.Ranges.Count; i++)
        {
            var (range, drawn) = (WalkerGrid.Ranges[i], walkers.Select(who => who.Drawn[i]).ToList());
            double width = range.High - range.Low;
            Assert.True(drawn.Min() >= range.Low && drawn.Min() < range.Low + (0.02 * width), range.Name);
            Assert.True(drawn.Max() <= range.High && drawn.Max() > range.High - (0.02 * width), range.Name);
            Assert.InRange(drawn.Average(), range.Low + (0.45 * width), range.High - (0.45 * width));
        }

        int Index(string name) => WalkerGrid.Ranges.Index().Single(pair => pair.Item.Name == name).Index;
        Assert.All(walkers, who =>
        {
            Assert.Equal(who.Drawn[Index("speed")], who.Walk.SpeedMetersPerSecond);
            Assert.Equal(who.Drawn[Index("incline")], who.Settings.InclinePercent);
            Assert.Equal(who.Drawn[Index("clip slope")], who.Settings.Place.PitchUpDegrees);
            Assert.Equal(who.Drawn[Index("clip yaw")], who.Settings.Place.YawDegrees);
            Assert.Equal(who.Drawn[Index("noise against data sheet")], who.Chip.NoiseFactor);
            Assert.Equal(who.Drawn[Index("gyroscope bias z")], who.Chip.GyroscopeBiasDps.Z);
            Assert.Equal(who.Drawn[Index("accelerometer bias z")], who.Chip.AccelerometerBiasG.Z);
        });
    }

    [Fact]
    public void A_small_grid_meets_the_targets()
    {
        var walkers = GridEvaluation.Run(11, 24, 20, CancellationToken.None);
        var report = Reports.OfWalkers(11, 20, walkers, null, NotWalking.Run(11, 1, CancellationToken.None), 5,
            check: true);
        Assert.All(report.Targets, target => Assert.True(target.Met, $"{target.Name}: {target.Value}"));
        Assert.Equal(Targets.Simulated.Count, report.Targets.Count);
        Assert.Equal(6, report.Rows.Count);
        Assert.Equal(report.Total.Found, report.Rows.Sum(row => row.Figures.Found));
        Assert.Equal(NotWalking.Names, report.NotWalking.Select(one => one.Scenario));
        Assert.True(report.Synthetic);

        // The engine's clock and the walker's are the same one.
        Assert.InRange(report.Total.ContactMilliseconds.Bias!.Value, -10, 10);
    }

    [Theory]
    [InlineData(true, 1.1)]
    [InlineData(false, -1)]
    public void An_impossible_target_is_missed(bool atLeast, double bound)
    {
        var report = Reports.OfWalkers(1, Short, GridEvaluation.Run(1, 2, Short, CancellationToken.None), null, [], 0,
            check: false);
        Assert.False(new Target("recall", atLeast, bound, one => one.Total.Recall).Check(report).Met);
        Assert.True(new Target("recall", atLeast, atLeast ? 0 : 1, one => one.Total.Recall).Check(report).Met);
        Assert.False(new Target("nothing", false, 1, _ => null).Check(report).Met);
    }

    [Fact]
    public void The_worst_come_first_and_only_those_with_faults()
    {
        var good = Walker(new ReferenceContact(1), 1.0);
        var missed = Walker(new ReferenceContact(1), 5.0); // missed and invented
        var unknown = Walker(new ReferenceContact(1), 1.0, Gait.Direction.Unknown);
        var wrong = Walker(new ReferenceContact(1), 1.0, Gait.Direction.Forward);
        Assert.Equal([wrong, missed, unknown], GridEvaluation.Worst([good, unknown, missed, wrong]));
    }

    [Fact]
    public void Stride_by_stride_says_what_was_missed_and_what_invented()
    {
        using var writer = new StringWriter();
        StrideByStride.Write(writer, Walker(new ReferenceContact(1) { Direction = Gait.Direction.Backward }, 5.0));
        string text = writer.ToString();
        Assert.Matches("1\\.00 +MISSED", text);
        Assert.Matches("5\\.00 +EXTRA", text);
        Assert.Contains("SYNTHETIC: simulated walker 1", text, StringComparison.Ordinal);
    }

    private static EvaluatedWalker Walker(ReferenceContact truth, double found,
        Gait.Direction direction = Gait.Direction.Backward) => new(
        WalkerGrid.At(1, 1),
        Tally.Of(
            Reference.Complete(Gait.Direction.Backward, [truth], []),
            [new ReplayedStride(Strides.Make(direction: direction), found, found - 0.4, found + 0.2)]));
}
