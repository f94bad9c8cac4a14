using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Coaching;

public class IntervalsTests
{
    private static readonly Intervals Usual = Intervals.Usual;

    [Theory]
    [InlineData(0, IntervalPhase.GetReady, 1, 15)]
    [InlineData(14, IntervalPhase.GetReady, 1, 1)]
    [InlineData(15, IntervalPhase.Work, 1, 30)]
    [InlineData(44, IntervalPhase.Work, 1, 1)]
    [InlineData(45, IntervalPhase.Rest, 2, 60)]
    [InlineData(105, IntervalPhase.Work, 2, 30)]
    [InlineData(285, IntervalPhase.Work, 4, 30)]
    [InlineData(315, IntervalPhase.Done, 4, 0)]
    [InlineData(9000, IntervalPhase.Done, 4, 0)]
    public void Four_times_30_s_with_a_minute_between(double seconds, IntervalPhase phase, int number, double left)
    {
        var moment = Usual.At(TimeSpan.FromSeconds(seconds));
        Assert.Equal((phase, number, 4, TimeSpan.FromSeconds(left)),
            (moment.Phase, moment.Number, moment.Of, moment.Left));
        Assert.Equal(TimeSpan.FromSeconds(315), Usual.Length);
    }

    [Fact]
    public void Time_never_runs_backward_within_a_phase_and_phases_follow_each_other()
    {
        var last = Usual.At(TimeSpan.Zero);
        for (int tenths = 1; tenths < 3200; tenths++)
        {
            var moment = Usual.At(TimeSpan.FromSeconds(tenths / 10.0));
            Assert.True(
                moment.Phase == last.Phase ? moment.Left < last.Left
                    || moment.Phase == IntervalPhase.Done : last.Left <= TimeSpan.FromSeconds(0.1));
            last = moment;
        }
    }

    [Theory]
    [InlineData(WalkMode.Hill, 1, "foot of the hill")]
    [InlineData(WalkMode.Sled, 1, "face the sled")]
    [InlineData(WalkMode.Hill, 11, "Ready")]
    [InlineData(WalkMode.Hill, 16, "Go: backward up the hill")]
    [InlineData(WalkMode.Sled, 16, "Go: drag the sled backward")]
    [InlineData(WalkMode.Hill, 41, "Five seconds more")]
    [InlineData(WalkMode.Hill, 50, "back down")]
    [InlineData(WalkMode.Hill, 101, "interval 2 of 4")]
    [InlineData(WalkMode.Hill, 400, "All intervals done")]
    public void It_is_said_what_to_do_now(WalkMode mode, double seconds, string expected)
    {
        Assert.Contains(expected, Intervals.CueFor(Usual.At(TimeSpan.FromSeconds(seconds)), mode)!.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_middle_of_an_interval_the_steps_come_first()
    {
        Assert.Null(Intervals.CueFor(Usual.At(TimeSpan.FromSeconds(30)), WalkMode.Hill));
    }

    [Theory]
    [InlineData(WalkMode.Treadmill, false)]
    [InlineData(WalkMode.Hill, true)]
    [InlineData(WalkMode.Sled, true)]
    [InlineData(WalkMode.Free, false)]
    public void Hill_and_sled_are_walked_in_intervals(WalkMode mode, bool expected) =>
        Assert.Equal(expected, Intervals.AreFor(mode));
}
