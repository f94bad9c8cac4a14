using Backstep.Protocol;
using Backstep.VirtualSensor.Processing;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Storage;

/// <summary>The power is pulled at every byte of everything that is written, and the sensor started again.</summary>
public sealed class PowerCutTests
{
    [Fact]
    public void At_any_byte_of_a_session_at_most_five_seconds_are_lost_and_every_start_works()
    {
        // 40 strides: nine writes, one session after another, the end of the first between them.
        var whole = new MemoryVolume();
        Walk(new SessionBench(whole));
        var all = (int)whole.BytesWritten;
        Assert.InRange(all, 1000, 2500);

        for (var bytes = 0; bytes < all; bytes++)
        {
            var volume = new MemoryVolume();
            volume.LosePowerAfter(bytes);
            var before = new SessionBench(volume);
            Assert.Throws<PowerOffException>(() => Walk(before));

            AssertStarts(volume, before, 0);
        }
    }

    [Fact]
    public void At_any_byte_of_what_a_start_writes_nothing_more_is_lost()
    {
        var walked = new MemoryVolume();
        var first = new SessionBench(walked);
        first.Walk(10);
        walked.LosePowerAfter(50);
        Assert.Throws<PowerOffException>(() => first.Walk(10));

        for (var bytes = 0; bytes < 300; bytes++)
        {
            var volume = new MemoryVolume();
            foreach (var name in walked.List())
            {
                var content = walked.Read(name);
                volume.Write(name, content, content.Length);
            }

            var before = Assert.Single(new SessionBench(volume).Stored()).Strides.Count;
            volume.LosePowerAfter(bytes);
            var second = new SessionBench(volume);
            try
            {
                second.Walk(12);
            }
            catch (PowerOffException)
            {
                // At most the second session is there in part; the first must be untouched.
            }

            var stored = new SessionBench(volume).Stored();
            Assert.Equal(before, stored[0].Strides.Count);
            Assert.All(stored, session => session.AssertConsistent());
        }
    }

    [Fact]
    public void At_any_byte_around_the_change_of_files_and_the_deletion_of_the_oldest()
    {
        // A log that is full but for 300 bytes of its last file.
        var full = new MemoryVolume();
        var filler = new SessionBench(full);
        while (filler.Log.Last < 48 || full.Read("walk48") is not { Length: > 3700 })
        {
            filler.Walk(1);
        }

        for (var bytes = 0; bytes < 900; bytes++)
        {
            var volume = new MemoryVolume();
            foreach (var name in full.List())
            {
                var content = full.Read(name);
                volume.Write(name, content, content.Length);
            }

            var id = new SessionBench(volume).Stored()[^1].Start.Id;
            volume.LosePowerAfter(bytes);
            var before = new SessionBench(volume);
            Assert.Throws<PowerOffException>(() => before.Walk(50));

            AssertStarts(volume, before, id);
        }
    }

    [Fact]
    public void Power_that_fails_again_and_again_uses_up_no_space()
    {
        var volume = new MemoryVolume();
        new SessionBench(volume).Walk(20);
        for (var i = 0; i < 200; i++)
        {
            volume.LosePowerAfter(i % 60);
            Assert.Throws<PowerOffException>(() => new SessionBench(volume).Walk(10));
        }

        Assert.InRange(volume.List().Length, 1, 3);
        Assert.Equal(20 - 3, Assert.Single(new SessionBench(volume).Stored()).Strides.Count, 3.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(35)]
    [InlineData(77)]
    [InlineData(140)]
    [InlineData(499)]
    public void The_whole_sensor_comes_back_and_gives_the_interrupted_session(int bytes)
    {
        var walker = Bench.Backward(90);
        using var bench = new Bench(walker);
        bench.Connect();
        var live = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(40);
        bench.Device.Volume.LosePowerAfter(bytes);
        var told = 0;
        while (bench.Device.IsPowered)
        {
            told = live.Values.Count(value => value.Seconds <= bench.Seconds - 5.1);
            bench.Advance(0.02);
        }

        bench.Device.PowerOn();
        bench.Advance(2);
        bench.Connect();
        var log = bench.HearOwn(Uuids.Log);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.ReplayLog(0)).Result);
        bench.Advance(2);

        var frames = log.Values.Select(value => value.Value).ToArray();
        Assert.Equal(LogFrameKind.Begin, LogFrame.KindOf(frames[0]));
        var start = LogSessionStart.Decode(frames[1], out _);
        var totals = LogSessionTotals.Decode(frames[^2], out _);
        var strides = frames[2..^2].SelectMany(frame => LogStrides.Decode(frame, out _)).ToArray();
        var end = LogEnd.Decode(frames[^1], out _);
        new StoredSession(start, strides, totals).AssertConsistent();
        Assert.Equal((1, ControlResult.Success, 0u), (start.Id, end.Result, end.NextSequence));
        Assert.InRange(strides.Length, told, live.Values.Count);
        Bench.AssertWalked(walker, strides);

        // The walk goes on meanwhile, as the next session.
        bench.Advance(10);
        Assert.Equal(2, bench.ReadSession().Id);
        Assert.Equal(SessionState.Active, bench.ReadSession().State);
    }

    private static void Walk(SessionBench bench)
    {
        bench.Walk(20, 1100);
        bench.Session.Stop();
        bench.Walk(20, 900);
        bench.Rest(5);
        bench.Session.Stop();
        bench.Rest(6);
    }

    /// <summary>After the power cut: the log starts, gives what was told more than 5 s before, nothing false, and goes
    /// on.</summary>
    private static void AssertStarts(MemoryVolume volume, SessionBench before, int lastId)
    {
        var after = new SessionBench(volume);
        var stored = after.Stored(out var isFaulty);
        Assert.False(isFaulty);
        var own = stored.Where(session => session.Start.Id > lastId).ToArray();
        Assert.All(own, session => session.AssertConsistent());
        var strides = own.SelectMany(session => session.Strides).Select(stride => stride.Sequence).ToArray();
        Bench.AssertNumbered([.. own.SelectMany(session => session.Strides)]);

        var due = before.Counted.Count(stride => stride.Milliseconds + 5000 < before.NowMilliseconds);
        Assert.InRange(strides.Length, due, before.Counted.Count);

        after.Walk(5);
        after.Rest(130);
        var later = new SessionBench(volume).Stored();
        Assert.Equal(after.Session.Id, (uint)later[^1].Start.Id);
        Assert.Equal(5, later[^1].Strides.Count);
        Assert.Equal(own.Length + 1, later.Count(session => session.Start.Id > lastId));
        if (own.Length > 0)
        {
            Assert.Equal(strides.Length,
                later.Where(session => session.Start.Id > lastId).SkipLast(1).Sum(session => session.Strides.Count));
        }
    }
}
