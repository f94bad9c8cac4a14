using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Store;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>The incline that shoes tell once a second: what is said now, and what is kept of the walk.</summary>
public sealed class InclineTests : IDisposable
{
    private const string Right = "AA:BB:CC:00:00:01";
    private const string Left = "AA:BB:CC:00:00:02";

    private readonly FakeTimeProvider _time = new(Kept.Morning.ToUniversalTime());
    private readonly TemporaryFolder _folder = new();
    private readonly SessionStore _store;
    private uint _stride;
    private int _walked;

    public InclineTests() => _store = SessionStore.Open(_folder["data"], _time);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_walks_incline_is_the_one_at_which_it_was_walked_longest_not_what_was_said_for_a_moment()
    {
        var walk = Recorder(Right);
        Walk(walk, 20, percent: 0); // the belt has not risen yet
        Walk(walk, 3, percent: 20);
        Walk(walk, 60, percent: 5);
        Assert.Equal(5, walk.Incline.Now);
        walk.Close();
        var kept = Assert.Single(_store.Summaries());
        Assert.Equal(5, kept.MeasuredIncline!.Percent);
        Assert.Equal(TimeSpan.FromSeconds(82), kept.MeasuredIncline.Walked); // the first word tells of no time
        Assert.Equal(5, kept.Header.InclinePercent); // the walker's own word stands beside it
    }

    [Fact]
    public void Pauses_the_way_back_and_what_is_unknown_do_not_count()
    {
        var walk = Recorder(Right);
        Walk(walk, 10, percent: 4);
        Walk(walk, 30, percent: null);
        Walk(walk, 30, percent: -6, Direction.Forward);
        walk.TogglePause();
        Walk(walk, 30, percent: 9);
        walk.TogglePause();
        walk.Close();
        var kept = Assert.Single(_store.Summaries()).MeasuredIncline!;
        Assert.Equal(4, kept.Percent);
        Assert.Equal(TimeSpan.FromSeconds(9), kept.Walked);
    }

    [Fact]
    public void Where_the_shoe_never_knew_it_nothing_is_kept()
    {
        var walk = Recorder(Right);
        Walk(walk, 20, percent: null);
        walk.Close();
        Assert.Null(walk.Incline.Now);
        Assert.Null(Assert.Single(_store.Summaries()).MeasuredIncline);
        Assert.Equal(5, Assert.Single(_store.Summaries()).InclinePercent); // told
    }

    [Fact]
    public void What_was_said_before_the_link_broke_is_no_word_about_now()
    {
        var walk = Recorder(Right);
        Walk(walk, 10, percent: 3);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(3, walk.Incline.Now);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(walk.Incline.Now);
    }

    [Theory]
    [InlineData(5.0, 4.0, 4.5)]
    [InlineData(5.0, null, 5.0)]
    [InlineData(5.0, 3.0, 4.0)]
    [InlineData(5.0, 2.8, null)]
    [InlineData(null, null, null)]
    public void Two_shoes_tell_their_mean_or_nothing_when_they_contradict_each_other(double? one, double? other,
        double? both)
    {
        var walk = Recorder(Right, Left);
        walk.Apply(0, Told(one));
        walk.Apply(1, Told(other));
        Assert.Equal(both, walk.Incline.Now);
    }

    [Fact]
    public void A_walk_that_goes_on_after_a_restart_goes_on_measuring()
    {
        var before = Recorder(Right);
        Walk(before, 40, percent: 5);
        before.Work();
        var after = Recorder(Right);
        Walk(after, 20, percent: 2);
        after.Close();
        var kept = Assert.Single(_store.Summaries());
        Assert.Equal(5, kept.MeasuredIncline!.Percent);
        Assert.InRange(kept.MeasuredIncline.Walked.TotalSeconds, 50, 60);
    }

