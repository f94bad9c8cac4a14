using Backstep.Companion.Tests.Sessions;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Live;

public class LiveModelTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LiveModel _model;

    public LiveModelTests() =>
        _model = AnyWalk.Model(new LiveSetup("somebody", false, Units.Metric) { Target = TimeSpan.FromMinutes(3) },
            _time);

    [Fact]
    public void Before_anything_came_nothing_is_claimed()
    {
        var live = _model.Snapshot();
        Assert.Equal((TimeSpan.Zero, null, null, null, null, null, null),
            (live.Walked, live.CadenceStepsPerMinute, live.ToeFirstPercent, live.Feet[0].FootStrikeDegrees,
                live.Feet[0].TiltDegrees, live.BeltMetersPerSecond, live.BatteryPercent));
        Assert.Equal((Posture.Unknown, LinkState.Disconnected, CueKind.Waiting),
            (live.Rails, live.Link, live.Cue.Kind));
        Assert.Empty(live.Feet[0].Marks);
    }

    [Fact]
    public void Events_end_up_where_they_belong()
    {
        _model.Apply(new LinkChanged(LinkState.Connected));
        _model.Apply(new BatteryReceived(55));
        _model.Apply(new SessionReceived(Session(elapsed: 0, toes: Message.Missing, cadence: 88)));
        Walk(4, i => Strides.Make((uint)i + 1, posture: Posture.Held));
        var live = _model.Snapshot();
        Assert.Equal((LinkState.Connected, 55, TimeSpan.FromSeconds(5.38), 88, 100),
            (live.Link, live.BatteryPercent, live.Walked, live.CadenceStepsPerMinute, live.ToeFirstPercent));
        Assert.Equal((-20, 4, 4, Posture.Held),
            (live.Feet[0].FootStrikeDegrees, live.Feet[0].TiltDegrees, live.Strides, live.Rails));
        Assert.Equal(0.9 / 1.4, live.BeltMetersPerSecond!.Value, 0.001);
    }

    /// <summary>A clock that is set in the middle of a hill neither skips an interval nor gives one twice.</summary>
    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Intervals_are_counted_by_the_walks_own_clock(int seconds)
    {
        var clock = new SetClockProvider(_time);
        var model = AnyWalk.Model(new LiveSetup("somebody", false, Units.Metric) { Mode = WalkMode.Hill,
            Intervals = Intervals.Usual }, clock);
        model.Apply(new LinkChanged(LinkState.Connected));
        _time.Advance(Intervals.Usual.GetReady + TimeSpan.FromSeconds(10));
        clock.Ahead = TimeSpan.FromSeconds(seconds);
        _time.Advance(TimeSpan.FromSeconds(5));
        var moment = model.Snapshot().Interval!;
        Assert.Equal((IntervalPhase.Work, 1, TimeSpan.FromSeconds(15)), (moment.Phase, moment.Number, moment.Left));
    }

    [Fact]
    public void Cues_fade_up_a_hill_by_whole_intervals()
    {
        var model = AnyWalk.Model(new LiveSetup("somebody", false, Units.Metric) { Mode = WalkMode.Hill,
            Intervals = Intervals.Usual, Feedback = new FeedbackSchedule(6) }, _time);
        model.Apply(new LinkChanged(LinkState.Connected));
        _time.Advance(Intervals.Usual.GetReady + TimeSpan.FromSeconds(1));
        string quiet = "";
        for (int i = 0; i < Intervals.Usual.Count; i++)
        {
            quiet += model.Snapshot().IsQuiet ? 'q' : '.';
            _time.Advance(Intervals.Usual.Work + Intervals.Usual.Rest);
        }

        Assert.Equal("..qq", quiet);
    }

    [Fact]
    public void The_incline_is_shown_and_spoken_of_when_it_is_not_the_dose()
    {
        var cues = new List<Cue>();
        for (uint i = 1; i <= 60; i++)
        {
            Walk(1, _ => Strides.Make(i));
            _model.Apply(new SessionReceived(new Session(SessionState.Active, false, 1, (int)i, (int)i, 0, 0, 0,
                Message.Missing, Message.Missing, Message.Missing, Message.Missing, Message.Missing, false, 10)));
            var live = _model.Snapshot();
            Assert.Equal((2.0, true), (live.InclinePercent, live.KnowsIncline));
            cues.Add(live.Cue);
        }

        Assert.Equal("The belt is at 2 %; 5 % is the dose. Set it when you stand",
            Assert.Single(cues.Where(cue => cue.Kind == CueKind.Incline).Select(cue => cue.Text).Distinct()));
        Assert.InRange(cues.Count(cue => cue.Kind == CueKind.Incline), 6, 16); // of 84 s twice 8
    }

    [Fact]
    public void The_foot_that_lacks_steps_is_named_though_the_other_walks()
    {
        static Session Lacking(bool lacks) => new(SessionState.Idle, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            lacks, Message.Missing);
        _model.Apply(new StrideReceived(Strides.Make(1), IsReplayed: false), 0, Placement.LeftShoe);
        _model.Apply(new SessionReceived(Lacking(false)), 0, Placement.LeftShoe);
        _model.Apply(new SessionReceived(Lacking(true)), 1, Placement.RightShoe, isLeader: false);
        var cue = _model.Snapshot().Cue;
        Assert.Equal(CueKind.LookAtClip, cue.Kind);
        Assert.StartsWith("Right: your foot moves", cue.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_20_steps_are_kept_oldest_first()
    {
        _model.Apply(new SessionReceived(Session(elapsed: 0, toes: Message.Missing, cadence: 88)));
        Walk(3, i => Strides.Make((uint)i + 1, landing: Landing.Heel));
        Walk(18, i => Strides.Make((uint)i + 4));
        Walk(1, _ => Strides.Make(22, direction: Direction.Forward));
        var live = _model.Snapshot();
        Assert.Equal([StepMark.Heel, .. Enumerable.Repeat(StepMark.Toe, 18), StepMark.Forward], live.Feet[0].Marks);
        Assert.Equal(22, live.Strides);
    }

    [Fact]
    public void Strides_sent_again_later_are_counted_but_nobody_is_corrected_for_them()
    {
        _model.Apply(new SessionReceived(Session(elapsed: 12, toes: Message.Missing, cadence: 88)));
        _model.Apply(new ControlReplied(ControlReply.ClockSet(8 * 1400)));
        for (uint i = 1; i <= 8; i++)
        {
            _model.Apply(new StrideReceived(Strides.Make(i, landing: Landing.Heel, meters: 2), IsReplayed: true));
        }

        var live = _model.Snapshot();
        Assert.Equal((8, CueKind.Waiting), (live.Strides, live.Cue.Kind));
        Assert.Null(live.BeltMetersPerSecond);
    }

    [Fact]
    public void Missing_values_of_a_session_are_null_and_not_a_number()
    {
        _model.Apply(new SessionReceived(Session(elapsed: 3, toes: Message.Missing, cadence: Message.Missing)));
        var live = _model.Snapshot();
        Assert.Null(live.CadenceStepsPerMinute);
        Assert.Null(live.ToeFirstPercent);
    }

    [Fact]
    public void After_a_stop_the_figures_of_the_last_steps_go()
    {
        Walk(8, _ => Strides.Make(posture: Posture.Free));
        _time.Advance(TimeSpan.FromSeconds(6));
        var live = _model.Snapshot();
        Assert.Null(live.Feet[0].FootStrikeDegrees);
        Assert.Equal(Posture.Unknown, live.Rails);
        Assert.Equal(8, live.Feet[0].Marks.Count);
    }

    [Fact]
    public void The_time_that_was_set_is_called()
    {
        _model.Apply(new SessionReceived(Session(elapsed: 0, toes: Message.Missing, cadence: 88)));
        Walk(130, i => Strides.Make((uint)i + 1));
        _time.Advance(TimeSpan.FromSeconds(4.1));
        Assert.Equal(CueKind.TargetReached, _model.Snapshot().Cue.Kind);
    }

    [Fact]
    public void Two_shoes_are_two_feet_each_with_its_own_steps_and_the_cue_names_the_foot()
    {
        for (uint i = 1; i <= 8; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.7));
            _model.Apply(new StrideReceived(Strides.Make(i), false), 0, Placement.RightShoe);
            _time.Advance(TimeSpan.FromSeconds(0.7));
            _model.Apply(new StrideReceived(Strides.Make(i, landing: Landing.Heel), false), 1, Placement.LeftShoe,
                isLeader: false);
            _model.Snapshot();
        }

        var live = _model.Snapshot();
        Assert.Equal([FootSide.Left, FootSide.Right], live.Feet.Select(foot => foot.Side));
        Assert.All(live.Feet[0].Marks, mark => Assert.Equal(StepMark.Heel, mark));
        Assert.All(live.Feet[1].Marks, mark => Assert.Equal(StepMark.Toe, mark));
        Assert.Equal("Left: reach back with the toes: big toe down first, then the heel", live.Cue.Text);
    }

    [Fact]
    public void A_wrist_makes_no_steps_and_the_worst_link_and_battery_are_shown()
    {
        _model.Apply(new ConfigurationReceived(OnTheWrist), 0, Placement.Wrist, isLeader: false);
        _model.Apply(new SessionReceived(Session(elapsed: 0, toes: Message.Missing, cadence: 88)), 1,
            Placement.LeftShoe);
        _model.Apply(new LinkChanged(LinkState.Connected), 0, Placement.Wrist, isLeader: false);
        _model.Apply(new LinkChanged(LinkState.Reconnecting), 1, Placement.LeftShoe);
        _model.Apply(new BatteryReceived(80), 0, Placement.Wrist, isLeader: false);
        _model.Apply(new BatteryReceived(12), 1, Placement.LeftShoe);
        _model.Apply(new StrideReceived(Strides.Make(), false), 0, Placement.Wrist, isLeader: false);
        _model.Apply(new StrideReceived(Strides.Make(), false), 1, Placement.LeftShoe);
        var live = _model.Snapshot();
        Assert.Equal((LinkState.Reconnecting, 12, 1), (live.Link, live.BatteryPercent, live.Strides));
        Assert.Equal(FootSide.Left, Assert.Single(live.Feet).Side);
    }

    [Fact]
    public void The_trend_of_the_foot_strike_angle_is_told_when_there_are_enough_steps()
    {
        Walk(7, _ => Strides.Make());
        Assert.Null(_model.Snapshot().Feet[0].FootStrikeTrendDegrees);
        Walk(13, i => Strides.Make(footStrikeDegrees: -20 + i));
        Assert.InRange(_model.Snapshot().Feet[0].FootStrikeTrendDegrees!.Value, 6, 8);
    }

    private static Configuration OnTheWrist { get; } = new(Placement.Wrist, CadenceConvention.BothFeet, 0, 0,
        Mount.Identity, "");

    private static Session Session(int elapsed, int toes, int cadence) =>
        new(SessionState.Active, false, 1, elapsed, elapsed, 10, 0, 0, toes, Message.Missing, cadence, cadence, 1000);

    /// <summary>What is kept of a session knows no stride of a pause, so the rhythm on the screen does not
    /// either.</summary>
    [Fact]
    public void Strides_of_a_pause_settle_no_rhythm()
    {
        _model.Apply(new LinkChanged(LinkState.Connected));
        Walk(15, i => Strides.Make((uint)i + 1));
        _model.Walk.TogglePause();
        Walk(30, i => Strides.Make((uint)i + 16));
        Assert.False(_model.Snapshot().IsRhythmSettled);
        _model.Walk.TogglePause();
        Walk(15, i => Strides.Make((uint)i + 46));
        Assert.False(_model.Snapshot().IsRhythmSettled);
        Walk(15, i => Strides.Make((uint)i + 61));
        Assert.True(_model.Snapshot().IsRhythmSettled);
    }

    private void Walk(int strides, Func<int, Stride> make)
    {
        for (int i = 0; i < strides; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.4));
            _model.Apply(new StrideReceived(make(i), IsReplayed: false));
            _model.Snapshot();
        }
    }
}
