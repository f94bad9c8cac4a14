using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>What a pause holds, to the moment: everything else that counts or does not follows from it.</summary>
public sealed class PausesTests
{
    private static readonly SessionSensor[] Feet =
        [new SessionSensor("shoe", null, Placement.RightShoe), new SessionSensor("wrist", null, Placement.Wrist)];

    [Fact]
    public void A_pause_holds_its_beginning_and_not_its_end()
    {
        var pauses = Of((10, 20), (30, 40));
        Assert.Equal([false, true, true, false, false, true, false],
            new[] { 9.9, 10, 19.9, 20, 29.9, 30, 40 }.Select(at => pauses.Hold(Seconds(at))));
        Assert.False(pauses.IsOn);
        Assert.Null(pauses.OnSince);
    }

    [Fact]
    public void Whoever_pauses_twice_pauses_once_and_whoever_goes_on_goes_on()
    {
        var pauses = new Pauses();
        pauses.End(Seconds(5));
        pauses.Begin(Seconds(10));
        pauses.Begin(Seconds(12));
        Assert.True(pauses.IsOn);
        Assert.Equal(Seconds(10), pauses.OnSince);
        Assert.True(pauses.Hold(Seconds(1e6)));
        pauses.End(Seconds(20));
        pauses.End(Seconds(25));
        Assert.Equal([(Seconds(10), Seconds(20))], pauses.Before(Seconds(100)));
        pauses.Begin(Seconds(30));
        pauses.End(Seconds(30)); // took no time
        Assert.Equal([(Seconds(10), Seconds(20))], pauses.Before(Seconds(100)));
    }

    [Fact]
    public void Marks_in_any_order_make_the_same_pauses()
    {
        SessionMark[] marks =
        [
            new(Seconds(20), MarkKind.Resumed), new(Seconds(10), MarkKind.Paused), new(Seconds(15), MarkKind.Walker),
            new(Seconds(30), MarkKind.Paused),
        ];
        var pauses = Pauses.Of(marks);
        Assert.Equal([(Seconds(10), Seconds(20)), (Seconds(30), Seconds(45))], pauses.Before(Seconds(45)));
        Assert.True(pauses.IsOn);
    }

    [Fact]
    public void Those_before_a_moment_begin_with_the_session_and_end_with_it()
    {
        var pauses = Of((-5, 3), (10, 20), (30, 40));
        Assert.Equal([(Seconds(0), Seconds(3)), (Seconds(10), Seconds(15))], pauses.Before(Seconds(15)));
        Assert.Equal([(Seconds(0), Seconds(3))], pauses.Before(Seconds(10)));
        Assert.Empty(Of((-5, 0)).Before(Seconds(15)));
    }

    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(0, 15, 10)]
    [InlineData(15, 25, 5)]
    [InlineData(12, 18, 0)]
    [InlineData(0, 50, 30)]
    [InlineData(20, 30, 10)]
    public void Time_between_two_moments_is_what_lies_in_none(double from, double until, double outside) =>
        Assert.Equal(Seconds(outside), Of((10, 20), (30, 40)).Outside(Seconds(from), Seconds(until)));

    [Fact]
    public void Strides_of_feet_outside_count_in_their_order()
    {
        var pauses = Of((10, 20));
        KeptStride[] strides = [Kept(25), Kept(5), Kept(10), Kept(19), Kept(7, sensor: 1), Kept(6, sensor: 2)];
        Assert.Equal([5, 6, 25], pauses.Walked(Feet, strides).Select(kept => kept.At.TotalSeconds));
    }

    [Theory]
    [InlineData(20.3, 1400, 450, Stride.Missing, 300)] // in the middle of its swing
    [InlineData(20.45, 1400, 450, Stride.Missing, 450)] // of its stance
    [InlineData(21.4, 1400, 450, 1400, 450)] // it began with the pause's end
    [InlineData(21.39, 1400, 450, Stride.Missing, 450)]
    [InlineData(9.9, 1400, 450, 1400, 450)]
    public void A_stride_over_the_end_of_a_pause_is_the_first_of_a_bout(double at, int stride, int swing,
        int strideLeft, int swingLeft)
    {
        var walked = Assert.Single(Of((10, 20)).Walked(Feet, [Kept(at, stride: stride, swing: swing)])).Stride;
        Assert.Equal((strideLeft, swingLeft), (walked.StrideMilliseconds, walked.SwingMilliseconds));
        Assert.Equal((3u, Direction.Backward, Landing.Toe, Posture.Held, 90, -40, 8, 900, 25, 200),
            (walked.Sequence, walked.Direction, walked.Landing, walked.Posture, walked.ConfidencePercent,
                walked.FootStrikeHalfDegrees, walked.TiltHalfDegrees, walked.LengthMillimeters, walked.ImpactTenthsG,
                walked.DecisionMilliseconds));
    }

    private static Pauses Of(params (double From, double Until)[] spans)
    {
        var pauses = new Pauses();
        foreach (var (from, until) in spans)
        {
            pauses.Begin(Seconds(from));
            pauses.End(Seconds(until));
        }

        return pauses;
    }

    private static KeptStride Kept(double at, int sensor = 0, int stride = 1400, int swing = 450) => new(sensor, 1,
        Seconds(at), new Stride(
            sequence: 3,
            contactMilliseconds: (uint)(at * 1000),
            direction: Direction.Backward,
            landing: Landing.Toe,
            posture: Posture.Held,
            confidencePercent: 90,
            footStrikeHalfDegrees: -40,
            tiltHalfDegrees: 8,
            strideMilliseconds: stride,
            swingMilliseconds: swing,
            lengthMillimeters: 900,
            impactTenthsG: 25,
            decisionMilliseconds: 200), Posture.Held);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
