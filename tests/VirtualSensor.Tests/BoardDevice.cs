using System.Device.I2c;
using Backstep.NanoHost;
using Backstep.Sensor.Board;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Processing;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace VirtualSensor.Tests;

/// <summary>Time, power, sleep, faults: the device as a whole, with small programs instead of the firmware.</summary>
public sealed class BoardDevice
{
    [Fact]
    public void Time_moves_only_when_advanced_and_exactly_so_far()
    {
        List<long> seen = [];
        using var device = BoardBench.Device((clock, _) =>
        {
            while (true)
            {
                seen.Add(clock.NowMilliseconds);
                clock.Sleep(30);
            }
        });
        Assert.Empty(seen);
        device.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([0, 30, 60, 90], seen);
        Assert.Equal(TimeSpan.FromMilliseconds(100), device.Elapsed);
        device.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal([0, 30, 60, 90, 120], seen);
    }

    [Fact]
    public void The_length_of_the_steps_does_not_matter()
    {
        static List<byte> Run(double stepMilliseconds)
        {
            List<byte> bytes = [];
            using var device = BoardBench.Device(
                (clock, _) =>
                {
                    var wire = new Wire(clock);
                    wire.StartFifo();
                    while (true)
                    {
                        clock.Sleep(20);
                        var count = wire.FifoCount();
                        bytes.AddRange(count == 0 ? [] : wire.ReadBlock(0x74, count));
                    }
                },
                new FunctionMotion(t => new Motion(Math.Sin(t * 9), 0, 1, 50, 0, 0)),
                new VirtualDeviceOptions { Seed = 3 });
            for (var t = 0.0; t < 3000; t += stepMilliseconds)
            {
                device.Advance(TimeSpan.FromMilliseconds(stepMilliseconds));
            }

            device.RethrowFault();
            return bytes;
        }

        var whole = Run(3000);
        Assert.True(whole.Count > 2000);
        Assert.Equal(whole, Run(7.5));
        Assert.Equal(whole, Run(3000));
    }

    [Fact]
    public void The_real_firmware_gives_the_same_bytes_twice_also_beside_another_device()
    {
        static VirtualDevice Device(string scenario, int seed)
        {
            Assert.True(Scenarios.TryGet(scenario, seed, out var walker));
            return new VirtualDevice(walker, new VirtualDeviceOptions { Seed = seed });
        }

        static (long Transfers, byte[] Files) Trace(VirtualDevice device) =>
            (device.Chip.Transfers,
                [.. device.Volume.List().Order(StringComparer.Ordinal).SelectMany(device.Volume.Read)]);

        using var alone = Device("backward", 9);
        alone.Advance(TimeSpan.FromSeconds(20));
        using var beside = Device("backward", 9);
        using var other = Device("forward", 5);
        for (var i = 0; i < 200; i++)
        {
            beside.Advance(TimeSpan.FromMilliseconds(100));
            other.Advance(TimeSpan.FromMilliseconds(130));
        }

        Assert.Null(alone.Fault);
        Assert.Null(beside.Fault);
        Assert.Null(other.Fault);
        Assert.Equal(Trace(alone).Transfers, Trace(beside).Transfers);
        Assert.Equal(Trace(alone).Files, Trace(beside).Files);
    }

    [Fact]
    public void Two_devices_side_by_side_have_their_own_pins_time_and_chip()
    {
        static VirtualDevice Device(byte divider) => BoardBench.Device((clock, _) =>
        {
            var wire = new Wire(clock);
            while (true)
            {
                wire.Write(0x19, divider);
                clock.Sleep(10);
            }
        });
        using var first = Device(11);
        using var second = Device(22);
        first.Advance(TimeSpan.FromSeconds(1));
        second.Advance(TimeSpan.FromSeconds(3));
        first.RethrowFault();
        second.RethrowFault();
        Assert.Equal(11, first.Chip.Peek(0x19));
        Assert.Equal(22, second.Chip.Peek(0x19));
        Assert.Equal(TimeSpan.FromSeconds(1), first.Elapsed);
        Assert.InRange(second.Chip.Transfers, first.Chip.Transfers * 2, first.Chip.Transfers * 4);
    }

    [Fact]
    public async Task Devices_on_several_threads_at_once_do_not_mix()
    {
        static int Run(int seed)
        {
            using var device = BoardBench.Device((clock, _) =>
            {
                var wire = new Wire(clock);
                for (var i = 0; i < 200; i++)
                {
                    wire.Write(0x19, (byte)seed);
                    clock.Sleep(10);
                    Assert.Equal(seed, wire.Read(0x19));
                }
            });
            device.Advance(TimeSpan.FromSeconds(5));
            device.RethrowFault();
            return device.Chip.Peek(0x19);
        }

        var results = await Task.WhenAll(Enumerable.Range(1, 6).Select(seed => Task.Run(() => Run(seed))));
        Assert.Equal([1, 2, 3, 4, 5, 6], results);
    }

