using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Coaching;

public class CoachTests
{
    private readonly FakeTimeProvider _time = new();
    private static readonly WalkMoment Going = new();

    private readonly RecentStrides _recent;
    private readonly Coach _coach;

    private WalkMoment Now => Going with { IsRhythmSettled = _recent.IsRhythmSettled };

    public CoachTests()
    {
        _recent = new RecentStrides(_time);
        _coach = new Coach(_recent, Units.Metric);
    }

    [Fact]
    public void Before_the_first_step_it_says_how_to_begin()
    {
        Assert.Equal(CueKind.Waiting, _coach.Judge(Going).Kind);
    }

    [Fact]
    public void Good_steps_get_no_correction()
    {
        Assert.Equal(CueKind.Steady, Walk(6, _ => Strides.Make()).Kind);
    }

    [Fact]
    public void The_speed_limit_is_2_miles_an_hour()
    {
        Assert.Equal(2 * 0.44704, Coach.BeltLimitMetersPerSecond, 1e-9);
        Assert.Equal(CueKind.Steady, Walk(6, _ => Strides.Make(meters: 0.89 * 1.4)).Kind);
        var cue = Walk(8, _ => Strides.Make(meters: 1.0 * 1.4));
        Assert.Equal((CueKind.TooFast, CueTone.Safety, "Slow the belt down to 3.2 km/h or less"),
            (cue.Kind, cue.Tone, cue.Text));
    }

    [Fact]
    public void A_speed_that_hovers_at_the_limit_does_not_flicker()
    {
        Walk(8, _ => Strides.Make(meters: 1.0 * 1.4));
        var kinds = Enumerable.Range(0, 20)
            .Select(i => Walk(1, _ => Strides.Make(meters: (i % 2 == 0 ? 0.93 : 0.92) * 1.4)).Kind);
        Assert.All(kinds, kind => Assert.Equal(CueKind.TooFast, kind));
        Assert.NotEqual(CueKind.TooFast, Walk(8, _ => Strides.Make(meters: 0.85 * 1.4)).Kind);
    }

    [Fact]
    public void One_odd_stride_changes_nothing()
    {
        Walk(7, _ => Strides.Make());
        Assert.Equal(CueKind.Steady,
            Walk(1, _ => Strides.Make(landing: Landing.Heel, tiltDegrees: 30, meters: 3)).Kind);
    }

    [Fact]
    public void Faults_are_told_in_order_of_urgency()
    {
        static Stride Everything(int i) =>
            Strides.Make(landing: Landing.Heel, tiltDegrees: 20, meters: 1.5,
                strideMilliseconds: i % 2 == 0 ? 1200 : 1700);
        Assert.Equal(CueKind.TooFast, Walk(20, Everything).Kind);
        Assert.Equal(CueKind.HeelFirst,
            Walk(20,
                i => Strides.Make(landing: Landing.Heel, tiltDegrees: 20,
                    strideMilliseconds: i % 2 == 0 ? 1200 : 1700)).Kind);
        Assert.Equal(CueKind.FootTilting,
            Walk(20, i => Strides.Make(tiltDegrees: 20, strideMilliseconds: i % 2 == 0 ? 1200 : 1700)).Kind);
        Assert.Equal(CueKind.Unsteady, Walk(20, i => Strides.Make(strideMilliseconds: i % 2 == 0 ? 1200 : 1700)).Kind);
    }

