using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Sensor.Tests.Bluetooth;

public sealed class LogTests
{
    [Theory]
    [InlineData(23, 23)]
    [InlineData(247, 247)]
    [InlineData(247, 23)]
    public void After_a_minute_out_of_range_the_missing_strides_are_asked_for_and_none_is_lost(ushort mtu,
        ushort laterMtu)
    {
        var walker = Bench.Backward(120);
        using var bench = new Bench(walker);
        bench.Connect(mtu);
        var first = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(30);

        bench.Device.Radio.InRange = false;
        bench.AdvanceTo(90);
        Assert.False(bench.Central.IsConnected);
        bench.Device.Radio.InRange = true;
        bench.Connect(laterMtu);
        var live = bench.HearOwn(Uuids.Stride);
        var log = bench.HearOwn(Uuids.Log);
        var reply = bench.Command(ControlCommand.ReplayLog(first.Strides[^1].Sequence + 1));
        bench.AdvanceTo(125);

        Assert.Equal(ControlResult.Success, reply.Result);
        Assert.Equal((1, 1u), (reply.Log.Run, reply.Log.FirstSequence));
        var replayed = Replayed(log, out var begin, out var end);
        Assert.Equal(reply.Log.LastSequence, begin.Range.LastSequence);
        Assert.Equal((ControlResult.Success, begin.Range.LastSequence + 1), (end.Result, end.NextSequence));
        Assert.True(replayed.Length > 30);
        // Live strides that came before the replay began are in both; what counts is that each number is there, with
        // one and the same content.
        var all = first.Strides.Concat(replayed).Concat(live.Strides).GroupBy(stride => stride.Sequence)
            .OrderBy(same => same.Key).ToArray();
        Assert.All(all, same => Assert.Single(same.Select(Bytes).Distinct()));
        Bench.AssertNumbered([.. all.Select(same => same.First())]);
        Bench.AssertWalked(walker, [.. all.Select(same => same.First())]);
        Assert.InRange(all.Length, walker.Strides.Count * 95 / 100, walker.Strides.Count);
    }

    [Fact]
    public void Live_strides_go_on_while_the_log_is_sent()
    {
        using var bench = new Bench(Bench.Backward(90));
        bench.Connect(Message.DefaultMtu);
        bench.AdvanceTo(60);
        var live = bench.HearOwn(Uuids.Stride);
        var log = bench.HearOwn(Uuids.Log);
        bench.Command(ControlCommand.ReplayLog(1));
        bench.AdvanceTo(65);

        Replayed(log, out var begin, out _);
        Bench.AssertNumbered(live.Strides, live.Strides[0].Sequence);
        Assert.InRange(live.Strides[0].Sequence, begin.Range.LastSequence, begin.Range.LastSequence + 1);
        Assert.InRange(live.Strides.Length, 2, 5);
    }