    [Fact]
    public void What_the_program_throws_is_its_fault_and_time_goes_on()
    {
        using var device = new VirtualDevice(FunctionMotion.AtRest, BoardBench.QuietOptions, (clock, _) =>
        {
            clock.Sleep(50);
            throw new FormatException("broken");
        });
        device.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<FormatException>(device.Fault);
        Assert.False(device.IsRunning);
        Assert.Equal(TimeSpan.FromSeconds(1), device.Elapsed);
    }

    [Fact]
    public void A_program_that_returns_is_a_fault()
    {
        using var device = new VirtualDevice(FunctionMotion.AtRest, BoardBench.QuietOptions, (_, _) => { });
        device.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<InvalidOperationException>(device.Fault);
    }

    [Fact]
    public void Power_off_ends_even_a_program_that_catches_everything()
    {
        var after = 0;
        var off = false;
        using var device = BoardBench.Device((clock, _) =>
        {
            while (true)
            {
                try
                {
                    clock.Sleep(10);
                }
                catch (PowerOffException)
                {
                    after += off ? 1 : 0;
                }
            }
        });
        device.Advance(TimeSpan.FromSeconds(1));
        off = true;
        device.PowerOff();
        Assert.False(device.IsRunning);
        Assert.Null(device.Fault);
        Assert.InRange(after, 1, 100);
        device.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(after, 1, 100);
    }

    [Fact]
    public void Power_on_starts_the_program_anew_with_its_clock_at_zero_and_the_volume_kept()
    {
        List<(long Now, byte[]? File)> starts = [];
        using var device = BoardBench.Device(
            (clock, volume) =>
            {
                starts.Add((clock.NowMilliseconds, volume.Read("a")));
                clock.Sleep(100);
                volume.Write("a", [1, 2, 3], 2);
            },
            options: new VirtualDeviceOptions());
        device.Advance(TimeSpan.FromSeconds(2));
        device.PowerOff();
        device.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(starts);
        device.PowerOn();
        device.Advance(TimeSpan.FromSeconds(2));
        device.RethrowFault();
        Assert.Equal(2, starts.Count);
        Assert.Equal(500, starts[1].Now); // boot loader and CLR
        Assert.Equal([1, 2], starts[1].File!);
    }

    [Fact]
    public void A_power_loss_in_a_write_leaves_the_first_bytes_and_stops_the_program_there()
    {
        var reached = false;
        using var device = BoardBench.Device((clock, volume) =>
        {
            clock.Sleep(10);
            volume.Write("b", [1, 2, 3, 4, 5], 5);
            reached = true;
        });
        device.Volume.LosePowerAfter(3);
        device.Advance(TimeSpan.FromSeconds(1));
        Assert.False(reached);
        Assert.False(device.IsPowered);
        Assert.Null(device.Fault);
        Assert.Equal([1, 2, 3], device.Volume.Read("b"));
    }

