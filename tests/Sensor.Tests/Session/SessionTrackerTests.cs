using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Session;

namespace Backstep.Sensor.Tests.Session;

public sealed class SessionTrackerTests
{
    private readonly SessionTracker _session = new();
    private uint _sequence;
    private double _seconds = 10;

    [Fact]
    public void Two_strides_start_nothing_and_the_third_starts_a_session_that_counts_all_three()
    {
        Walk(1, strideMilliseconds: Stride.Missing);
        Walk(1);
        Assert.Equal(SessionState.Idle, _session.State);

        Walk(1);

        Assert.Equal(SessionState.Active, _session.State);
        Assert.Equal(1u, _session.Id);
        Assert.Equal(3u, _session.BackwardStrides);
        Assert.Equal(400u + 1200 + 1200, _session.ActiveMilliseconds);
        Assert.Equal(_session.ActiveMilliseconds, _session.ElapsedMilliseconds);
    }

    [Fact]
    public void Strides_of_unknown_direction_start_nothing_but_count_once_a_session_runs()
    {
        Walk(10, Direction.Unknown);
        Assert.Equal(SessionState.Idle, _session.State);

        Walk(3);
        Walk(2, Direction.Unknown);

        Assert.Equal(SessionState.Active, _session.State);
        Assert.Equal(3u, _session.BackwardStrides);
        Assert.Equal(2u, _session.UnknownStrides);
    }

    [Fact]
    public void Three_strides_with_a_long_rest_between_do_not_start_a_session()
    {
        Walk(2);
        Rest(5);
        Walk(2);

        Assert.Equal(SessionState.Idle, _session.State);
    }

    [Fact]
    public void It_pauses_after_four_seconds_without_a_stride_and_goes_on_with_the_next()
    {
        Walk(5);
        Rest(3.9);
        Assert.Equal(SessionState.Active, _session.State);
        Rest(0.1);
        Assert.Equal(SessionState.Paused, _session.State);

        Walk(1, strideMilliseconds: Stride.Missing);

        Assert.Equal(SessionState.Active, _session.State);
        Assert.Equal(1u, _session.Id);
        Assert.Equal(6u, _session.BackwardStrides);
    }

    [Fact]
    public void A_pause_counts_as_elapsed_but_not_as_active()
    {
        Walk(5);
        var active = _session.ActiveMilliseconds;
        var elapsed = _session.ElapsedMilliseconds;
        Rest(30);
        Assert.Equal(active, _session.ActiveMilliseconds);
        Assert.Equal(elapsed + 30_000, _session.ElapsedMilliseconds);

        Walk(1, strideMilliseconds: Stride.Missing);

        Assert.Equal(active + 400, _session.ActiveMilliseconds);
    }

    [Fact]
    public void It_ends_two_minutes_after_the_last_stride_and_keeps_its_figures_until_the_next_session()
    {
        Walk(5);
        Rest(119.9);
        Assert.Equal(SessionState.Paused, _session.State);
        Rest(0.1);
        Assert.Equal(SessionState.Ended, _session.State);
        var elapsed = _session.ElapsedMilliseconds;
        Rest(60);
        Assert.Equal(elapsed, _session.ElapsedMilliseconds);
        Assert.Equal(5u, _session.BackwardStrides);

        Walk(3);

        Assert.Equal(SessionState.Active, _session.State);
        Assert.Equal(2u, _session.Id);
        Assert.Equal(3u, _session.BackwardStrides);
    }

    [Fact]
    public void A_pause_by_command_lasts_until_the_start_command_whatever_the_feet_do()
    {
        Walk(5);
        Assert.True(_session.Pause());
        Assert.False(_session.Pause());
        Walk(5);
        Assert.Equal(SessionState.Paused, _session.State);
        Assert.Equal(5u, _session.BackwardStrides);

        Assert.True(_session.Start());
        Walk(2);

        Assert.Equal(SessionState.Active, _session.State);
        Assert.Equal(7u, _session.BackwardStrides);
        Assert.Equal(1u, _session.Id);
    }

