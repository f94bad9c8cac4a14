using System.Device.I2c;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;
using nanoFramework.Hardware.Esp32;

namespace VirtualSensor.Tests;

public sealed class BoardFaults
{
    [Fact]
    public void A_transfer_takes_nine_bits_a_byte_of_virtual_time() => BoardBench.Run(wire =>
    {
        var before = HighResTimer.GetCurrent();
        wire.ReadBlock(0x3B, 14);

        // Address, register; address, 14 bytes: 17 bytes of 9 bits at 400 kHz.
        Assert.Equal(17 * 22.5, HighResTimer.GetCurrent() - before, 1.0);
    }).Dispose();

    [Theory]
    [InlineData(I2cBusSpeed.StandardMode, 90)]
    [InlineData(I2cBusSpeed.FastMode, 22.5)]
    [InlineData(I2cBusSpeed.FastModePlus, 9)]
    public void The_bus_speed_sets_the_time_of_a_byte(I2cBusSpeed speed, double microseconds) => BoardBench.Run(_ =>
    {
        var device = new I2cDevice(new I2cConnectionSettings(1, 0x68, speed));
        var before = HighResTimer.GetCurrent();
        Assert.Equal(I2cTransferStatus.FullTransfer, device.Read(new SpanByte(new byte[99])).Status);
        Assert.Equal(100 * microseconds, HighResTimer.GetCurrent() - before, 1.0);
    }).Dispose();

