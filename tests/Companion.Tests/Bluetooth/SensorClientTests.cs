using Backstep.Companion.Bluetooth;
using Backstep.Protocol;
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
            one => Assert.Equal((1u, false), (Assert.IsType<StrideReceived>(one).Stride.Sequence, ((StrideReceived)one).IsReplayed)),
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
        _time.Advance(TimeSpan.FromSeconds(1));
        await WorkAsync();
        Assert.Equal((ControlOperation.ReplayLog, 2u), (_link.Written.Peek().Operation, _link.Written.Peek().Operand));
        Replay(first: 1, last: 4, from: 2);
        Assert.Equal([1u, 4u, 2u, 3u], Sequences);
        Assert.Equal([false, false, true, true], _events.OfType<StrideReceived>().Select(stride => stride.IsReplayed));
        await WorkAsync();
        Assert.True(_client.IsComplete);
        Assert.Empty(_link.Written);
    }

    [Fact]
    public async Task After_a_lost_link_it_connects_again_and_nothing_is_missing()
    {
        await ConnectAsync();
        SendStride(1);
        _link.OutOfReach = true;
        _link.Lose();
        Assert.Equal(LinkState.Reconnecting, _client.State);
        for (int second = 0; second < 5; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await WorkAsync();
        }

        Assert.Equal(6, _link.Connects);
        _link.OutOfReach = false;
        _time.Advance(TimeSpan.FromSeconds(1));
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
    public async Task What_the_sensor_no_longer_holds_is_told_once_and_not_waited_for()
    {
        await ConnectAsync();
        SendStride(1);
        SendStride(2000);
        _time.Advance(TimeSpan.FromSeconds(1));
        await WorkAsync();
        _link.Written.Clear();
        _link.Notify(Uuids.Control, ControlReply.Replay(false, new LogRange(1, 977, 2000)).Encode);
        Assert.Equal([new StridesLost(2, 976)], _events.OfType<StridesLost>());
        _time.Advance(TimeSpan.FromSeconds(1));
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
        Reply();
        _link.Notify(Uuids.Log, new LogBegin(new LogRange(2, 1, 1)).Encode);
        _link.Notify(Uuids.Log, new LogEnd(ControlResult.Success, 2).Encode);
        await WorkAsync();
        Assert.Equal(1u, _link.Written.Peek().Operand);
        Replay(first: 1, last: 1, from: 1, run: 2);
        Assert.Equal([1u, 2u, 1u], Sequences);
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

    private Task WorkAsync() => _client.WorkAsync(Token);

    private void SendStride(uint sequence) => _link.Notify(Uuids.Stride, (value, at) => StrideCodec.Encode(Strides.Make(sequence), value, at));

    /// <summary>Answers the oldest command with success.</summary>
    private ControlCommand Reply()
    {
        var command = _link.Written.Dequeue();
        _link.Notify(Uuids.Control, new ControlReply((byte)command.Operation, ControlResult.Success).Encode);
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