    [Fact]
    public void Asked_for_what_comes_next_it_sends_begin_and_end_and_nothing_between()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var log = bench.HearOwn(Uuids.Log);

        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.ReplayLog(1)).Result);

        Assert.Empty(Replayed(log, out var begin, out var end));
        Assert.Equal(0u, begin.Range.LastSequence);
        Assert.Equal(1u, end.NextSequence);
    }

    [Fact]
    public void When_the_ring_has_come_round_it_says_what_it_holds_and_sends_nothing_older()
    {
        var walker = Bench.Backward(1500);
        using var bench = new Bench(walker);
        bench.Pair();
        bench.AdvanceTo(1503);
        bench.Connect();
        var log = bench.HearOwn(Uuids.Log);

        var refused = bench.Command(ControlCommand.ReplayLog(1));
        Assert.Equal(ControlResult.NotHeld, refused.Result);
        Assert.True(refused.Log.FirstSequence > 1);
        Assert.Equal(1024u, refused.Log.LastSequence - refused.Log.FirstSequence + 1);
        Assert.Empty(log.Values);

        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.ReplayLog(refused.Log.FirstSequence)).Result);
        bench.Advance(5);
        var replayed = Replayed(log, out _, out _);
        Assert.InRange(replayed.Length, 1024, 1026);
        Bench.AssertNumbered(replayed, refused.Log.FirstSequence);
        Bench.AssertWalked(walker, replayed);
    }

    [Fact]
    public void Nobody_listens_to_the_log_so_it_cannot_be_replayed_now()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        Assert.Equal(ControlResult.NotNow, bench.Command(ControlCommand.ReplayLog(1)).Result);
    }

    [Fact]
    public void A_replay_does_not_go_on_with_the_next_central()
    {
        using var bench = new Bench(Bench.Backward(60));
        bench.Connect(Message.DefaultMtu);
        bench.AdvanceTo(60);
        bench.HearOwn(Uuids.Control);
        bench.HearOwn(Uuids.Log);
        bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.ReplayLog, 1, 0, 0, 0]);
        bench.Advance(0.05);
        bench.Device.Radio.DropLink();
        bench.Advance(1);

        bench.Connect(Message.DefaultMtu);
        var log = bench.HearOwn(Uuids.Log);
        bench.Advance(3);

        Assert.Empty(log.Values);
    }

    [Fact]
    public void Each_start_of_the_sensor_has_its_own_run_number()
    {
        using var bench = new Bench(Bench.Standing());
        var runs = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            bench.Connect();
            bench.HearOwn(Uuids.Log);
            runs.Add(bench.Command(ControlCommand.ReplayLog(1)).Log.Run);
            bench.Device.PowerOff();
            bench.Advance(1);
            bench.Device.PowerOn();
            bench.Advance(1);
        }

        Assert.Equal([1, 2, 3], runs);
    }

    [Fact]
    public void Finished_sessions_come_out_of_the_flash_while_live_strides_go_on()
    {
        // Two sessions without the companion, a restart, and a third one under way.
        var walker = Bench.Backward(400);
        using var bench = new Bench(walker);
        bench.AdvanceTo(60);
        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(2.5));
        bench.AdvanceTo(120);
        bench.Device.PowerOff();
        bench.Device.PowerOn();
        bench.AdvanceTo(200);
        bench.Connect();
        var live = bench.HearOwn(Uuids.Stride);
        var log = bench.HearOwn(Uuids.Log);

        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.ReplayLog(0)).Result);
        bench.Advance(10);

        var frames = log.Values.Select(value => value.Value).ToArray();
        Assert.Equal(LogFrameKind.Begin, LogFrame.KindOf(frames[0]));
        Assert.Equal((ControlResult.Success, 0u),
            (LogEnd.Decode(frames[^1], out _).Result, LogEnd.Decode(frames[^1], out _).NextSequence));
        var sessions = Sessions(frames[1..^1]);
        Assert.Equal([1, 2], sessions.Select(session => session.Start.Id));
        Assert.All(sessions, session => session.AssertConsistent());
        Assert.All(sessions, session => Assert.True(session.Strides.Count > 30));
        Bench.AssertWalked(walker, [.. sessions.SelectMany(session => session.Strides)]);
        Assert.Equal(3, bench.ReadSession().Id);
        Bench.AssertNumbered(live.Strides, live.Strides[0].Sequence);
        Assert.InRange(live.Strides.Length, 6, 12);
    }

    [Fact]
    public void A_long_session_is_served_in_small_bites_and_neither_sampling_nor_live_strides_suffer()
    {
        using var bench = Bench.Open(Bench.Backward(1500), out var sensor);
        bench.Pair();
        bench.AdvanceTo(1440);
        bench.Connect(Message.DefaultMtu);
        bench.Command([(byte)ControlOperation.Stop]);
        bench.Advance(6);
        var passesLost = sensor().Sampler.LostSamples;
        var live = bench.HearOwn(Uuids.Stride);
        var log = bench.HearOwn(Uuids.Log);

        bench.Command(ControlCommand.ReplayLog(0));
        bench.Advance(45);

        var session = Assert.Single(Sessions([.. log.Values.Select(value => value.Value).ToArray()[1..^1]]));
        session.AssertConsistent();
        Assert.InRange(session.Strides.Count, 1050, 1250);
        Bench.AssertNumbered(live.Strides, live.Strides[0].Sequence);
        Assert.InRange(live.Strides.Length, 25, 45);
        Assert.Equal((0u, 0u, passesLost), (sensor().Faults, sensor().Sampler.Overflows, sensor().Sampler.LostSamples));
        var longest = log.Values.Zip(log.Values.Skip(1), (a, b) => b.Seconds - a.Seconds).Max();
        Assert.InRange(longest, 0, 1);
    }

    [Fact]
    public void Forgetting_takes_the_sessions_too()
    {
        using var bench = new Bench(Bench.Backward(60));
        bench.AdvanceTo(30);
        bench.Connect();
        bench.Command([(byte)ControlOperation.Stop]);
        bench.Advance(6);
        Assert.Contains("walk1", bench.Device.Volume.List());

        Assert.Equal(ControlResult.Success, bench.Command([(byte)ControlOperation.Forget]).Result);

        Assert.DoesNotContain("walk1", bench.Device.Volume.List());
    }

    private static Storage.StoredSession[] Sessions(byte[][] frames)
    {
        var sessions = new List<Storage.StoredSession>();
        LogSessionStart? start = null;
        var strides = new List<Stride>();
        foreach (var frame in frames)
        {
            switch (LogFrame.KindOf(frame))
            {
                case LogFrameKind.SessionStart:
                    Assert.Null(start);
                    start = LogSessionStart.Decode(frame, out _);
                    break;
                case LogFrameKind.Strides:
                    Assert.NotNull(start);
                    strides.AddRange(LogStrides.Decode(frame, out _));
                    break;
                default:
                    sessions.Add(
                        new Storage.StoredSession(start!, [.. strides], LogSessionTotals.Decode(frame, out _)));
                    start = null;
                    strides.Clear();
                    break;
            }
        }

        Assert.Null(start);
        return [.. sessions];
    }

    private static Stride[] Replayed(Heard log, out LogBegin begin, out LogEnd end)
    {
        var frames = log.Values.Select(value => value.Value).ToArray();
        begin = LogBegin.Decode(frames[0], out var beginError);
        end = LogEnd.Decode(frames[^1], out var endError);
        Assert.Equal((DecodeError.None, DecodeError.None), (beginError, endError));
        return
        [
            .. frames[1..^1].SelectMany(frame =>
            {
                Assert.Equal(LogFrameKind.Strides, LogFrame.KindOf(frame));
                return LogStrides.Decode(frame, out _);
            }),
        ];
    }

    private static string Bytes(Stride stride)
    {
        var buffer = new byte[StrideCodec.Length];
        StrideCodec.Encode(stride, buffer, 0);
        return Convert.ToHexString(buffer);
    }
}