    [Fact]
    public void A_power_loss_before_a_rename_keeps_the_old_name()
    {
        using var device = BoardBench.Device((_, volume) =>
        {
            volume.Write("new", [7], 1);
            volume.Rename("new", "old");
        });
        device.Volume.Write("old", [1], 1);
        device.Volume.LosePowerAfter(1);
        device.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1], device.Volume.Read("old"));
        Assert.Equal([7], device.Volume.Read("new"));
    }

    [Fact]
    public void The_volume_answers_with_a_status()
    {
        var volume = new MemoryVolume { CapacityBytes = 10 };
        Assert.Null(volume.Read("x"));
        Assert.True(volume.Append("x", [1, 2, 3], 2));
        Assert.True(volume.Append("x", [4], 1));
        Assert.Equal([1, 2, 4], volume.Read("x"));
        Assert.False(volume.Write("y", new byte[8], 8)); // full
        Assert.True(volume.Write("x", new byte[10], 10)); // replaces
        Assert.False(volume.Rename("y", "z"));
        Assert.True(volume.Rename("x", "z"));
        Assert.Equal(["z"], volume.List());
        Assert.True(volume.Delete("nothing"));
        Assert.True(volume.Delete("z"));
        Assert.Empty(volume.List());
        volume.Broken = true;
        Assert.False(volume.Append("x", [1], 1));
        Assert.False(volume.Delete("x"));
    }

    [Fact]
    public void Deep_sleep_ends_by_timer_and_the_program_knows_why()
    {
        List<(TimeSpan At, Sleep.WakeupCause Cause)> starts = [];
        VirtualDevice device = null!;
        device = BoardBench.Device((clock, _) =>
        {
            starts.Add((device.Elapsed, Sleep.GetWakeupCause()));
            clock.Sleep(100);
            Sleep.EnableWakeupByTimer(TimeSpan.FromSeconds(10));
            Sleep.StartDeepSleep();
        });
        using (device)
        {
            device.Advance(TimeSpan.FromSeconds(5));
            Assert.True(device.IsAsleep);
            Assert.False(device.IsRunning);
            device.Advance(TimeSpan.FromSeconds(5.5));
            Assert.Null(device.Fault);
            Assert.Equal([Sleep.WakeupCause.Undefined, Sleep.WakeupCause.Timer], starts.Select(start => start.Cause));
            Assert.Equal(10.1, starts[1].At.TotalSeconds, 0.01);
        }
    }

    [Fact]
    public void Deep_sleep_ends_by_the_button()
    {
        List<Sleep.WakeupCause> causes = [];
        using var device = BoardBench.Device((clock, _) =>
        {
            causes.Add(Sleep.GetWakeupCause());
            // no RTC pin
            Assert.Equal(EspNativeError.INVALID_ARG, Sleep.EnableWakeupByPin(Sleep.WakeupGpioPin.Pin21, 0));
            Assert.Equal(EspNativeError.OK, Sleep.EnableWakeupByPin(Sleep.WakeupGpioPin.Pin27, 0));
            clock.Sleep(10);
            Sleep.StartDeepSleep();
        });
        device.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([Sleep.WakeupCause.Undefined], causes);
        device.Pins.PressButton(TimeSpan.FromMilliseconds(200));
        device.Advance(TimeSpan.FromSeconds(1));
        device.RethrowFault();
        Assert.Equal(Sleep.WakeupCause.Ext0, causes[1]);
    }

    [Fact]
    public void Deep_sleep_ends_by_the_motion_interrupt_of_the_chip_which_keeps_its_registers()
    {
        List<(Sleep.WakeupCause Cause, Sleep.WakeupGpioPin Pins, int Power)> starts = [];
        using var device = BoardBench.Device(
            (clock, _) =>
            {
                var wire = new Wire(clock);
                starts.Add((Sleep.GetWakeupCause(), Sleep.GetWakeupGpioPin(), wire.Read(0x6B)));
                wire.Write(0x6B, 0x01);
                wire.Write(0x1C, 0x01);
                wire.Write(0x1F, 5, 1);
                wire.Write(0x37, 0x20, 0x40);
                wire.Read(0x3A);
                Sleep.EnableWakeupByMultiPins(Sleep.WakeupGpioPin.Pin33, Sleep.WakeupMode.AnyHigh);
                Sleep.StartDeepSleep();
            },
            new FunctionMotion(t => new Motion(t is > 20 and < 21 ? Math.Sin(80 * t) : 0, 0, 1, 0, 0, 0)));
        device.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal([(Sleep.WakeupCause.Undefined, Sleep.WakeupGpioPin.None, 0x40)], starts);
        device.Advance(TimeSpan.FromSeconds(1.2));
        device.RethrowFault();
        Assert.Equal((Sleep.WakeupCause.Ext1, Sleep.WakeupGpioPin.Pin33, 0x01), starts[1]);
    }

    [Fact]
    public void A_reboot_starts_the_program_anew()
    {
        using var device = BoardBench.Device((clock, _) =>
        {
            clock.Sleep(1000);
            Power.RebootDevice();
        });
        device.Advance(TimeSpan.FromSeconds(3.5));
        device.RethrowFault();
        Assert.Equal(4, device.Boots);
    }

    [Fact]
    public void A_transfer_on_the_bus_lets_no_handler_run()
    {
        var busy = false;
        var seen = new List<bool>();
        using var device = BoardBench.Device((clock, _) =>
        {
            var wire = new Wire(clock);
            var button = new System.Device.Gpio.GpioController().OpenPin(27, System.Device.Gpio.PinMode.InputPullUp);
            button.ValueChanged += (_, _) => seen.Add(busy);
            while (true)
            {
                busy = true;
                wire.ReadBlock(0x3B, 200); // 4.5 ms
                busy = false;
                clock.Sleep(1);
            }
        });
        for (var i = 0; i < 20; i++)
        {
            device.Advance(TimeSpan.FromMilliseconds(23.7));
            device.Pins.SetButton(!device.Pins.ButtonDown);
        }

        device.Advance(TimeSpan.FromMilliseconds(50));
        device.RethrowFault();
        Assert.Equal(20, seen.Count);
        Assert.DoesNotContain(true, seen);
    }
}