    /// <summary>A stride is decided when the foot lies flat again, up to a second after its contact.</summary>
    [Fact]
    public void A_stride_counts_where_its_contact_lies_however_late_it_is_told()
    {
        Walk(5);
        double contact = _seconds + 1.2;
        Rest(1.5);
        Assert.True(_session.Pause());
        Rest(0.3);
        _session.Add(A.Stride(++_sequence, contact));
        Assert.Equal((6u, 400u + (5 * 1200)), (_session.BackwardStrides, _session.ActiveMilliseconds));

        contact = _seconds + 4;
        Rest(4.1);
        Assert.True(_session.Start());
        Rest(0.5);
        _session.Add(A.Stride(++_sequence, contact)); // in the pause, told after it
        Assert.Equal(6u, _session.BackwardStrides);
        Walk(1);
        Assert.Equal(7u, _session.BackwardStrides);
    }

    [Fact]
    public void A_pause_of_its_own_becomes_one_by_command_when_commanded()
    {
        Walk(5);
        Rest(10);
        Assert.Equal(SessionState.Paused, _session.State);
        Assert.True(_session.Pause());

        Walk(1);

        Assert.Equal(SessionState.Paused, _session.State);
    }

    [Fact]
    public void Commands_that_make_no_sense_now_are_refused_and_change_nothing()
    {
        Assert.False(_session.Pause());
        Assert.False(_session.Stop());
        Assert.Equal(0u, _session.Changes);
        Assert.True(_session.Start());
        Assert.False(_session.Start());
        Assert.True(_session.Stop());
        Assert.False(_session.Stop());
        Assert.False(_session.Pause());
        Assert.Equal(SessionState.Ended, _session.State);
    }

    [Fact]
    public void Started_by_command_it_runs_before_the_first_stride_and_pauses_if_none_comes()
    {
        Rest(1);
        _session.Start();
        Assert.Equal(SessionState.Active, _session.State);
        Assert.Equal(1u, _session.Id);
        Rest(4);
        Assert.Equal(SessionState.Paused, _session.State);
        Assert.Equal(4000u, _session.ElapsedMilliseconds);
        Assert.Equal(0u, _session.ActiveMilliseconds);
    }

    [Fact]
    public void A_start_in_the_middle_of_a_swing_never_makes_active_time_longer_than_elapsed_time()
    {
        Rest(1);
        _session.Start();
        _seconds += 0.1;
        _session.Add(A.Stride(++_sequence, _seconds, swingMilliseconds: 400));
        _session.Tick((uint)Math.Round(_seconds * 1000));

        Assert.InRange(_session.ActiveMilliseconds, 1u, _session.ElapsedMilliseconds);
    }

    [Fact]
    public void Reset_forgets_the_figures_but_never_uses_a_number_twice()
    {
        Walk(5);
        _session.Reset();
        Assert.Equal(SessionState.Idle, _session.State);
        Assert.Equal(0u,
            _session.BackwardStrides + _session.ElapsedMilliseconds + _session.ActiveMilliseconds
                + _session.DistanceMillimeters);
        Assert.Equal(0, _session.MeanStepsPerMinuteTenths);

        Walk(3);

        Assert.Equal(2u, _session.Id);
    }

    [Fact]
    public void Shares_count_only_strides_that_are_known()
    {
        Walk(4);
        Walk(1, landing: Landing.Unknown);
        Walk(2, landing: Landing.Heel);
        Walk(3, Direction.Forward, Landing.Heel);
        Walk(1, posture: Posture.Held);
        Walk(1, posture: Posture.Free);

        Assert.Equal(9u, _session.BackwardStrides);
        Assert.Equal(3u, _session.ForwardStrides);
        Assert.Equal(8u, _session.LandedStrides);
        Assert.Equal(6u, _session.ToeFirstStrides);
        Assert.Equal(2u, _session.PosturedStrides);
        Assert.Equal(1u, _session.HeldStrides);
    }

    [Fact]
    public void Distance_and_mean_speed_leave_out_what_could_not_be_measured()
    {
        Walk(4);
        Walk(4, lengthMillimeters: Stride.Missing);

        Assert.Equal(4u * 800, _session.DistanceMillimeters);
        Assert.Equal(800 * 1000 / 1200, _session.MeanMillimetersPerSecond);
    }

