using Backstep.Link;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Bluetooth;

public sealed class SensorClientTests : IDisposable
{
    private readonly ScriptedLink _link = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SensorClient _client;
    private readonly List<SensorEvent> _events = [];

    public SensorClientTests()
    {
        _client = new SensorClient(_link, _time);
        _client.Received += _events.Add;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<uint> Sequences => _events.OfType<StrideReceived>().Select(stride => stride.Stride.Sequence);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Payloads_become_typed_events()
    {
        await ConnectAsync();
        _events.Clear();
        _link.Notify(Uuids.Stride, (value, at) => StrideCodec.Encode(Strides.Make(1), value, at));
        _link.Notify(Uuids.BatteryLevel, 42);
        _link.Notify(Uuids.RscMeasurement, 0, 0, 1, 90);
        Assert.Collection(
            _events,
            one => Assert.Equal((1u, false),
                (Assert.IsType<StrideReceived>(one).Stride.Sequence, ((StrideReceived)one).IsReplayed)),
            one => Assert.Equal(new BatteryReceived(42), one),
            one => Assert.Equal(90, Assert.IsType<RunningSpeedReceived>(one).Measurement.CadencePerMinute));
    }

    [Fact]
    public async Task A_payload_that_is_none_is_left_out_and_told()
    {
        await ConnectAsync();
        _events.Clear();
        _link.Notify(Uuids.Stride, 1, 2, 3);
        _link.Notify(Uuids.BatteryLevel, 101);
        _link.Notify(Uuids.Session);
        _link.Notify(Uuids.Log, 77);
        Assert.Equal(
            [Uuids.Stride, Uuids.BatteryLevel, Uuids.Session, Uuids.Log],
            _events.Select(one => Assert.IsType<PayloadRejected>(one).Characteristic));
    }

    [Fact]
    public async Task A_sensor_out_of_reach_is_an_error_at_the_first_connection()
    {
        _link.OutOfReach = true;
        await Assert.ThrowsAsync<SensorLinkException>(() => _client.ConnectAsync(Token));
        Assert.Equal(LinkState.Disconnected, _client.State);
    }

    [Fact]
    public async Task On_connecting_it_tells_the_time_and_asks_for_what_was_walked_before()
    {
        await ConnectAsync(answer: false);
        await WorkAsync();
        Assert.Equal(ControlOperation.SetClock, Reply().Operation);
        await WorkAsync();
        var ask = Reply();
        Assert.Equal((ControlOperation.ReplayLog, 1u), (ask.Operation, ask.Operand));
    }

    [Fact]
    public async Task A_stride_that_was_left_out_is_asked_for_and_comes_marked_as_sent_again()
    {
        await ConnectAsync();
        SendStride(1);
        SendStride(4);
        Assert.False(_client.IsComplete);
        Assert.Equal([1u], Sequences); // the fourth waits for its turn
        await WorkAsync();
        Assert.Equal((ControlOperation.ReplayLog, 2u), (_link.Written.Peek().Operation, _link.Written.Peek().Operand));
        Replay(first: 1, last: 4, from: 2);
        Assert.Equal([1u, 2u, 3u, 4u], Sequences);
        Assert.Equal([false, true, true, false], _events.OfType<StrideReceived>().Select(stride => stride.IsReplayed));
        await WorkAsync();
        Assert.True(_client.IsComplete);
        Assert.Empty(_link.Written);
    }

    [Fact]
    public async Task After_a_lost_link_it_connects_again_and_nothing_is_missing()
    {
        await ConnectAsync();
        SendStride(1);
        _link.Lose();
        Assert.Equal(LinkState.Reconnecting, _client.State);
        _time.Advance(Backoff.Shortest);
        await WorkAsync();
        Assert.Equal(LinkState.Connected, _client.State);
        Reply();
        await WorkAsync();
        Replay(first: 1, last: 7, from: 2);
        Assert.Equal(Enumerable.Range(1, 7).Select(number => (uint)number), Sequences);
        Assert.Equal(
            [LinkState.Connecting, LinkState.Connected, LinkState.Reconnecting, LinkState.Connected],
            _events.OfType<LinkChanged>().Select(change => change.State));
    }

    [Fact]
    public async Task Attempts_come_ever_more_rarely_up_to_a_limit_and_each_says_why_and_when_the_next_is()
    {
        await ConnectAsync();
        _link.OutOfReach = true;
        _link.Lose();
        int before = _link.Connects;
        for (int i = 0; i < 600; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            await WorkAsync();
        }

        var links = _events.OfType<LinkChanged>().Skip(2).ToArray();
        Assert.Equal([0.5, 1, 2, 4, 4, 4, 4, 4], links.Take(8).Select(link => link.NextAttemptIn!.Value.TotalSeconds));
        Assert.Equal(Enumerable.Range(0, links.Length), links.Select(link => link.Attempts));
        Assert.All(links, link => Assert.Equal("out of reach", link.Reason));
        Assert.Equal([true, .. Enumerable.Repeat(false, links.Length - 1)], links.Select(link => link.IsLoss));
        // at 0.5, 1.5, 3.5, 7.5, and then every 4 s of the minute
        Assert.Equal((17, 17), (_link.Connects - before, links.Length - 1));

        _link.OutOfReach = false;
        _time.Advance(Backoff.Longest);
        await WorkAsync();
        Assert.Equal(new LinkChanged(LinkState.Connected), _events.OfType<LinkChanged>().Last());
        _link.Lose();
        Assert.Equal(Backoff.Shortest, _events.OfType<LinkChanged>().Last().NextAttemptIn);
    }

    [Fact]
    public async Task After_the_computer_has_slept_it_tries_at_once_and_asks_a_link_that_looks_up()
    {
        await ConnectAsync();
        _time.Advance(TimeSpan.FromHours(2));
        _link.IsDead = true;
        await WorkAsync();
        var lost = _events.OfType<LinkChanged>().Last();
        Assert.True(lost.IsLoss);
        Assert.Contains("slept", lost.Reason, StringComparison.Ordinal);

        _link.OutOfReach = true;
        for (int i = 0; i < 300; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            await WorkAsync();
        }

        (_link.OutOfReach, _link.IsDead) = (false, false);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await WorkAsync();
        Assert.Equal(LinkState.Reconnecting, _client.State); // not its turn yet
        _time.Advance(TimeSpan.FromHours(2));
        await WorkAsync();
        Assert.Equal(LinkState.Connected, _client.State);

        Reply(); // the clock
        await WorkAsync();
        Replay(first: 0, last: 0, from: 1);
        _time.Advance(TimeSpan.FromHours(2));
        await WorkAsync();
        Assert.Equal(LinkState.Connected, _client.State); // outlasted it; what came meanwhile is asked for
        Replay(first: 1, last: 2, from: 1);
        Assert.Equal([1u, 2u], Sequences);
    }

    [Fact]
    public async Task A_sensor_that_falls_silent_is_asked_and_if_it_does_not_answer_connected_to_again()
    {
        await ConnectAsync();
        await PassAsync(11);
        Assert.Equal(LinkState.Connected, _client.State);
        _link.IsDead = true;
        await PassAsync(11);
        Assert.Contains("silent", _events.OfType<LinkChanged>().Last(link => link.IsLoss).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_cannot_be_had_does_not_hold_up_what_is_live()
    {
        await ConnectAsync(answer: false);
        SendStride(3);
        SendStride(4);
        Assert.Empty(Sequences); // of which run?
        await WorkAsync();
        Reply();
        await WorkAsync();
        Reply(ControlResult.NotNow);
        Assert.Equal([3u, 4u], Sequences);
        SendStride(6);
        Assert.Equal([3u, 4u, 6u], Sequences);
        await PassAsync(1.2);
        Replay(first: 1, last: 6, from: 1);
        Assert.Equal([3u, 4u, 6u, 1u, 2u, 5u], Sequences);
        SendStride(8);
        Assert.DoesNotContain(8u, Sequences); // the log can be had again: in order again
    }

    [Fact]
    public async Task A_replay_that_is_cut_off_is_asked_for_again()
    {
        await ConnectAsync();
        SendStride(1);
        SendStride(6);
        await WorkAsync();
        _link.Written.Clear();
        _link.Notify(Uuids.Control, ControlReply.Replay(true, new LogRange(1, 1, 6)).Encode);
        _link.Notify(Uuids.Log, new LogBegin(new LogRange(1, 1, 6)).Encode);
        _link.Notify(Uuids.Log, (value, at) => StrideCodec.Encode(Strides.Make(2), value, at));
        await PassAsync(6.5);
        Assert.Equal([1u, 2u, 6u], Sequences);
        Assert.Equal(3u, _link.Written.Peek().Operand);
        Replay(first: 1, last: 6, from: 3);
        Assert.Equal([1u, 2u, 6u, 3u, 4u, 5u], Sequences);
    }

    [Fact]
    public async Task A_client_that_begins_where_another_ended_asks_for_what_is_new_and_tells_it_only()
    {
        using var client = new SensorClient(_link, _time, new FollowOptions { Newest = new StrideMark(1, 40) });
        client.Received += _events.Add;
        await client.ConnectAsync(Token);
        SendStride(43);
        await client.WorkAsync(Token);
        Reply();
        await client.WorkAsync(Token);
        Assert.Equal(41u, _link.Written.Peek().Operand);
        Replay(first: 1, last: 43, from: 41);
        Assert.Equal([41u, 42u, 43u], Sequences);
        Assert.Equal(new StrideMark(1, 43), client.Newest);
    }

    [Fact]
    public async Task A_client_that_begins_with_the_mark_of_another_run_begins_anew()
    {
        using var client = new SensorClient(_link, _time, new FollowOptions { Newest = new StrideMark(1, 40) });
        client.Received += _events.Add;
        await client.ConnectAsync(Token);
        SendStride(2); // before the sensor has told its run
        await client.WorkAsync(Token);
        Reply();
        await client.WorkAsync(Token);
        Replay(first: 1, last: 2, from: 41, run: 2);
        await client.WorkAsync(Token);
        Replay(first: 1, last: 2, from: 1, run: 2);
        Assert.Equal([(2, 1u), (2, 2u)],
            _events.OfType<StrideReceived>().Select(one => (one.Run, one.Stride.Sequence)));
    }

    [Fact]
    public async Task Finished_sessions_come_whole_once_and_only_those_that_are_wanted()
    {
        using var client = new SensorClient(_link, _time,
            new FollowOptions { WantsSession = (_, start) => start.Id != 7 });
        client.Received += _events.Add;
        await client.ConnectAsync(Token);
        await client.WorkAsync(Token);
        Reply();
        await client.WorkAsync(Token);
        Replay(first: 1, last: 1, from: 1);
        await client.WorkAsync(Token);
        Assert.Equal(0u, _link.Written.Dequeue().Operand);
        ReplaySessions();
        Assert.True(client.IsComplete);

        var session = Assert.Single(_events.OfType<SessionWalkedAlone>());
        Assert.Equal((8, 1_700_000_000u, 2),
            (session.Start.Id, session.Start.StartUnixSeconds, session.Totals.BackwardStrides));
        Assert.Equal([5u, 6u], session.Strides.Select(stride => stride.Sequence));
        Assert.Equal([1u], Sequences); // a session's strides are not of this run

        _link.Notify(Uuids.Log, new LogBegin(new LogRange(1, 1, 1)).Encode);
        ReplaySessions();
        Assert.Single(_events.OfType<SessionWalkedAlone>());
    }

    [Fact]
    public async Task A_command_that_is_not_answered_is_told_and_does_not_block_the_next()
    {
        await ConnectAsync();
        _client.Send(ControlCommand.Of(ControlOperation.Start));
        await WorkAsync();
        _link.Written.Clear();
        _client.Send(ControlCommand.Of(ControlOperation.Stop));
        await PassAsync(5.2);
        Assert.Equal(ControlOperation.Start, Assert.Single(_events.OfType<CommandRefused>()).Operation);
        Assert.Equal(ControlOperation.Stop, Assert.Single(_link.Written).Operation);
        _link.Lose();
        Assert.Equal([ControlOperation.Start, ControlOperation.Stop],
            _events.OfType<CommandRefused>().Select(one => one.Operation));
    }

    [Fact]
    public async Task What_the_sensor_no_longer_holds_is_told_once_and_not_waited_for()
    {
        await ConnectAsync();
        SendStride(1);
        SendStride(2000);
        await WorkAsync();
        _link.Written.Clear();
        _link.Notify(Uuids.Control, ControlReply.Replay(false, new LogRange(1, 977, 2000)).Encode);
        Assert.Equal([new StridesLost(2, 976)], _events.OfType<StridesLost>());
        await WorkAsync();
        Assert.Equal(977u, _link.Written.Dequeue().Operand);
    }

    [Fact]
    public async Task A_sensor_that_was_started_anew_begins_to_count_anew()
    {
        await ConnectAsync();
        SendStride(1);
        SendStride(2);
        _link.Lose();
        _time.Advance(TimeSpan.FromSeconds(1));
        await WorkAsync();
        Reply();
        await WorkAsync();
        _link.Written.Clear();
        _link.Notify(Uuids.Control, ControlReply.Replay(false, new LogRange(2, 1, 1)).Encode);
        await WorkAsync();
        Assert.Equal(1u, _link.Written.Peek().Operand);
        Replay(first: 1, last: 1, from: 1, run: 2);
        Assert.Equal([1u, 2u, 1u], Sequences);
    }

    /// <summary>Its flash was wiped, or it cannot count its starts: the run has the same number, and holds less than
    /// was had of it.</summary>
    [Fact]
    public async Task Numbers_that_go_back_within_one_run_are_a_start_anew_too()
    {
        await ConnectAsync();
        SendStride(1);
        SendStride(2);
        SendStride(3);
        _link.Lose();
        _time.Advance(TimeSpan.FromSeconds(1));
        await WorkAsync();
        Reply();
        await WorkAsync();
        _link.Written.Clear();
        _link.Notify(Uuids.Control, ControlReply.Replay(false, new LogRange(1, 1, 2)).Encode);
        await WorkAsync();
        Assert.Equal(1u, _link.Written.Peek().Operand);
        Replay(first: 1, last: 2, from: 1, run: 1);
        Assert.Equal([1u, 2u, 3u, 1u, 2u], Sequences);
    }

    [Fact]
    public async Task Commands_go_one_at_a_time()
    {
        await ConnectAsync();
        _client.Send(ControlCommand.Of(ControlOperation.Start));
        _client.Send(ControlCommand.Of(ControlOperation.Pause));
        await WorkAsync();
        await WorkAsync();
        Assert.Equal(ControlOperation.Start, Assert.Single(_link.Written).Operation);
        Reply();
        await WorkAsync();
        Assert.Equal(ControlOperation.Pause, Assert.Single(_link.Written).Operation);
    }

    [Fact]
    public async Task A_command_that_the_sensor_does_not_take_is_told_and_does_not_block_the_next()
    {
        await ConnectAsync();
        _link.Refusal = "ATT error 0x05";
        _client.Send(ControlCommand.Of(ControlOperation.Forget));
        await WorkAsync();
        Assert.Equal([new CommandRefused(ControlOperation.Forget, "ATT error 0x05")], _events.OfType<CommandRefused>());
        _link.Refusal = null;
        _client.Send(ControlCommand.Of(ControlOperation.Start));
        await WorkAsync();
        Assert.Equal(ControlOperation.Start, Assert.Single(_link.Written).Operation);
    }

    private async Task ConnectAsync(bool answer = true)
    {
        await _client.ConnectAsync(Token);
        if (answer)
        {
            await WorkAsync();
            Reply();
            await WorkAsync();
            Replay(first: 0, last: 0, from: 1);
            await WorkAsync();
            Assert.True(_client.IsComplete);
        }
    }

    /// <summary>Lets time pass as it passes for a client that is driven.</summary>
    private async Task PassAsync(double seconds)
    {
        for (double passed = 0; passed < seconds; passed += 0.1)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            await WorkAsync();
        }
    }

    private void ReplaySessions()
    {
        _link.Notify(Uuids.Control, ControlReply.Replay(true, new LogRange(1, 1, 1)).Encode);
        _link.Notify(Uuids.Log, new LogBegin(new LogRange(1, 1, 1)).Encode);
        foreach (int id in (int[])[7, 8])
        {
            var totals = new Session(SessionState.Ended, false, id, 9, 9, 2, 0, 0, Message.Missing, Message.Missing,
                Message.Missing, Message.Missing, Message.Missing);
            _link.Notify(Uuids.Log, new LogSessionStart(id, 1_700_000_000, 5, 6).Encode);
            _link.Notify(Uuids.Log,
                (value, at) => StrideCodec.Encode(Strides.Make(5), value, at)
                    + StrideCodec.Encode(Strides.Make(6), value, at + StrideCodec.Length));
            _link.Notify(Uuids.Log, (value, at) => LogSessionTotals.Encode(totals, value, at));
        }

        _link.Notify(Uuids.Log, new LogEnd(ControlResult.Success, 0).Encode);
    }

    private Task WorkAsync() => _client.WorkAsync(Token);

    private void SendStride(uint sequence) =>
        _link.Notify(Uuids.Stride, (value, at) => StrideCodec.Encode(Strides.Make(sequence), value, at));

    /// <summary>Answers the oldest command.</summary>
    private ControlCommand Reply(ControlResult result = ControlResult.Success)
    {
        var command = _link.Written.Dequeue();
        _link.Notify(Uuids.Control, new ControlReply((byte)command.Operation, result).Encode);
        return command;
    }

    /// <summary>Answers a replay command as the sensor does: reply, begin, strides, end.</summary>
    private void Replay(uint first, uint last, uint from, int run = 1)
    {
        Assert.Equal(ControlOperation.ReplayLog, _link.Written.Dequeue().Operation);
        _link.Notify(Uuids.Control, ControlReply.Replay(true, new LogRange(run, first, last)).Encode);
        _link.Notify(Uuids.Log, new LogBegin(new LogRange(run, first, last)).Encode);
        for (uint sequence = from; sequence <= last; sequence++)
        {
            _link.Notify(Uuids.Log, (value, at) => StrideCodec.Encode(Strides.Make(sequence), value, at));
        }

        _link.Notify(Uuids.Log, new LogEnd(ControlResult.Success, last + 1).Encode);
    }
}
