using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Store;
using Backstep.Walks;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>A sensor's events in, a session out. The sensor's clock stood at 100 s when the test's did at its
/// start.</summary>
public sealed class SessionRecorderTests : IDisposable
{
    private const string Right = "AA:BB:CC:00:00:01";
    private const string Left = "AA:BB:CC:00:00:02";
    private const uint SensorStart = 100_000;

    // with another offset its local time is wrong
    private readonly FakeTimeProvider _time = new(Kept.Morning.ToUniversalTime());
    private readonly SessionStore _store;
    private readonly long _walker;

    public SessionRecorderTests()
    {
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", Kept.Morning.Offset, "test", "test"));
        _store = SessionStore.InMemory(_time);
        _walker = _store.LastWalker().Id;
    }

    public void Dispose() => _store.Dispose();

    private SessionRecorder Recorder(params string[] addresses) => new(
        _store,
        Kept.Header(
            _walker) with { Sensors = [
                .. addresses.Select(address => new SessionSensor("Backstep", address, Placement.Unknown))] },
        _time,
        _time);

    private void SetClock(SessionRecorder recorder, int sensor = 0) => recorder.Apply(
        sensor, new ControlReplied(ControlReply.ClockSet(Now())));

    private uint Now() => SensorStart + (uint)(_time.GetUtcNow() - Kept.Morning).TotalMilliseconds;

    private static SessionReceived State(SessionState state, int id, int elapsed) =>
        new(
            new Session(state, false, id, elapsed, elapsed, 0, 0, 0, Message.Missing, Message.Missing, Message.Missing,
                Message.Missing, Message.Missing));

    /// <summary>A stride whose contact was so long ago.</summary>
    private StrideReceived Stride(uint sequence, double ago = 0.2, bool replayed = false, int run = 3) => new(
        new Stride(sequence, Now() - (uint)(ago * 1000), Direction.Backward, Landing.Toe, Posture.Unknown, 90, -40, 8,
            1400, 450, 900, 25, 200), replayed) { Run = run };

