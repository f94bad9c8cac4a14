using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Board;

public sealed class SleepTests
{
    private const double Idle = 600;

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x70)]
    [InlineData(0x98)]
    [InlineData(0x19)]
    public void After_ten_idle_minutes_it_sleeps_dark_with_the_chip_in_its_low_power_cycle_until_the_shoe_moves(
        byte identity)
    {
        var walker = new Walker(
            [new Stand(700), new Walk(WalkParameters.Backward(0.7), 60)], new WalkerSettings { HeadingDegrees = 180 });
        using var bench = new Bench(walker, new VirtualDeviceOptions { Chip = new ChipOptions { WhoAmI = identity } });
        bench.AdvanceTo(Idle - 5);
        Assert.False(bench.Device.IsAsleep);
        bench.AdvanceTo(Idle + 5);

        Assert.True(bench.Device.IsAsleep);
        Assert.False(bench.Device.Pins.Led);
        Assert.Equal(0x28, bench.Device.Chip.Peek(0x6B));
        Assert.Equal(0x07, bench.Device.Chip.Peek(0x6C) & 0x3F);
        bench.AdvanceTo(699);
        Assert.True(bench.Device.IsAsleep);

        // Steps wake it; once awake it counts them.
        bench.AdvanceTo(705);
        Assert.Equal(2, bench.Device.Boots);
        bench.Connect();
        bench.AdvanceTo(760);
        Assert.InRange(bench.ReadSession().BackwardStrides, 20, 60);
    }

    [Fact]
    public void A_press_wakes_it_and_does_nothing_else()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var bonds = bench.Device.Radio.Host.Bonds.Count;
        Assert.True(bonds > 0);
        bench.Central.Disconnect();
        bench.AdvanceTo(Idle + 20);
        Assert.True(bench.Device.IsAsleep);

        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(2));
        bench.Advance(4);

        Assert.Equal(2, bench.Device.Boots);
        Assert.Equal(bonds, bench.Device.Radio.Host.Bonds.Count);
        bench.Connect();
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
    }

    [Fact]
    public void A_central_keeps_it_awake_and_so_does_walking()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.AdvanceTo(Idle + 100);
        Assert.False(bench.Device.IsAsleep);

        using var walking = new Bench(Bench.Backward(Idle + 100));
        walking.AdvanceTo(Idle + 100);
        Assert.False(walking.Device.IsAsleep);
    }

    [Fact]
    public void Without_the_chip_it_sleeps_too_and_the_button_wakes_it()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Device.Chip.Unplug();
        bench.AdvanceTo(Idle + 20);
        Assert.True(bench.Device.IsAsleep);

        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(0.2));
        bench.Advance(2);
        Assert.Equal(2, bench.Device.Boots);
    }

    [Fact]
    public void The_button_held_while_the_power_comes_forgets_who_was_paired()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.Device.PowerOff();
        bench.Device.PowerOn();
        bench.Advance(2);
        Assert.NotEmpty(bench.Device.Radio.Host.Bonds);

        bench.Device.PowerOff();
        bench.Device.Pins.SetButton(true);
        bench.Device.PowerOn();
        bench.Advance(2);
        bench.Device.Pins.SetButton(false);
        bench.Advance(1);

        Assert.Empty(bench.Device.Radio.Host.Bonds);
        bench.Connect();
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
    }
}
