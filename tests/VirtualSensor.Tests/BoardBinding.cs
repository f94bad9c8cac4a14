using System.Device.I2c;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;
using Iot.Device.Imu;
using nanoFramework.Hardware.Esp32;

namespace VirtualSensor.Tests;

/// <summary>The library's binding for the chip, with the flaws that the firmware has to live with.</summary>
public sealed class BoardBinding
{
    [Fact]
    public void It_resets_and_wakes_the_chip_in_a_fifth_of_a_second() => BoardBench.Run(wire =>
    {
        wire.Write(0x19, 77);
        var before = HighResTimer.GetCurrent();
        using var binding = new Mpu6050(wire.Device);
        Assert.InRange(HighResTimer.GetCurrent() - before, 200_000ul, 205_000ul);
        Assert.Equal(0x01, wire.Read(0x6B));
        Assert.Equal(0, wire.Read(0x19));
    }).Dispose();

    [Theory]
    [InlineData(0x68, true, false)]
    [InlineData(0x70, false, true)]
    [InlineData(0x71, false, false)]
    public void It_refuses_a_chip_with_another_WHO_AM_I(byte whoAmI, bool is6050, bool is6500) => BoardBench.Run(
        wire =>
        {
            Assert.Equal(is6050, Record.Exception(() => new Mpu6050(wire.Device)) is not IOException);
            Assert.Equal(is6500, Record.Exception(() => new Mpu6500(wire.Device)) is not IOException);
        },
        options: BoardBench.QuietOptions with { Chip = BoardBench.Quiet with { WhoAmI = whoAmI } }).Dispose();

    [Fact]
    public void It_throws_when_nobody_is_on_the_bus()
    {
        using var device = BoardBench.Device((clock, _) =>
        {
            Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(22, DeviceFunction.I2C1_CLOCK);
            Assert.Throws<IOException>(() => new Mpu6050(new I2cDevice(new I2cConnectionSettings(1, 0x68))));
        });
        device.Chip.Unplug();
        device.Advance(TimeSpan.FromSeconds(1));
        device.RethrowFault();
    }

    [Fact]
    public void It_sets_ranges_and_divider_right() => BoardBench.Run(wire =>
    {
        using var binding = new Mpu6050(wire.Device);
        binding.GyroscopeRange = GyroscopeRange.Range2000Dps;
        binding.AccelerometerRange = AccelerometerRange.Range16G;
        binding.SampleRateDivider = 9;
        Assert.Equal([9, 0, 0x18, 0x18], wire.ReadBlock(0x19, 4));
    }).Dispose();

    [Fact]
    public void Its_bandwidth_after_a_range_throws_and_spoils_the_range() => BoardBench.Run(wire =>
    {
        using var binding = new Mpu6050(wire.Device);
        binding.GyroscopeRange = GyroscopeRange.Range2000Dps;
        Assert.Throws<IOException>(() => binding.GyroscopeBandwidth = GyroscopeBandwidth.Bandwidth0041Hz);
        Assert.Equal(0x03, wire.Read(0x1B)); // the range unshifted
    }).Dispose();

    [Fact]
    public void Its_scale_is_wrong_by_the_sample_rate_divider() => BoardBench.Run(wire =>
    {
        using var binding = new Mpu6050(wire.Device);
        wire.Sleep(100);
        Assert.Equal(9.807f, binding.GetAccelerometer().Z, 0.01f);
        binding.SampleRateDivider = 9;
        wire.Sleep(100);
        Assert.Equal(0.9807f, binding.GetAccelerometer().Z, 0.001f);
    }).Dispose();

    [Fact]
    public void Its_fifo_modes_reset_the_fifo_and_never_run_it() => BoardBench.Run(wire =>
    {
        using var binding = new Mpu6050(wire.Device);
        binding.FifoModes = FifoModes.Accelerometer | FifoModes.GyroscopeX;
        wire.Sleep(100);
        Assert.Equal(0u, binding.FifoCount);
        Assert.Equal(0x48, wire.Read(0x23));
        Assert.Equal(0, wire.Read(0x6A) & 0x40);
    }).Dispose();
}
