using Backstep.Protocol;
using Backstep.Sensor.Board;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Board;

/// <summary>
/// One program on three boards: it finds out by itself where it is, and everything on that board works.
/// </summary>
public sealed class BoardFinderTests
{
    private const double Idle = 600;

    private static readonly VirtualDeviceOptions DevKit = new();

    private static readonly VirtualDeviceOptions Xiao = new() { Wiring = Wiring.Xiao };

    private static readonly VirtualDeviceOptions Stick = new()
    {
        Wiring = Wiring.Stick,
        Chip = new ChipOptions { WhoAmI = 0x19 },
    };

    public static TheoryData<string> Boards => ["DevKit", "Xiao", "Stick"];

    [Theory]
    [MemberData(nameof(Boards))]
    public void It_walks_flashes_is_pressed_and_reads_its_cell(string board)
    {
        var walker = Bench.Backward(40);
        using var bench = Bench.Open(walker, out var sensor, Named(board) with { BatteryVolts = 3.84 });
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        var flashes = 0;
        bench.Device.Pins.LedChanged += lit => flashes += lit ? 1 : 0;
        bench.AdvanceTo(45);

        Assert.True(sensor().Sampler.IsStreaming);
        Assert.Equal(0u, sensor().Faults);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.InRange(heard.Strides.Length, walker.Strides.Count * 95 / 100, walker.Strides.Count);
        Assert.InRange(flashes, 40, 100);
        Assert.InRange(BatteryLevel.Decode(bench.Central.Read(Uuids.Battery, Uuids.BatteryLevel), out _), 48, 52);

        var before = bench.ReadSession().State;
        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(1.2));
        bench.Advance(1.5);
        Assert.Equal((SessionState.Active, SessionState.Ended), (before, bench.ReadSession().State));
    }

    [Theory]
    [InlineData("DevKit")]
    [InlineData("Xiao")]
    public void It_sleeps_dark_and_wakes_by_motion_and_by_the_button(string board)
    {
        var walker = new Walker(
            [new Stand(700), new Walk(WalkParameters.Backward(0.7), 10), new Stand(700)],
            new WalkerSettings { HeadingDegrees = 180 });
        using var bench = new Bench(walker, Named(board));
        bench.AdvanceTo(Idle + 5);
        Assert.True(bench.Device.IsAsleep);
        Assert.False(bench.Device.Pins.Led);
        bench.AdvanceTo(705);
        Assert.Equal(2, bench.Device.Boots);

        bench.AdvanceTo(715 + Idle + 5);
        Assert.True(bench.Device.IsAsleep);
        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(0.2));
        bench.Advance(2);
        Assert.Equal(3, bench.Device.Boots);
    }

    [Fact]
    public void A_stick_holds_its_power_and_is_off_for_good_when_it_would_sleep()
    {
        using var bench = new Bench(Bench.Standing(), Stick);
        bench.AdvanceTo(Idle - 5);
        Assert.True(bench.Device.IsPowered);

        bench.AdvanceTo(Idle + 5);

        Assert.False(bench.Device.IsPowered);
        Assert.Equal(1, bench.Device.Boots);
    }

    [Fact]
    public void A_stick_on_USB_sleeps_and_its_button_wakes_it()
    {
        using var bench = new Bench(Bench.Standing(), Stick with { IsOnUsb = true });
        bench.AdvanceTo(Idle + 5);
        Assert.True(bench.Device.IsAsleep);

        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(0.2));
        bench.Advance(2);

        Assert.Equal(2, bench.Device.Boots);
    }

    [Fact]
    public void A_stick_that_nobody_holds_goes_off()
    {
        using var device = new VirtualDevice(Bench.Standing(), Stick, (clock, _) =>
        {
            while (true)
            {
                clock.Sleep(20);
            }
        });
        device.Advance(TimeSpan.FromSeconds(5));

        Assert.False(device.IsPowered);
    }

    private static VirtualDeviceOptions Named(string board) => board switch
    {
        "DevKit" => DevKit,
        "Xiao" => Xiao,
        _ => Stick,
    };
}