    [Fact]
    public void An_absent_address_is_a_status_and_leaves_the_buffer_alone() => BoardBench.Run(_ =>
    {
        var nobody = new I2cDevice(new I2cConnectionSettings(1, 0x69));
        var buffer = new byte[] { 1, 2, 3 };
        var result = nobody.WriteRead(new SpanByte([0x75]), new SpanByte(buffer));
        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, result.Status);
        Assert.Equal(0u, result.BytesTransferred);
        Assert.Equal([1, 2, 3], buffer);
        Assert.Equal(0, nobody.ReadByte());
    }).Dispose();

    [Fact]
    public void On_pins_without_the_chip_nobody_answers()
    {
        using var device = BoardBench.Device((clock, _) =>
        {
            clock.Sleep(20); // the chip's start-up

            // Without SetPinFunction bus 1 is on GPIO 18 and 19.
            var wrong = new I2cDevice(new I2cConnectionSettings(1, 0x68));
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, wrong.WriteByte(0x75).Status);

            // A device keeps the pins that it was opened with.
            Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(22, DeviceFunction.I2C1_CLOCK);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, wrong.WriteByte(0x75).Status);
            Assert.Equal(I2cTransferStatus.FullTransfer,
                new I2cDevice(new I2cConnectionSettings(1, 0x68)).WriteByte(0x75).Status);
        });
        device.Advance(TimeSpan.FromSeconds(1));
        device.RethrowFault();
    }

    [Fact]
    public void The_next_transfers_can_be_refused()
    {
        List<I2cTransferStatus> seen = [];
        using var device = Probe(seen);
        device.Advance(TimeSpan.FromMilliseconds(100));
        seen.Clear();
        device.Chip.NakNext(2);
        device.Advance(TimeSpan.FromMilliseconds(40));
        device.RethrowFault();
        Assert.Equal(
            [I2cTransferStatus.SlaveAddressNotAcknowledged, I2cTransferStatus.SlaveAddressNotAcknowledged,
                I2cTransferStatus.FullTransfer, I2cTransferStatus.FullTransfer],
            seen.Take(4));
    }

    [Fact]
    public void A_broken_transfer_moves_a_part_and_says_how_much()
    {
        I2cTransferResult result = default;
        byte[] buffer = [9, 9, 9, 9];
        using var device = BoardBench.Device((clock, _) =>
        {
            var wire = new Wire(clock);
            clock.Sleep(100);
            result = wire.Device.WriteRead(new SpanByte([0x75]), new SpanByte(buffer));
        });
        device.Advance(TimeSpan.FromMilliseconds(50));
        device.Chip.BreakNext(1);
        device.Advance(TimeSpan.FromMilliseconds(100));
        device.RethrowFault();
        Assert.Equal(I2cTransferStatus.PartialTransfer, result.Status);
        Assert.Equal(3u, result.BytesTransferred);
        Assert.Equal([0x68, 0, 9, 9], buffer);
    }

    [Fact]
    public void A_stuck_bus_times_out_after_a_second()
    {
        List<I2cTransferStatus> seen = [];
        using var device = Probe(seen);
        device.Advance(TimeSpan.FromMilliseconds(100));
        seen.Clear();
        device.Chip.BusStuck = true;
        device.Advance(TimeSpan.FromMilliseconds(2500));
        Assert.Equal([I2cTransferStatus.ClockStretchTimeout, I2cTransferStatus.ClockStretchTimeout], seen);
        device.Chip.BusStuck = false;
        device.Advance(TimeSpan.FromMilliseconds(1000));
        device.RethrowFault();
        Assert.Equal(I2cTransferStatus.FullTransfer, seen[^1]);
    }

    [Fact]
    public void Unplugged_nobody_answers_and_replugged_the_registers_are_as_after_power_up()
    {
        List<I2cTransferStatus> seen = [];
        using var device = Probe(seen);
        device.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(0x01, device.Chip.Peek(0x6B));
        device.Chip.Unplug();
        device.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, seen[^1]);
        device.Chip.Replug();
        Assert.Equal(0x40, device.Chip.Peek(0x6B));
        device.Advance(TimeSpan.FromMilliseconds(5));
        device.Advance(TimeSpan.FromMilliseconds(95));
        device.RethrowFault();
        Assert.Equal(I2cTransferStatus.FullTransfer, seen[^1]);
    }

    [Fact]
    public void A_brown_out_resets_the_chip_but_not_the_program()
    {
        List<I2cTransferStatus> seen = [];
        using var device = Probe(seen);
        device.Advance(TimeSpan.FromMilliseconds(100));
        device.Chip.BrownOut();
        device.Advance(TimeSpan.FromMilliseconds(100));
        device.RethrowFault();
        Assert.Equal(0x40, device.Chip.Peek(0x6B));
        Assert.Equal(1, device.Boots);
        Assert.Equal(I2cTransferStatus.FullTransfer, seen[^1]);
    }

    [Fact]
    public void Motion_is_asked_for_in_rising_order_through_all_faults()
    {
        var last = -1.0;
        var source = new FunctionMotion(t =>
        {
            Assert.True(t > last, $"{t} after {last}");
            last = t;
            return new Motion(0, 0, 1, 0, 0, 0);
        });
        using var device = BoardBench.Device(
            (clock, _) =>
            {
                var wire = new Wire(clock);
                while (true)
                {
                    wire.Write(0x6B, 0x01);
                    clock.Sleep(10);
                }
            },
            source);
        for (var i = 0; i < 20; i++)
        {
            device.Advance(TimeSpan.FromMilliseconds(37));
            device.Chip.Unplug();
            device.Advance(TimeSpan.FromMilliseconds(13));
            device.Chip.Replug();
            device.Advance(TimeSpan.FromMilliseconds(37));
            device.Chip.BrownOut();
        }

        device.RethrowFault();
        Assert.True(last > 1);
    }

    /// <summary>A program that wakes the chip once and then touches it every 10 ms.</summary>
    private static VirtualDevice Probe(List<I2cTransferStatus> seen) => BoardBench.Device((clock, _) =>
    {
        var wire = new Wire(clock);
        wire.Write(0x6B, 0x01);
        while (true)
        {
            seen.Add(wire.Device.WriteByte(0x75).Status);
            clock.Sleep(10);
        }
    });
}