    [Fact]
    public void Mean_cadence_is_that_of_the_walking_and_not_of_the_pauses()
    {
        Walk(10);
        Rest(60);
        Walk(1, strideMilliseconds: Stride.Missing);
        Walk(9);

        Assert.Equal(1000, _session.MeanStepsPerMinuteTenths);
    }

    [Fact]
    public void It_lives_through_the_wrap_of_the_sample_clock()
    {
        _seconds = (uint.MaxValue / 1000.0) - 6;
        Walk(3);
        var before = _session.ElapsedMilliseconds;
        for (var i = 0; i < 10; i++)
        {
            _seconds += 1.2;
            var now = unchecked((uint)(long)(_seconds * 1000));
            _session.Add(
                new Stride(++_sequence, now, Direction.Backward, Landing.Toe, Posture.Unknown, 90, -40, 4, 1200, 400,
                    800, 20, 100));
            _session.Tick(now);
        }

        Assert.Equal(SessionState.Active, _session.State);
        Assert.InRange(_session.ElapsedMilliseconds, before + 11_999, before + 12_001);
        Assert.Equal(13u, _session.BackwardStrides);
    }

    [Fact]
    public void The_incline_is_that_of_the_strides_backward_and_missing_while_nobody_walks()
    {
        _session.InclineTenthsPercent = 50;
        Assert.Equal(Stride.Missing, _session.InclineTenthsPercent);
        Walk(3);
        _session.InclineTenthsPercent = Stride.Missing;
        Walk(10);
        Assert.Equal(Stride.Missing, _session.InclineTenthsPercent);
        Assert.Equal(50, _session.MeanInclineTenthsPercent);
        _session.InclineTenthsPercent = 70;
        Walk(3);
        Assert.Equal(70, _session.InclineTenthsPercent);
        Assert.Equal(60, _session.MeanInclineTenthsPercent);

        // Down again, forward: the hill is none the less.
        _session.InclineTenthsPercent = -50;
        Walk(30, Direction.Forward);
        Assert.Equal(-50, _session.InclineTenthsPercent);
        Assert.Equal(60, _session.MeanInclineTenthsPercent);
        Rest(5);
        Assert.Equal(Stride.Missing, _session.InclineTenthsPercent);

        _session.Reset();
        Assert.Equal(Stride.Missing, _session.MeanInclineTenthsPercent);
        Walk(5, Direction.Forward);
        Assert.Equal(-50, _session.MeanInclineTenthsPercent);
    }

    [Theory]
    [InlineData(50, 25)]
    [InlineData(-30, -15)]
    [InlineData(31, 16)]
    [InlineData(-31, -16)]
    [InlineData(0, 0)]
    public void It_is_told_in_fifths_of_a_percent(int tenths, int fifths)
    {
        Walk(3);
        _session.InclineTenthsPercent = tenths;
        Walk(3);
        Assert.Equal(fifths, SessionFigures.Of(_session, lacksStrides: false).InclineFifthsPercent);
    }

    private void Walk(
        int strides, Direction direction = Direction.Backward, Landing landing = Landing.Toe,
        Posture posture = Posture.Unknown,
        int strideMilliseconds = 1200, int lengthMillimeters = 800)
    {
        for (var i = 0; i < strides; i++)
        {
            Rest(1.2);
            _session.Add(
                A.Stride(++_sequence, _seconds, direction, landing, posture, strideMilliseconds,
                    lengthMillimeters: lengthMillimeters));
            _session.Tick((uint)Math.Round(_seconds * 1000));
        }
    }

    private void Rest(double seconds)
    {
        var end = _seconds + seconds;
        for (; _seconds < end - 0.001; _seconds = Math.Min(_seconds + 0.02, end))
        {
            _session.Tick((uint)Math.Round(_seconds * 1000));
        }

        _seconds = end;
        _session.Tick((uint)Math.Round(_seconds * 1000));
    }
}
