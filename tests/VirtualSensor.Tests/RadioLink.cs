using Backstep.VirtualSensor.Radio;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace VirtualSensor.Tests;

public sealed class RadioLink
{
    [Fact]
    public void Out_of_range_the_link_ends_on_both_ends_after_the_supervision_time_out()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        double? lostAt = null;
        central.Disconnected += () => lostAt = bench.Device.Elapsed.TotalSeconds;
        using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified, _ => { });
        bench.Advance(100);
        var since = bench.Device.Elapsed.TotalSeconds;
        bench.Device.Radio.InRange = false;
        bench.Advance(3900);
        Assert.True(central.IsConnected);
        bench.Advance(200);
        Assert.False(central.IsConnected);
        Assert.Equal(since + 4, lostAt!.Value, 0.001);
        Assert.Equal(["notified 1", "notified 0", "session Closed"], bench.Log[2..]);
        Assert.Throws<InvalidOperationException>(() => bench.Device.Radio.Connect()); // still out of range
        bench.Device.Radio.InRange = true;
        Assert.True(bench.Device.Radio.Connect().IsConnected);
    }

    [Fact]
    public void Back_in_range_in_time_everything_arrives_late()
    {
        using var bench = new RadioBench();
        List<byte> seen = [];
        var central = bench.Device.Radio.Connect();
        using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified,
            value => seen.Add(value[0]));
        bench.Device.Radio.InRange = false;
        bench.Notify([1], [2]);
        bench.Advance(3000);
        Assert.Empty(seen);
        bench.Device.Radio.InRange = true;
        bench.Advance(3000);
        Assert.Equal([1, 2], seen);
        Assert.True(central.IsConnected);
    }

    [Fact]
    public void What_was_queued_when_the_link_went_is_lost_though_the_firmware_was_told_success()
    {
        using var bench = new RadioBench();
        List<byte> seen = [];
        using var first = bench.Device.Radio.Connect()
            .Subscribe(RadioBench.Service, RadioBench.Notified, value => seen.Add(value[0]));
        bench.Device.Radio.InRange = false;
        bench.Notify([1]);
        bench.Advance(5000);
        Assert.Contains("Success 1", bench.Log);
        bench.Device.Radio.InRange = true;
        using var second = bench.Device.Radio.Connect()
            .Subscribe(RadioBench.Service, RadioBench.Notified, value => seen.Add(value[0]));
        bench.Notify([2]);
        bench.Advance(500);
        Assert.Equal([2], seen);
    }

    [Fact]
    public void A_request_on_a_link_that_goes_ends_with_its_loss()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        bench.Device.Radio.InRange = false;
        Assert.Throws<LinkLostException>(() => central.Read(RadioBench.Service, RadioBench.Open));
        Assert.False(central.IsConnected);
        Assert.Throws<LinkLostException>(() => central.Write(RadioBench.Service, RadioBench.Open, [1]));
    }

    [Fact]
    public void A_write_that_was_under_way_when_the_link_went_never_reaches_the_firmware()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        bench.Device.Radio.InRange = false;
        Assert.Throws<LinkLostException>(() => central.Write(RadioBench.Service, RadioBench.Open, [99]));
        bench.Device.Radio.InRange = true;
        bench.Advance(100);
        bench.Device.Radio.Connect();
        bench.Advance(500);
        Assert.Equal([1, 2, 3], bench.Value);
    }

    [Fact]
    public void A_device_without_power_falls_silent()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        var told = false;
        central.Disconnected += () => told = true;
        bench.Device.PowerOff();
        Assert.Null(bench.Device.Radio.Advertisement);
        bench.Device.Advance(TimeSpan.FromSeconds(3.9));
        Assert.False(told);
        bench.Device.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(told);
        bench.Device.PowerOn();
        bench.Device.Advance(TimeSpan.FromSeconds(1));
        Assert.True(bench.Device.Radio.Connect().IsConnected);
    }

    [Fact]
    public void Disposing_a_subscription_of_a_lost_link_does_nothing()
    {
        using var bench = new RadioBench();
        var subscription = bench.Device.Radio.Connect().Subscribe(RadioBench.Service, RadioBench.Notified, _ => { });
        bench.Device.Radio.DropLink();
        subscription.Dispose();
        subscription.Dispose();
        bench.Advance(100);
        Assert.Equal("session Closed", bench.Log[^1]);
    }

    [Fact]
    public void The_library_keeps_the_mtu_of_the_last_link()
    {
        // A trap of the real library that firmware must know: the session says 100 until the next exchange.
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        central.ExchangeMtu(100);
        bench.Advance(50);
        central.Disconnect();
        bench.Device.Radio.Connect();
        ushort said = 0;
        bench.Loop = () => said = nanoFramework.Device.Bluetooth.BluetoothLEServer.Instance.Session.MaxMtuSize;
        bench.Advance(50);
        Assert.Equal(100, said);
    }

    [Fact]
    public void The_same_seed_gives_the_same_arrivals_to_the_tick()
    {
        static List<string> Run(int seed)
        {
            using var bench = new RadioBench(new LinkOptions { PacketErrorRate = 0.4 }, seed: seed);
            List<string> seen = [];
            var central = bench.Device.Radio.Connect();
            using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified,
                value => seen.Add($"{bench.Device.Elapsed.Ticks}:{value[0]}"));
            byte next = 0;
            bench.Loop = () => bench.NotifiedByDevice.NotifyValue(new Buffer([next++]));
            bench.Advance(1000);
            return seen;
        }

        var once = Run(4);
        Assert.True(once.Count > 30);
        Assert.Equal(once, Run(4));
        Assert.NotEqual(once, Run(5));
    }
}
