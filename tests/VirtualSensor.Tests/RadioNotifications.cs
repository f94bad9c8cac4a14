using Backstep.VirtualSensor.Radio;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace VirtualSensor.Tests;

public sealed class RadioNotifications
{
    [Fact]
    public void Nothing_is_sent_while_notifications_are_disabled()
    {
        using var bench = new RadioBench();
        List<byte[]> seen = [];
        var central = bench.Device.Radio.Connect();
        bench.Notify([1]);
        bench.Advance(100);
        Assert.DoesNotContain(bench.Log, line => line.StartsWith("Success", StringComparison.Ordinal));

        var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified, seen.Add);
        bench.Notify([2]);
        bench.Advance(100);
        subscription.Dispose();
        bench.Notify([3]);
        bench.Advance(100);

        Assert.Equal([[2]], seen);
        Assert.Equal(["session Active", "notified 1", "Success 1", "notified 0"], bench.Log[1..]);
    }

    [Fact]
    public void A_subscription_for_indications_gets_the_librarys_notifications()
    {
        using var bench = new RadioBench();
        List<byte[]> seen = [];
        var central = bench.Device.Radio.Connect();
        using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Indicated, seen.Add);
        bench.Loop = () =>
        {
            bench.Loop = null;
            bench.IndicatedByDevice.NotifyValue(new Buffer([4, 5]));
        };
        bench.Advance(100);
        Assert.Equal([[4, 5]], seen);
    }

    [Fact]
    public void The_value_is_copied_when_it_is_sent()
    {
        using var bench = new RadioBench();
        List<byte[]> seen = [];
        using var subscription = bench.Device.Radio.Connect()
            .Subscribe(RadioBench.Service, RadioBench.Notified, seen.Add);
        var array = new byte[] { 1, 2 };
        bench.Loop = () =>
        {
            bench.Loop = null;
            bench.NotifiedByDevice.NotifyValue(new Buffer(array));
            array[0] = 99;
        };
        bench.Advance(100);
        Assert.Equal([[1, 2]], seen);
    }

    [Fact]
    public void Values_longer_than_the_mtu_minus_3_are_cut_without_a_word()
    {
        using var bench = new RadioBench();
        List<byte[]> seen = [];
        var central = bench.Device.Radio.Connect();
        using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified, seen.Add);
        var value = Enumerable.Range(0, 40).Select(i => (byte)i).ToArray();
        Assert.Equal(23, central.Mtu);
        bench.Notify(value[..20], value);
        bench.Advance(100);
        Assert.Equal([value[..20], value[..20]], seen);
        Assert.Equal(1, bench.Device.Radio.CutNotifications);
        Assert.Equal("Success 40", bench.Log[^1]);

        central.ExchangeMtu(64);
        bench.Notify(value);
        bench.Advance(100);
        Assert.Equal(value, seen[^1]);
        Assert.Contains("mtu 64", bench.Log);
    }

    [Fact]
    public void The_mtu_is_the_smaller_offer_and_never_below_23()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        central.ExchangeMtu(517);
        Assert.Equal(256, central.Mtu);
        central.ExchangeMtu(10);
        Assert.Equal(23, central.Mtu);
        central.Disconnect();
        bench.Advance(50);
        Assert.Equal(23, bench.Device.Radio.Connect().Mtu);
    }

    [Fact]
    public void Values_arrive_in_order_at_the_meetings_of_the_radios_after_the_delay()
    {
        using var bench =
            new RadioBench(
                new LinkOptions { ConnectionInterval = TimeSpan.FromMilliseconds(50), PacketsPerInterval = 2,
                    Delay = TimeSpan.FromMilliseconds(7) });
        List<(double At, byte Value)> seen = [];
        var central = bench.Device.Radio.Connect(); // at 100 ms: they meet at 150, 200, ...
        using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified,
            value => seen.Add((bench.Device.Elapsed.TotalMilliseconds, value[0])));
        bench.Notify([1], [2], [3]);
        bench.Advance(300);
        Assert.Equal([1, 2, 3], seen.Select(one => (int)one.Value));
        Assert.All(seen, one => Assert.Equal(7, one.At % 50, 0.001));
        Assert.Equal(seen[0].At, seen[1].At);
        Assert.Equal(50, seen[2].At - seen[0].At, 0.001);
    }

    [Fact]
    public void Bad_radio_makes_values_late_but_loses_none()
    {
        using var bench = new RadioBench(new LinkOptions { PacketErrorRate = 0.5 });
        List<byte> seen = [];
        var central = bench.Device.Radio.Connect();
        using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified,
            value => seen.Add(value[0]));
        byte next = 0;
        var turn = 0;
        bench.Loop = () =>
        {
            if (++turn % 10 == 0 && next < 100)
            {
                bench.NotifiedByDevice.NotifyValue(new Buffer([next++]));
            }
        };
        bench.Advance(9000);
        Assert.InRange(seen.Count, 80, 100);
        bench.Advance(4000);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), seen);
        Assert.Equal(0, bench.Device.Radio.RefusedNotifications);
    }

    [Fact]
    public void A_full_queue_makes_notifications_unreachable()
    {
        using var bench = new RadioBench(new LinkOptions { TransmitBuffers = 3 });
        List<byte[]> seen = [];
        using var subscription = bench.Device.Radio.Connect()
            .Subscribe(RadioBench.Service, RadioBench.Notified, seen.Add);
        bench.Notify([1], [2], [3], [4], [5]);
        bench.Advance(200);
        Assert.Equal([[1], [2], [3]], seen);
        Assert.Equal(["Success 1", "Success 1", "Success 1", "Unreachable 1", "Unreachable 1"], bench.Log[^5..]);
        Assert.Equal(2, bench.Device.Radio.RefusedNotifications);
    }

    [Fact]
    public void A_kept_client_of_a_link_that_is_gone_is_unreachable()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified, _ => { });
        nanoFramework.Device.Bluetooth.GenericAttributeProfile.GattSubscribedClient? kept = null;
        bench.Loop = () => kept ??= bench.NotifiedByDevice.SubscribedClients[0];
        bench.Advance(100);
        central.Disconnect();
        string status = "";
        bench.Loop = () =>
        {
            var result = bench.NotifiedByDevice.NotifyValue(new Buffer([1]), kept!);
            status = $"{result.Status} {result.ProtocolError}";
        };
        bench.Advance(100);
        Assert.Equal("Unreachable 7", status);
    }
}
