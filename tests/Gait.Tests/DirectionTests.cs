using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>When a direction may not be said: strides that do not bear each other out, cues that do not.</summary>
public sealed class DirectionTests
{
    // Heel rises, toes come up through the swing, toes drop: a step forward. The other way round: one backward.
    private static readonly FootMove Forward = new(0.7, 0.5, [new(0.2, 18), new(0.55, -14)]);
    private static readonly FootMove Backward = new(0.7, -0.5, [new(0.2, -18), new(0.55, 14)]);

    // Travels like a step forward and begins like one, but its largest turn in mid-air, of 7.5 degrees, is that of a
    // step backward: 6.5 down, 7 up, 7.5 down, 7 up. Quick, or the foot would pass for flat in between.
    private static readonly FootMove Contradiction = new(0.55, 0.3, [new(0.13, 6.5), new(0.26, -0.5), new(0.42, 7)]);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_foot_that_steps_one_way_is_followed(int way)
    {
        var step = way > 0 ? Forward : Backward;
        var found = Walk(step, step, step);
        Assert.Equal(3, found.Count);
        Assert.All(found, s => Assert.Equal(way > 0 ? Direction.Forward : Direction.Backward, s.Direction));
    }

    [Fact]
    public void Two_lone_strides_of_opposite_direction_do_not_confirm_each_other()
    {
        Assert.Empty(Walk(Forward, Backward));
        Assert.Empty(Walk(Backward, Forward));
    }

    [Fact]
    public void After_a_step_the_other_way_two_that_agree_are_believed() =>
        Assert.Equal([Direction.Backward, Direction.Backward],
            Walk(Forward, Backward, Backward).Select(s => s.Direction));

    [Fact]
    public void A_stride_that_travels_one_way_and_swings_the_other_has_no_direction()
    {
        var found = Walk(Forward, Forward, Contradiction, Forward);
        Assert.Equal(
            [Direction.Forward, Direction.Forward, Direction.Unknown, Direction.Forward],
            found.Select(s => s.Direction));

        // All cues together would do for a direction (StrideJudge.LeastVote is 0.32): only the contradiction forbids
        // it.
        Assert.InRange(found[2].ConfidencePercent, 32, 100);
    }

    private static List<Stride> Walk(params FootMove[] moves)
    {
        var foot = new PitchingFoot(moves);
        return Walking.Run(new GaitEngine(Mount.Identity, FootSide.Right), Sampler.Sample(foot, foot.Seconds));
    }
}
