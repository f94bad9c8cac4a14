using Backstep.Protocol;

namespace Backstep.Sensor.Tests.Storage;

public sealed class BrokenFlashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Flash_that_fails_stops_neither_walking_nor_streaming_and_is_told(int fromSecond)
    {
        var walker = Bench.Backward(60);
        using var bench = Bench.Open(walker, out var sensor, new VirtualSensor.VirtualDeviceOptions
        {
            Volume = new VirtualSensor.Board.MemoryVolume { Broken = fromSecond == 0 },
        });
        bench.Connect();
        var live = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(Math.Max(fromSecond, 2));
        Assert.Equal(fromSecond == 0, sensor().IsStorageFailing);
        bench.Device.Volume.Broken = true;
        bench.AdvanceTo(64);

        Assert.True(sensor().IsStorageFailing);
        Assert.True(sensor().Journal.FailedWrites > 3);
        Assert.True(sensor().Journal.LostStrides > 0);
        Assert.Equal(0u, sensor().Faults);
        Bench.AssertNumbered(live.Strides);
        Bench.AssertWalked(walker, live.Strides);
        Assert.InRange(live.Strides.Length, walker.Strides.Count * 9 / 10, walker.Strides.Count);
        Assert.Equal(live.Strides.Length, bench.ReadSession().BackwardStrides);

        // It heals itself as soon as the flash does; what was counted stays counted.
        bench.Device.Volume.Broken = false;
        bench.Advance(6);
        Assert.False(sensor().Journal.IsFailing);
    }

    [Fact]
    public void Flash_that_can_only_be_read_has_no_name_and_no_run_and_says_so()
    {
        using var bench = new Bench(Bench.Standing(), new VirtualSensor.VirtualDeviceOptions
        {
            Volume = new VirtualSensor.Board.MemoryVolume { ReadOnly = true },
        });
        bench.Connect();
        bench.HearOwn(Uuids.Log);
        var held = bench.Command(ControlCommand.ReplayLog(0)).Log;

        Assert.Equal((0u, 0), (held.Flash, held.Run));
    }
}
