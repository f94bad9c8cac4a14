using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Tests.Imu;

/// <summary>Chips that boards sold as MPU-6050 carry, and that of the M5StickC Plus2: all of them walk.</summary>
public sealed class ChipFamilyTests
{
    [Theory]
    [InlineData(0x68, 0x68, "MPU-6050")]
    [InlineData(0x68, 0x69, "MPU-6050")]
    [InlineData(0x70, 0x68, "MPU-6500")]
    [InlineData(0x70, 0x69, "MPU-6500")]
    [InlineData(0x71, 0x68, "MPU-9250")]
    [InlineData(0x72, 0x68, "motion chip 0x72")]
    [InlineData(0x73, 0x68, "MPU-9255")]
    [InlineData(0x75, 0x68, "motion chip 0x75")]
    [InlineData(0x98, 0x68, "ICM-20689")]
    [InlineData(0x98, 0x69, "ICM-20689")]
    [InlineData(0x19, 0x68, "MPU-6886")]
    [InlineData(0x12, 0x69, "ICM-20602")]
    [InlineData(0x00, 0x68, "motion chip 0x00")]
    public void Whatever_keeps_its_settings_is_named_and_measures_through_a_stall(byte whoAmI, int address, string name)
    {
        var walker = Bench.Backward(30);
        var chip = new ChipOptions { WhoAmI = whoAmI, Address = address };
        using var bench = Bench.Open(walker, out var sensor, new VirtualDeviceOptions { Chip = chip });
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(20);
        var lost = sensor().Sampler.LostSamples;
        bench.Stall(0.45); // 0.71 s of records with the temperature, of which 0.2 s were waiting when the stall began
        bench.AdvanceTo(35);

        var sampler = sensor().Sampler;
        Assert.Equal(name, bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
        Assert.Equal(
            (1u, 0u, 0u, 0u, 0u),
            (sampler.BringUps, sampler.BrokenTransfers, sampler.Overflows, sampler.Misalignments, sampler.Doubts));
        Assert.Equal(lost, sampler.LostSamples);
        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.InRange(heard.Strides.Length, walker.Strides.Count * 95 / 100, walker.Strides.Count);
    }

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x98)]
    [InlineData(0x19)]
    [InlineData(0x12)]
    public void A_fifo_that_runs_over_is_noticed_whatever_its_size(byte whoAmI)
    {
        var walker = Bench.Backward(30);
        var chip = new ChipOptions { WhoAmI = whoAmI };
        using var bench = Bench.Open(walker, out var sensor, new VirtualDeviceOptions { Chip = chip });
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(20);
        bench.Stall(2);
        bench.AdvanceTo(35);

        Assert.Equal(1u, sensor().Sampler.Overflows);
        Bench.AssertWalked(walker, heard.Strides);
    }

    [Fact]
    public void A_chip_that_comes_back_as_another_is_set_up_as_that()
    {
        var chip = new ChipOptions { WhoAmI = 0x19 };
        using var bench = Bench.Open(Bench.Standing(), out var sensor, new VirtualDeviceOptions { Chip = chip });
        bench.AdvanceTo(5);
        bench.Device.Chip.Unplug();
        bench.Advance(3);
        bench.Connect();
        Assert.Equal("no motion chip answers", bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
        bench.Device.Chip.Replug();
        bench.Advance(3);

        Assert.True(sensor().Sampler.IsStreaming);
        Assert.Equal("MPU-6886", bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
        Assert.Equal(
            [9, 0x03, 0x18, 0x18, 0x03],
            Enumerable.Range(0x19, 5).Select(register => bench.Device.Chip.Peek((byte)register)));
    }
}
