namespace Backstep.Gait.Tests;

/// <summary>What each cue weighs, and from where on it is as sure as it gets.</summary>
public sealed class DirectionVoteTests
{
    private static readonly float Degree = Inner.Constant<float>("PitchLobes", "Degree");
    private static readonly Voting Of = Inner.Method<Voting>("DirectionVote", "Of");

    private delegate float Voting(float travelMeters, float swingTurned, float firstTurned, float lastTurned,
        out bool contradictory);

    [Theory]
    [InlineData(0.1, 0, 0, 0, 0.2)]
    [InlineData(0.4, 0, 0, 0, 0.4)]
    [InlineData(-0.4, 0, 0, 0, -0.4)]
    [InlineData(0, -10, 0, 0, 0.15)]
    [InlineData(0, -40, 0, 0, 0.3)]
    [InlineData(0, 40, 0, 0, -0.3)]
    [InlineData(0, 0, 6, 0, 0.1)]
    [InlineData(0, 0, 24, 0, 0.2)]
    [InlineData(0, 0, -24, 0, -0.2)]
    [InlineData(0, 0, 0, 6, 0.05)]
    [InlineData(0, 0, 0, 24, 0.1)]
    [InlineData(0, 0, 0, -24, -0.1)]
    [InlineData(0.1, -10, 6, 6, 0.5)]
    [InlineData(-0.4, 40, -24, -24, -1)]
    public void Each_cue_has_its_weight_and_its_end(double meters, double swing, double first, double last,
        double vote) => Assert.Equal(vote, Vote(meters, swing, first, last).Vote, 1e-4);

    [Theory]
    [InlineData(0.2, 10, true)]
    [InlineData(-0.2, -10, true)]
    [InlineData(0.2, -10, false)]
    [InlineData(0.2, 2, false)] // hardly swung
    [InlineData(0.04, 10, false)] // hardly travelled
    [InlineData(0.04, 20, true)]
    public void Travel_and_swing_contradict_each_other_only_where_both_are_sure_enough(double meters, double swing,
        bool contradictory) => Assert.Equal(contradictory, Vote(meters, swing, 0, 0).Contradictory);

    private static (double Vote, bool Contradictory) Vote(double meters, double swing, double first, double last)
    {
        float vote = Of((float)meters, (float)swing * Degree, (float)first * Degree, (float)last * Degree,
            out bool contradictory);
        return (vote, contradictory);
    }
}