    [Fact]
    public void Both_edges_of_the_foot_are_named()
    {
        Assert.Contains("outer edge", Walk(8, _ => Strides.Make(tiltDegrees: 14)).Text, StringComparison.Ordinal);
        Assert.Contains("inner edge", Walk(8, _ => Strides.Make(tiltDegrees: -14)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Walking_forward_is_said_and_not_scolded_for_its_heels_or_speed()
    {
        var cue = Walk(8, _ => Strides.Make(direction: Direction.Forward, landing: Landing.Heel, meters: 1.8));
        Assert.Equal((CueKind.FacingForward, CueTone.Neutral), (cue.Kind, cue.Tone));
    }

    [Fact]
    public void An_even_rhythm_is_praised_after_20_strides_and_not_before()
    {
        Assert.Equal(CueKind.Steady, Walk(19, _ => Strides.Make()).Kind);
        Assert.Equal(CueKind.Settled, Walk(1 + SpreadWindow.Before, _ => Strides.Make()).Kind);
    }

    [Fact]
    public void When_the_time_is_up_that_is_said_whatever_else_is_wrong()
    {
        Walk(6, _ => Strides.Make());
        Assert.Equal((CueKind.TargetReached, CueTone.Enough), Said(AtEnd));
        Walk(8, _ => Strides.Make(landing: Landing.Heel, tiltDegrees: 20));
        Assert.Equal((CueKind.TargetReached, CueTone.Enough), Said(AtEnd));
        Walk(8, _ => Strides.Make(direction: Direction.Forward));
        Assert.Equal((CueKind.TargetReached, CueTone.Enough), Said(AtEnd with { IsPaused = true }));
        Walk(8, _ => Strides.Make(meters: 1.5));
        Assert.Equal((CueKind.TooFast, CueTone.Safety), Said(AtEnd));
        Assert.Contains("time is up", _coach.Judge(AtEnd).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_said_when_the_dose_was_passed_and_at_15_minutes_insistently()
    {
        Walk(6, _ => Strides.Make());
        Assert.Contains("since 3:00, 2 minutes ago", At(5).Text, StringComparison.Ordinal);
        var cue = At(15);
        Assert.Equal(CueTone.Safety, cue.Tone);
        Assert.Contains("15 minutes are the most. Your time was up at 3:00", cue.Text, StringComparison.Ordinal);
        Assert.True(cue.Again < At(4).Again);
        Assert.Equal(CueKind.TargetReached, _coach.Judge(Going with { Walked = TimeSpan.FromMinutes(15) }).Kind);
        Assert.Equal(CueKind.Steady,
            _coach.Judge(Going with { Walked = TimeSpan.FromMinutes(15), Mode = WalkMode.Free }).Kind);

        Cue At(int minutes) => _coach.Judge(AtEnd with { Walked = TimeSpan.FromMinutes(minutes) });
    }

    [Fact]
    public void Who_stands_after_the_time_is_not_told_to_stop_unless_the_foot_still_moves()
    {
        Walk(6, _ => Strides.Make());
        _time.Advance(RecentStrides.Stopped);
        Assert.Equal((CueKind.TargetReached, CueTone.Praise), Said(AtEnd));
        Assert.Equal((CueKind.TargetReached, CueTone.Enough), Said(AtEnd with { LacksStrides = true }));
    }

    [Fact]
    public void Strides_that_go_forward_do_not_hide_that_the_others_are_too_fast()
    {
        Walk(8, i => Strides.Make(direction: i % 8 < 5 ? Direction.Forward : Direction.Backward, meters: 1.5));
        Assert.Equal((CueKind.TooFast, CueTone.Safety), Said(Going));
    }

    [Fact]
    public void Who_has_stopped_is_not_corrected_for_what_is_over()
    {
        Walk(8, _ => Strides.Make(meters: 1.5));
        _time.Advance(RecentStrides.Stopped);
        Assert.Equal(CueKind.Waiting, _coach.Judge(Going).Kind);
        Assert.Equal(CueKind.Steady, Walk(1, _ => Strides.Make()).Kind);
    }

    [Fact]
    public void Values_that_were_not_measured_say_nothing()
    {
        static Stride Unmeasured() =>
            new(1, 1000, Direction.Backward, Landing.Unknown, Posture.Unknown, 50, Stride.Missing, Stride.Missing,
                Stride.Missing, 400, Stride.Missing, Stride.Missing, 200);
        Assert.Equal(CueKind.Steady, Walk(20, _ => Unmeasured()).Kind);
        Assert.Null(_recent.BeltMetersPerSecond());
        Assert.Null(_recent.FootStrikeDegrees());
        Assert.Null(_recent.TiltDegrees());
        Assert.Null(_recent.StrideTimeVariationPercent());
    }

    [Fact]
    public void A_foot_that_moves_without_steps_is_sent_to_its_clip()
    {
        var cue = _coach.Judge(Going with { LacksStrides = true });
        Assert.Equal((CueKind.LookAtClip, CueTone.Correction), (cue.Kind, cue.Tone));
        Assert.Contains("look at the clip", cue.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rails_are_to_be_held_until_the_rhythm_is_even()
    {
        Walk(6, _ => Strides.Make());
        Assert.Equal(CueKind.RailsFree, _coach.Judge(Going with { Rails = Posture.Free }).Kind);
        Assert.Equal(CueKind.Steady, _coach.Judge(Going with { Rails = Posture.Held }).Kind);
        Assert.Equal(CueKind.Steady, _coach.Judge(Going with { Rails = Posture.Unknown }).Kind);
        Assert.Equal(CueKind.Steady, _coach.Judge(Going with { Rails = Posture.Free, Mode = WalkMode.Hill }).Kind);
        Assert.Equal(CueKind.Settled, _coach.Judge(Going with { Rails = Posture.Free, IsRhythmSettled = true }).Kind);
        Assert.Contains("Let go of the rails",
            _coach.Judge(Going with { Rails = Posture.Held, IsRhythmSettled = true }).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WalkMode.Treadmill, CueKind.TooFast)]
    [InlineData(WalkMode.Hill, CueKind.Steady)]
    [InlineData(WalkMode.Sled, CueKind.Steady)]
    [InlineData(WalkMode.Free, CueKind.Steady)]
    public void Only_a_belt_has_a_limit_of_speed(WalkMode mode, CueKind expected)
    {
        Walk(8, _ => Strides.Make(meters: 1.5));
        Assert.Equal(expected, _coach.Judge(Going with { Mode = mode }).Kind);
    }

    [Fact]
    public void No_word_of_rails_where_there_are_none()
    {
        foreach (var mode in (WalkMode[])[WalkMode.Hill, WalkMode.Sled, WalkMode.Free])
        {
            Assert.DoesNotContain("rail", _coach.Judge(Going with { Mode = mode }).Text,
                StringComparison.OrdinalIgnoreCase);
            Walk(8, _ => Strides.Make(direction: Direction.Forward));
            Assert.DoesNotContain("rail", _coach.Judge(Going with { Mode = mode }).Text,
                StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Safety_comes_before_a_pause_and_a_pause_before_anything_else()
    {
        Walk(8, _ => Strides.Make(landing: Landing.Heel));
        Assert.Equal(CueKind.Paused, _coach.Judge(Going with { IsPaused = true }).Kind);
        Walk(8, _ => Strides.Make(meters: 1.5));
        Assert.Equal(CueKind.TooFast, _coach.Judge(Going with { IsPaused = true }).Kind);
    }

    [Fact]
    public void In_a_quiet_block_form_is_left_alone_and_safety_and_time_are_not()
    {
        var quiet = Going with { IsQuiet = true };
        Walk(8, _ => Strides.Make(landing: Landing.Heel, tiltDegrees: 20));
        Assert.Equal("QUIET", _coach.Judge(quiet).Headline);
        Assert.Equal(CueKind.TargetReached, _coach.Judge(AtEnd with { IsQuiet = true }).Kind);
        Assert.Equal(CueKind.RailsFree, _coach.Judge(quiet with { Rails = Posture.Free }).Kind);
        Walk(8, _ => Strides.Make(meters: 1.5));
        Assert.Equal(CueKind.TooFast, _coach.Judge(quiet).Kind);
        Walk(8, _ => Strides.Make(direction: Direction.Forward));
        Assert.Equal(CueKind.FacingForward, _coach.Judge(quiet).Kind);
    }

    [Fact]
    public void As_cues_fade_what_is_inside_the_wider_band_is_left_alone()
    {
        Walk(8, i => Strides.Make(landing: i % 2 == 0 ? Landing.Toe : Landing.Heel));
        Assert.Equal(CueKind.HeelFirst, _coach.Judge(Going).Kind);
        Assert.Equal(CueKind.Steady, _coach.Judge(Going with { IsBandWide = true }).Kind);
        Walk(8, _ => Strides.Make(landing: Landing.Heel));
        Assert.Equal(CueKind.HeelFirst, _coach.Judge(Going with { IsBandWide = true }).Kind);
    }

    private static WalkMoment AtEnd { get; } =
        new() { Target = TimeSpan.FromMinutes(3), Walked = TimeSpan.FromMinutes(3) };

    private (CueKind, CueTone) Said(WalkMoment moment)
    {
        var cue = _coach.Judge(moment);
        return (cue.Kind, cue.Tone);
    }

    private Cue Walk(int strides, Func<int, Stride> make)
    {
        for (int i = 0; i < strides; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.4));
            _recent.Add(make(i));
            _coach.Judge(Now);
        }

        return _coach.Judge(Now);
    }
}