    [Fact]
    public void A_session_out_of_the_flash_brings_its_own()
    {
        var walk = Recorder(Right);
        var strides = Enumerable.Range(1, 20).Select(i => Strides.Make((uint)i)).ToArray();
        var totals = new Session(SessionState.Ended, false, 5, 60, 50, 20, 0, 0, Message.Missing, Message.Missing,
            Message.Missing, Message.Missing, Message.Missing);
        walk.Apply(0, new SessionWalkedAlone(new LogSessionStart(5, 0, 1, 20, 3, 23), totals, strides));
        Assert.Equal(new MeasuredIncline(4.6, TimeSpan.FromSeconds(50)),
            Assert.Single(_store.Summaries()).MeasuredIncline);
    }

    [Fact]
    public void A_store_of_the_layout_before_is_read_and_goes_on()
    {
        using var other = new TemporaryFolder();
        using (var old = StoreFile.Open(SessionStore.PathIn(other["data"]), [.. StoreLayout.Steps.Take(5)]))
        {
            old.Run("INSERT INTO walker (name, created_at, used_at) VALUES ('me', 1, 1)");
            old.Run("INSERT INTO session (walker_id, started_at, offset_minutes, is_start_unknown, mode, is_simulated, "
                + "incline_percent, state, touched_at) VALUES (1, 1767225600000, 0, 0, 0, 0, 4.5, 1, 1)");
            old.Run("INSERT INTO sensor (session_id, position, name, placement) VALUES (1, 0, 'Backstep', 1)");
        }

        using var store = SessionStore.Open(other["data"], _time);
        var kept = Assert.Single(store.Summaries());
        Assert.Null(kept.MeasuredIncline);
        Assert.Equal(4.5, kept.InclinePercent);
        store.Measure(1, new MeasuredIncline(5.2, TimeSpan.FromSeconds(90)));
        Assert.Equal((5.2, 5.2, 4.5), (store.Summaries()[0].MeasuredIncline!.Percent,
            store.Summaries()[0].InclinePercent!.Value, store.Summaries()[0].Header.InclinePercent!.Value));
    }

    [Fact]
    public void Told_and_measured_are_both_shown_each_as_what_it_is()
    {
        var walk = Recorder(Right);
        Walk(walk, 20, percent: -2);
        walk.Close();
        string show = CommandRun.In(_folder["data"], "show", "1").Out;
        Assert.Matches(@"incline +2\.0 % down by the shoe; told 5 %", show);
        Assert.Contains("\"inclinePercent\": 5,", CommandRun.In(_folder["data"], "sessions", "--json").Out,
            StringComparison.Ordinal);
        Assert.Contains("\"measuredInclinePercent\": -2,", CommandRun.In(_folder["data"], "sessions", "--json").Out,
            StringComparison.Ordinal);
    }

    private SessionRecorder Recorder(params string[] addresses) => new(
        _store,
        Kept.Header(_store.LastWalker().Id) with
        {
            Sensors = [.. addresses.Select(address => new SessionSensor("Backstep", address, Placement.Unknown))],
        },
        _time,
        _time);

    /// <summary>So many seconds, a stride and a word of the session in each.</summary>
    private void Walk(SessionRecorder walk, int seconds, double? percent, Direction direction = Direction.Backward)
    {
        walk.Apply(0, new ControlReplied(ControlReply.Replay(true, new LogRange(9, 3, 1, 1))));
        walk.Apply(0, new ControlReplied(ControlReply.ClockSet(
            (uint)(_time.GetUtcNow() - Kept.Morning).TotalMilliseconds + 100_000)));
        for (int i = 0; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            uint now = (uint)(_time.GetUtcNow() - Kept.Morning).TotalMilliseconds + 100_000;
            walk.Apply(0, new StrideReceived(new Stride(++_stride, now - 200, direction, Landing.Toe, Posture.Unknown,
                90, -40, 8, 1000, 450, 900, 25, 200), false) { Run = 3, Flash = 9 });
            _walked++;
            walk.Apply(0, Told(percent));
            walk.Work();
        }
    }

    private SessionReceived Told(double? percent) => new(new Session(SessionState.Active, false, 7, _walked, _walked,
        0, 0, 0, Message.Missing, Message.Missing, Message.Missing, Message.Missing, Message.Missing, false,
        percent is { } known ? (int)Math.Round(known * 5) : Message.Missing));
}
