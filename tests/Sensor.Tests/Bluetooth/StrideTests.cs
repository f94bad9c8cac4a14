using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Sensor.Tests.Bluetooth;

public sealed class StrideTests
{
    [Theory]
    [InlineData(23)]
    [InlineData(247)]
    public void The_strides_of_a_walk_arrive_numbered_in_order_and_none_is_invented(ushort mtu)
    {
        var walker = Bench.Backward(30);
        using var bench = new Bench(walker);
        bench.Connect(mtu);
        var heard = bench.HearOwn(Uuids.Stride);

        bench.AdvanceTo(35);

        Assert.All(heard.Values, value => Assert.Equal(StrideCodec.Length, value.Value.Length));
        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.InRange(heard.Strides.Length, walker.Strides.Count * 95 / 100, walker.Strides.Count);
    }

    [Fact]
    public void A_stride_is_on_the_air_within_270_milliseconds_of_its_decision()
    {
        using var bench = new Bench(Bench.Backward(20));
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);

        bench.AdvanceTo(25);

        Assert.NotEmpty(heard.Values);
        foreach (var (value, stride) in heard.Values.Zip(heard.Strides))
        {
            // At most two turns of 100 ms from the decision to the fetch that hears of it, the newest record that stays
            // in the FIFO (10 ms), the pair that it is one half of (10 ms), what passes come late (10 ms), and 30 ms to
            // the next meeting of the two radios.
            var decided = 0.5 + (stride.ContactMilliseconds + stride.DecisionMilliseconds) / 1000.0;
            Assert.InRange(value.Seconds - decided, -0.02, 0.27);
        }
    }

    [Fact]
    public void Who_was_not_listening_is_told_nothing_afterwards()
    {
        using var bench = new Bench(Bench.Backward(20));
        bench.Connect();
        bench.AdvanceTo(15);

        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(25);

        Assert.NotEmpty(heard.Strides);
        Assert.InRange(heard.Strides[0].ContactMilliseconds, 14_000u, 17_000u);
        Bench.AssertNumbered(heard.Strides, heard.Strides[0].Sequence);
    }

    [Fact]
    public void Strides_wait_while_the_radio_is_full()
    {
        // One packet at a time every 2 s: slower than anyone walks, so that most sendings are refused at first.
        var link = new LinkOptions { ConnectionInterval = TimeSpan.FromSeconds(2), PacketsPerInterval = 1,
            TransmitBuffers = 1 };
        var walker = Bench.Backward(20);
        using var bench = new Bench(walker, new VirtualDeviceOptions { Link = link });
        bench.Connect(Message.DefaultMtu, encrypt: false);
        var heard = bench.HearOwn(Uuids.Stride);

        bench.AdvanceTo(70);

        Assert.True(bench.Device.Radio.RefusedNotifications > 10);
        Assert.NotEmpty(heard.Strides);
        Bench.AssertNumbered(heard.Strides, heard.Strides[0].Sequence);
        Assert.Equal((uint)walker.Strides.Count, heard.Strides[^1].Sequence);
    }

    [Fact]
    public void Shoe_side_and_mount_reach_the_engine_and_the_numbers_go_on()
    {
        var walker = Bench.Backward(40);
        using var bench = new Bench(walker);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(15);
        Assert.All(heard.Strides, stride => Assert.Equal(Stride.Missing, stride.TiltHalfDegrees));
        var before = heard.Strides.Length;

        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.SetPlacement(Placement.RightShoe)).Result);
        bench.AdvanceTo(60);

        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.InRange(heard.Strides.Length, walker.Strides.Count - 4, walker.Strides.Count);
        Assert.All(heard.Strides[before..], stride => Assert.NotEqual(Stride.Missing, stride.TiltHalfDegrees));
    }
}
