using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Tests.Imu;

/// <summary>
/// Bytes that get lost on the way out of the FIFO, so that everything behind them is read as something else. The same
/// walk with one loss a walk, offset by offset and chip by chip, is printed by the benchmarks' command <c>fifo</c>.
/// </summary>
public sealed class LostBytesTests
{
    private const int StridesOfOneLoss = 4;

    [Theory]
    [InlineData(0x68, 11, false)]
    [InlineData(0x70, 11, false)]
    [InlineData(0x98, 11, false)]
    [InlineData(0x19, 13, false)]
    [InlineData(0x68, 11, true)]
    [InlineData(0x19, 13, true)]
    public void Any_number_of_lost_bytes_is_noticed_within_a_second_and_costs_a_few_strides(
        byte whoAmI, int offsets, bool inBurst)
    {
        var walker = Bench.Backward(offsets * 14 + 20);
        var chip = new ChipOptions { WhoAmI = whoAmI };
        using var bench = Bench.Open(walker, out var sensor, new VirtualDeviceOptions { Chip = chip });
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(15);
        for (var bytes = 1; bytes <= offsets; bytes++)
        {
            if (inBurst)
            {
                bench.Device.Chip.LoseFifoBytesInBurst(bytes);
            }
            else
            {
                bench.Device.Chip.LoseFifoBytes(bytes);
            }

            bench.Advance(1);
            Assert.Equal((uint)bytes, sensor().Sampler.Misalignments);
            Assert.True(sensor().Sampler.IsStreaming);
            bench.Advance(12.7);
        }

        bench.AdvanceTo(offsets * 14 + 27);
        Assert.Equal((1u, 0u), (sensor().Sampler.BringUps, sensor().Faults));
        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.InRange(heard.Strides.Length, walker.Strides.Count - offsets * StridesOfOneLoss, walker.Strides.Count);
    }

    [Fact]
    public void A_bit_of_FIFO_EN_that_flips_is_mended_with_the_fifo()
    {
        var walker = Bench.Backward(60);
        using var bench = Bench.Open(walker, out var sensor);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(20);
        bench.Device.Chip.Poke(0x23, 0x38); // records of 10 bytes
        bench.AdvanceTo(65);

        Assert.InRange(sensor().Sampler.Misalignments, 1u, 2u);
        Assert.Equal(0x78, bench.Device.Chip.Peek(0x23));
        Bench.AssertWalked(walker, heard.Strides);
        Assert.InRange(heard.Strides.Length, walker.Strides.Count - StridesOfOneLoss, walker.Strides.Count);
    }

    [Theory]
    [InlineData(true, "MPU-6050 always says the same")]
    [InlineData(false, "MPU-6050 always says the same")]
    public void A_frozen_or_zeroed_chip_is_told_and_believed_again_when_it_lives(bool frozen, string description)
    {
        var walker = Bench.Backward(80);
        using var bench = Bench.Open(walker, out var sensor);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(20);
        (bench.Device.Chip.IsFrozen, bench.Device.Chip.IsZeroed) = (frozen, !frozen);
        bench.Advance(1.3);
        Assert.False(sensor().Sampler.IsStreaming);
        Assert.Equal(description, bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
        bench.AdvanceTo(40);
        Assert.False(sensor().Sampler.IsStreaming);
        var told = heard.Strides.Length;
        (bench.Device.Chip.IsFrozen, bench.Device.Chip.IsZeroed) = (false, false);
        bench.Advance(1);
        Assert.True(sensor().Sampler.IsStreaming);
        Assert.Equal("MPU-6050", bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
        bench.AdvanceTo(85);

        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides, 0.15);
        Assert.True(heard.Strides.Length - told > 25, $"{heard.Strides.Length - told} strides after it lives again");
        Assert.Equal(0u, sensor().Faults);
    }

    [Fact]
    public void A_chip_that_lies_still_and_feels_no_weight_is_told()
    {
        var chip = new ChipOptions { AccelerometerBiasG = (0, 0, -0.6) };
        using var bench = Bench.Open(Bench.Standing(), out var sensor, new VirtualDeviceOptions { Chip = chip });
        bench.Connect();
        bench.AdvanceTo(5);

        Assert.False(sensor().Sampler.IsStreaming);
        Assert.Equal("MPU-6050 feels no weight", bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
    }

    [Theory]
    [InlineData(0.08)]
    [InlineData(-0.08)]
    public void The_worst_chip_that_the_data_sheet_allows_is_believed(double bias)
    {
        var chip = new ChipOptions { AccelerometerBiasG = (0.05, -0.05, bias) };
        using var bench = Bench.Open(Bench.Standing(), out var sensor, new VirtualDeviceOptions { Chip = chip });
        bench.AdvanceTo(30);

        Assert.True(sensor().Sampler.IsStreaming);
        Assert.Equal(0u, sensor().Sampler.Doubts);
    }
}
