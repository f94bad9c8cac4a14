using Backstep.Companion.Bluetooth;
using Backstep.Companion.Coaching;
using Backstep.Companion.Live;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Live;

public class LiveModelTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LiveModel _model;

    public LiveModelTests() => _model = new LiveModel("somebody", simulated: false, TimeSpan.FromMinutes(3), Units.Metric, _time);

    [Fact]
    public void Before_anything_came_nothing_is_claimed()
    {
        var live = _model.Snapshot();
        Assert.Equal((TimeSpan.Zero, null, null, null, null, null, null), (live.Elapsed, live.CadenceStepsPerMinute, live.ToeFirstPercent, live.FootStrikeDegrees, live.TiltDegrees, live.BeltMetersPerSecond, live.BatteryPercent));
        Assert.Equal((Posture.Unknown, LinkState.Disconnected, CueKind.Waiting), (live.Rails, live.Link, live.Cue.Kind));
        Assert.Empty(live.Marks);
    }

    [Fact]
    public void Events_end_up_where_they_belong()
    {
        _model.Apply(new LinkChanged(LinkState.Connected));
        _model.Apply(new BatteryReceived(55));
        _model.Apply(new SessionReceived(Session(elapsed: 61, toes: 90, cadence: 88)));
        Walk(4, i => Strides.Make((uint)i + 1, posture: Posture.Held));
        var live = _model.Snapshot();
        Assert.Equal((LinkState.Connected, 55, TimeSpan.FromSeconds(61), 88, 90), (live.Link, live.BatteryPercent, live.Elapsed, live.CadenceStepsPerMinute, live.ToeFirstPercent));
        Assert.Equal((-20, 4, 4, Posture.Held), (live.FootStrikeDegrees, live.TiltDegrees, live.Strides, live.Rails));
        Assert.Equal(0.9 / 1.4, live.BeltMetersPerSecond!.Value, 0.001);
    }

    [Fact]
    public void The_last_20_steps_are_kept_oldest_first()
    {
        Walk(3, _ => Strides.Make(landing: Landing.Heel));
        Walk(18, _ => Strides.Make());
        Walk(1, _ => Strides.Make(direction: Direction.Forward));
        var live = _model.Snapshot();
        Assert.Equal([StepMark.Heel, .. Enumerable.Repeat(StepMark.Toe, 18), StepMark.Forward], live.Marks);
        Assert.Equal(22, live.Strides);
    }

    [Fact]
    public void Strides_sent_again_later_are_counted_but_nobody_is_corrected_for_them()
    {
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
        Assert.Null(live.FootStrikeDegrees);
        Assert.Equal(Posture.Unknown, live.Rails);
        Assert.Equal(8, live.Marks.Count);
    }

    [Fact]
    public void The_time_that_was_set_is_called()
    {
        Walk(5, _ => Strides.Make());
        _model.Apply(new SessionReceived(Session(elapsed: 180, toes: 100, cadence: 90)));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(CueKind.TargetReached, _model.Snapshot().Cue.Kind);
    }

    private static Session Session(int elapsed, int toes, int cadence) =>
        new(SessionState.Active, false, 1, elapsed, elapsed, 10, 0, 0, toes, Message.Missing, cadence, cadence, 1000);

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