    private void Pass(SessionRecorder recorder, double seconds)
    {
        for (double passed = 0; passed < seconds - 1e-9; passed += 0.05)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            recorder.Work();
        }
    }

    private void Walk(SessionRecorder recorder, uint first, int count, int sensor = 0)
    {
        for (uint i = 0; i < count; i++)
        {
            Pass(recorder, 1.4);
            recorder.Apply(sensor, Stride(first + i));
        }
    }

    private uint[] Numbers(long id) => [.. _store.Find(id)!.Strides.Select(stride => stride.Stride.Sequence)];

    [Fact]
    public void A_session_begins_with_the_strides_that_made_the_sensor_begin_it()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        Walk(recorder, 1, 3);
        Assert.Empty(_store.Summaries());
        recorder.Apply(0, State(SessionState.Active, 7, 3));
        Walk(recorder, 4, 5);
        recorder.Close();
        var session = Assert.Single(_store.Summaries());
        Assert.True(session.IsComplete);
        Assert.Equal(8, session.Totals.BackwardStrides);
        Assert.Equal(7, session.Header.Sensors[0].SessionNumber);
        Assert.Equal(Kept.Morning.Offset, session.Header.StartedAt.Offset);

        // Three strides of 1.4 s from the test's start; the first swing began 0.65 s before its arrival.
        Assert.Equal(Kept.Morning.AddSeconds(1.4 - 0.2 - 0.45), session.Header.StartedAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => TimeSpan.FromMilliseconds(450 + (1400 * i))),
            _store.Find(session.Header.Id)!.Strides.Select(stride => stride.At));
    }

    [Fact]
    public void Every_stride_is_written_within_a_second()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        for (uint i = 1; i <= 20; i++)
        {
            recorder.Apply(0, Stride(i));
            Pass(recorder, 0.95);
            Assert.Equal((int)i, Assert.Single(_store.Summaries()).Totals.BackwardStrides);
        }
    }

    [Fact]
    public void Late_strides_find_their_place_and_doubles_are_none()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 3);
        recorder.Apply(0, new LinkChanged(LinkState.Reconnecting));
        Pass(recorder, 14);
        recorder.Apply(0, new LinkChanged(LinkState.Connected));
        recorder.Apply(0, State(SessionState.Active, 7, 18));
        for (uint i = 0; i < 10; i++)
        {
            // before the sensor's clock is known again
            recorder.Apply(0, Stride(4 + i, ago: 13 - (1.4 * i), replayed: true));
        }

        recorder.Apply(0, Stride(3, ago: 14.2, replayed: true));
        SetClock(recorder);
        Walk(recorder, 14, 2);
        recorder.Close();
        var strides = _store.Find(1)!.Strides;
        Assert.Equal(Enumerable.Range(1, 15).Select(number => (uint)number),
            strides.Select(stride => stride.Stride.Sequence));
        Assert.All(strides.Skip(1).Zip(strides),
            pair => Assert.InRange((pair.First.At - pair.Second.At).TotalSeconds, 1.0, 1.8));
    }

    [Fact]
    public void It_ends_with_the_sensors_session_but_waits_for_late_strides()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 5);
        recorder.Apply(0, State(SessionState.Ended, 7, 130));
        Pass(recorder, 10);
        Assert.True(_store.Summaries()[0].IsOpen);
        Pass(recorder, 6);
        Assert.True(_store.Summaries()[0].IsComplete);

        recorder.Apply(0, Stride(6, ago: 14.8, replayed: true)); // later still
        Pass(recorder, 1);
        Assert.Equal(6, _store.Summaries()[0].Totals.BackwardStrides);
        Assert.True(_store.Summaries()[0].IsComplete);
    }

    [Fact]
    public void The_next_session_of_the_sensor_is_another()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 5);
        Pass(recorder, 200); // out of reach while 7 ended and 8 began
        recorder.Apply(0, State(SessionState.Active, 8, 4));
        Walk(recorder, 20, 4);
        recorder.Close();
        Assert.Equal([1, 2], recorder.Kept.Select(header => header.Id));
        Assert.Equal([1, 2, 3, 4, 5], Numbers(1));
        Assert.Equal([20, 21, 22, 23], Numbers(2));
        Assert.All(_store.Summaries(), session => Assert.True(session.IsComplete));
    }

    [Fact]
    public void After_a_restart_of_the_program_it_goes_on_and_asks_only_for_what_is_lacking()
    {
        var first = Recorder(Right);
        SetClock(first);
        first.Apply(0, State(SessionState.Active, 7, 0));
        Walk(first, 1, 5);
        Pass(first, 1); // and killed: nobody closes it

        var second = Recorder(Right);
        Assert.Equal(new StrideMark(3, 5), second.Wanted(Right).Newest);
        second.Apply(0, State(SessionState.Active, 7, 9));
        SetClock(second);
        second.Apply(0, Stride(6, ago: 0.6, replayed: true));
        Walk(second, 7, 3);
        second.Close();
        var session = Assert.Single(_store.Summaries());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], Numbers(session.Header.Id));
        Assert.True(session.IsComplete);
        Assert.Equal(1, second.Kept[0].Id);
        Assert.All(_store.Find(1)!.Strides.Skip(1).Zip(_store.Find(1)!.Strides),
            pair => Assert.InRange((pair.First.At - pair.Second.At).TotalSeconds, 0.5, 2.5));
    }

    [Fact]
    public void A_number_that_a_wiped_sensor_gives_again_is_another_session()
    {
        var first = Recorder(Right);
        SetClock(first);
        first.Apply(0, State(SessionState.Active, 7, 0));
        Walk(first, 1, 5);
        first.Close();
        Pass(first, 3600);
        var second = Recorder(Right);
        SetClock(second);
        second.Apply(0, State(SessionState.Active, 7, 0));
        Walk(second, 100, 5);
        second.Close();
        Assert.Equal(2, _store.Summaries().Count);
    }

    [Fact]
    public void Who_takes_over_the_sensor_in_the_middle_of_its_session_gets_none_of_the_others_strides()
    {
        var ann = Recorder(Right);
        SetClock(ann);
        ann.Apply(0, State(SessionState.Active, 7, 0));
        Walk(ann, 1, 10);
        ann.Close();
        var bo = new SessionRecorder(
            _store,
            Kept.Header(
                _store.WalkerNamed(
                    "Bo").Id) with { Sensors = [new SessionSensor("Backstep", Right, Placement.Unknown)] }, _time,
                    _time);
        bo.Apply(0, State(SessionState.Active, 7, 14));
        SetClock(bo);
        bo.Apply(0, Stride(9, ago: 5, replayed: true));
        Walk(bo, 11, 6);
        bo.Close();
        Assert.Equal([10, 6],
            _store.Summaries().OrderBy(session => session.Header.Id).Select(session => session.Totals.BackwardStrides));
        Assert.InRange(_store.Find(2)!.Strides[0].At, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        // The sensor's flash has both in one: whose the rest of it is, nobody knows.
        Assert.False(
            Recorder(Right)
                .Wanted(Right).WantsSession!(0, new LogSessionStart(7, (uint)Kept.Morning.ToUnixTimeSeconds(), 1, 30)));
    }

    [Fact]
    public void Two_shoes_are_one_session_that_lasts_as_long_as_either()
    {
        var recorder = Recorder(Right, Left);
        SetClock(recorder, 0);
        SetClock(recorder, 1);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        recorder.Apply(1, State(SessionState.Active, 31, 0));
        for (uint i = 1; i <= 5; i++)
        {
            Pass(recorder, 0.7);
            recorder.Apply(0, Stride(i));
            Pass(recorder, 0.7);
            recorder.Apply(1, Stride(200 + i));
        }

        recorder.Apply(0, State(SessionState.Ended, 7, 7));
        Pass(recorder, 60);
        Assert.True(_store.Summaries()[0].IsOpen);
        recorder.Apply(1, State(SessionState.Ended, 31, 67));
        Pass(recorder, 20);
        var session = Assert.Single(_store.Summaries());
        Assert.True(session.IsComplete);
        Assert.Equal(10, session.Totals.BackwardStrides);
        Assert.Equal([7, 31], session.Header.Sensors.Select(sensor => sensor.SessionNumber));
    }

    [Fact]
    public void A_session_without_a_stride_is_none()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Pass(recorder, 20);
        recorder.Close();
        Assert.Empty(_store.Summaries());
        Assert.Empty(recorder.Kept);
    }

    [Fact]
    public void A_session_in_which_nothing_happens_is_not_abandoned()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 3);
        Pass(recorder, 110);
        Assert.Equal(0, _store.CloseAbandoned(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Marks_are_kept_with_their_time()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Mark(MarkKind.Walker); // no session yet
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 3);
        recorder.Mark(MarkKind.Walker);
        Pass(recorder, 1);
        Assert.Equal([new SessionMark(TimeSpan.FromSeconds(4.2), MarkKind.Walker)], _store.Find(1)!.Marks);
        recorder.Close();
    }

    [Theory]
    [InlineData(-600)] // 177 strides were shown, 45 kept
    [InlineData(3600)] // a walk of 3:20 lasted 1:03:20
    public void A_clock_that_is_set_in_mid_walk_changes_nothing(double seconds)
    {
        var clock = new SetClockProvider(_time);
        var recorder = new SessionRecorder(_store, Kept.Header(_walker) with
            { Sensors = [new SessionSensor("Backstep", Right, Placement.Unknown)] }, clock, clock);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 20);
        clock.Ahead = TimeSpan.FromSeconds(seconds);
        recorder.Apply(0, new LinkChanged(LinkState.Reconnecting));
        recorder.Apply(0, new LinkChanged(LinkState.Connected));
        SetClock(recorder);
        Walk(recorder, 21, 20);
        recorder.Close();
        var session = Assert.Single(_store.Summaries());
        Assert.Equal(40, session.Totals.BackwardStrides);
        Assert.InRange(session.Totals.Elapsed.TotalSeconds, 54, 57);
        Assert.Equal(0, recorder.LeftOut);
    }

    [Fact]
    public void A_computer_that_slept_in_mid_walk_is_told_by_the_sensors_clock()
    {
        var clock = new SetClockProvider(_time);
        var recorder = new SessionRecorder(_store, Kept.Header(_walker) with
            { Sensors = [new SessionSensor("Backstep", Right, Placement.Unknown)] }, clock, clock);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 20);
        _time.Advance(TimeSpan.FromMinutes(5));
        clock.Slept = TimeSpan.FromMinutes(5);
        recorder.Apply(0, new LinkChanged(LinkState.Reconnecting));
        recorder.Apply(0, new LinkChanged(LinkState.Connected));
        SetClock(recorder);
        Walk(recorder, 21, 20);
        recorder.Close();
        var session = Assert.Single(_store.Summaries());
        Assert.Equal(40, session.Totals.BackwardStrides);
        Assert.InRange(session.Totals.Elapsed.TotalSeconds, 354, 357);
    }

    [Fact]
    public void A_clock_that_was_ahead_leads_no_default_astray()
    {
        var clock = new SetClockProvider(_time) { Ahead = TimeSpan.FromDays(400) };
        using var folder = new TemporaryFolder();
        using (var wrong = SessionStore.Open(folder["data"], clock))
        {
            wrong.Begin(Kept.Header(wrong.WalkerNamed("Ann").Id, Kept.Morning.AddDays(400)));
        }

        using var store = SessionStore.Open(folder["data"], _time);
        long bo = store.WalkerNamed("Bo").Id;
        Assert.Equal(1, store.CloseAbandoned(TimeSpan.FromMinutes(1)));
        store.Begin(Kept.Header(bo));
        Assert.Equal("Bo", store.LastWalker().Name);
        Assert.Equal(2, Assert.Single(store.Summaries(atMost: 1)).Header.Id);
    }

    [Fact]
    public void The_first_interval_counts_when_the_walker_obeys_the_countdown()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Mark(MarkKind.IntervalBegins); // nobody walks yet, so there is no session
        Walk(recorder, 1, 3);
        recorder.Apply(0, State(SessionState.Active, 7, 4));
        Walk(recorder, 4, 15);
        recorder.Mark(MarkKind.IntervalEnds);
        Pass(recorder, 20);
        recorder.Mark(MarkKind.IntervalBegins);
        Walk(recorder, 19, 15);
        recorder.Mark(MarkKind.IntervalEnds);
        recorder.Close();
        var marks = _store.Find(1)!.Marks;
        Assert.Equal(
            [MarkKind.IntervalBegins, MarkKind.IntervalEnds, MarkKind.IntervalBegins, MarkKind.IntervalEnds],
            marks.Select(mark => mark.Kind));
        Assert.Equal(TimeSpan.Zero, marks[0].At);
    }

    [Fact]
    public void An_interval_that_nobody_walked_is_none()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Mark(MarkKind.IntervalBegins);
        Pass(recorder, 30);
        recorder.Mark(MarkKind.IntervalEnds);
        Walk(recorder, 1, 3);
        recorder.Apply(0, State(SessionState.Active, 7, 4));
        Walk(recorder, 4, 3);
        recorder.Close();
        Assert.Empty(_store.Find(1)!.Marks);
    }

    [Fact]
    public void Pain_that_was_noted_before_a_walk_belongs_to_it()
    {
        _store.Note(new PainNote(_walker, null, Kept.Morning.AddHours(-30), PainMoment.Before, 5));
        _store.Note(new PainNote(_walker, null, Kept.Morning.AddMinutes(-20), PainMoment.Before, 4));
        _store.Note(new PainNote(_walker, null, Kept.Morning.AddMinutes(-10), PainMoment.Before, 2));
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 3);
        recorder.Close();
        Assert.Equal(2, Assert.Single(_store.Find(1)!.Pain).Level);
        Assert.Equal(2, _store.Pain(_walker).Count(note => note.SessionId == null));
    }

    [Fact]
    public void A_session_that_the_sensor_kept_alone_is_kept_once()
    {
        var recorder = Recorder(Right);
        var start = new LogSessionStart(5, (uint)Kept.Morning.AddHours(-2).ToUnixTimeSeconds(), 11, 30);
        Assert.True(recorder.Wanted(Right).WantsSession!(0, start));
        recorder.Apply(0, Alone(start, 11, 20));
        var session = Assert.Single(_store.Summaries());
        Assert.Equal(Kept.Morning.AddHours(-2), session.Header.StartedAt);
        Assert.Equal(Kept.Morning.Offset, session.Header.StartedAt.Offset);
        Assert.False(session.Header.IsStartUnknown);
        Assert.True(session.IsComplete);
        Assert.Equal(20, session.Totals.BackwardStrides);
        Assert.Equal(TimeSpan.FromSeconds(0.45), _store.Find(1)!.Strides[0].At);
        Assert.False(Recorder(Right).Wanted(Right).WantsSession!(0, start));
        Assert.True(
            Recorder(Right)
                .Wanted(Right).WantsSession!(0, new LogSessionStart(6, start.StartUnixSeconds + 900, 31, 50)));
    }

    [Fact]
    public void A_session_that_goes_on_is_not_asked_out_of_the_flash()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 5);
        Pass(recorder, 1);
        var start = new LogSessionStart(7, (uint)Kept.Morning.ToUnixTimeSeconds(), 1, 12);
        Assert.True(_store.Summaries()[0].IsOpen);
        Assert.False(recorder.Wanted(Right).WantsSession!(0, start));
    }

    [Fact]
    public void What_the_sensor_walked_on_alone_completes_the_session_that_broke_off()
    {
        var recorder = Recorder(Right);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 5);
        Pass(recorder, 1); // killed here
        Pass(Recorder(Right), 600);
        _store.CloseAbandoned(TimeSpan.FromMinutes(1));

        var later = Recorder(Right);
        var start = new LogSessionStart(7, (uint)Kept.Morning.ToUnixTimeSeconds(), 1, 12);
        Assert.True(later.Wanted(Right).WantsSession!(0, start));
        var strides = Enumerable.Range(1, 12).Select(i => new Stride(
            (uint)i, SensorStart + (uint)((1400 * i) - 200), Direction.Backward, Landing.Toe, Posture.Unknown, 90, -40,
            8, 1400, 450, 900, 25, 200)).ToArray();
        later.Apply(0, new SessionWalkedAlone(start, State(SessionState.Ended, 7, 20).Session, strides));
        var session = Assert.Single(_store.Summaries());
        Assert.Equal(12, session.Totals.BackwardStrides);
        Assert.True(session.IsComplete);
        var at = _store.Find(1)!.Strides.Select(stride => stride.At).ToArray();
        Assert.All(at.Skip(1).Zip(at), pair => Assert.Equal(1.4, (pair.First - pair.Second).TotalSeconds, 3));
        Assert.False(Recorder(Right).Wanted(Right).WantsSession!(0, start));
    }

    [Fact]
    public void When_the_sensors_clock_was_not_set_the_start_is_said_to_be_unknown()
    {
        var recorder = Recorder(Right);
        recorder.Apply(0, Alone(new LogSessionStart(5, 0, 1, 20), 1, 20));
        var header = Assert.Single(_store.Summaries()).Header;
        Assert.True(header.IsStartUnknown);
        Assert.Equal(Kept.Morning, header.StartedAt);
    }

    [Fact]
    public void Trouble_with_the_store_does_not_stop_the_walk_and_nothing_is_lost_when_it_is_over()
    {
        using var folder = new TemporaryFolder();
        using var file = SessionStore.Open(folder["data"], _time);
        var recorder = new SessionRecorder(
            file,
            Kept.Header(
                file.LastWalker().Id) with { Sensors = [new SessionSensor("Backstep", Right, Placement.RightShoe)] },
                _time, _time);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 3);
        file.LimitPages(1);
        Walk(recorder, 4, 400);
        Assert.Contains("disk is full", recorder.Trouble, StringComparison.Ordinal);
        Assert.ThrowsAny<ExplainedException>(recorder.Close);
        file.LimitPages(1_000_000);
        recorder.Close();
        Assert.Null(recorder.Trouble);
        Assert.Equal(403, Assert.Single(file.Summaries()).Totals.BackwardStrides);
    }

    [Fact]
    public void Another_program_that_holds_the_store_holds_up_nobody_and_nothing_is_lost()
    {
        using var folder = new TemporaryFolder();
        using var file = SessionStore.Open(folder["data"], _time);
        using var other = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={SessionStore.PathIn(folder["data"])};Pooling=False");
        other.Open();
        var recorder = new SessionRecorder(file, Kept.Header(file.LastWalker().Id) with
            { Sensors = [new SessionSensor("Backstep", Right, Placement.RightShoe)] }, _time, _time);
        SetClock(recorder);
        recorder.Apply(0, State(SessionState.Active, 7, 0));
        Walk(recorder, 1, 3);
        Run("BEGIN IMMEDIATE");
        Walk(recorder, 4, 12);
        recorder.Apply(0, Alone(new LogSessionStart(5, (uint)Kept.Morning.AddHours(-2).ToUnixTimeSeconds(), 1, 20), 1,
            20));
        Assert.Contains("another program holds", recorder.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("for 10 s", recorder.Trouble, StringComparison.Ordinal); // told at once
        Run("ROLLBACK");
        Walk(recorder, 16, 2);
        Assert.Null(recorder.Trouble);
        recorder.Close();
        Assert.Equal([20, 17], file.Summaries().OrderBy(one => one.Header.StartedAt)
            .Select(one => one.Totals.BackwardStrides));

        void Run(string statement)
        {
            using var command = other.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    private static SessionWalkedAlone Alone(LogSessionStart start, uint first, int count) => new(
        start,
        State(SessionState.Ended, start.Id, 60).Session,
        [.. Enumerable.Range(0, count).Select(i => new Stride(
            (uint)(first + i), 50_000 + (uint)(1400 * i), Direction.Backward, Landing.Toe, Posture.Unknown, 90, -40, 8,
            1400, 450, 900, 25, 200))]);
}
