using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Sensor.Tests.Bluetooth;

public sealed class ConfigurationTests
{
    private static readonly Configuration Mine = new(
        Placement.LeftShoe, CadenceConvention.OneFoot, -12, 10, new Mount(0, -1, 0, 1, 0, 0, 0, 0, 1), "Anna");

    [Theory]
    [InlineData(23)]
    [InlineData(247)]
    public void What_is_written_is_read_back_and_survives_a_restart(ushort mtu)
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect(mtu);
        bench.Central.Write(Uuids.Backstep, Uuids.Configuration, Bytes(Mine));
        bench.Advance(0.1);
        Assert.Equal(Bytes(Mine), bench.Central.Read(Uuids.Backstep, Uuids.Configuration));

        bench.Device.PowerOff();
        bench.Advance(5);
        bench.Device.PowerOn();
        bench.Advance(2);

        Assert.Equal("Anna", bench.Device.Radio.Advertisement!.LocalName);
        bench.Connect(mtu);
        Assert.Equal(Bytes(Mine), bench.Central.Read(Uuids.Backstep, Uuids.Configuration));
    }

    [Fact]
    public void A_bad_write_is_refused_whole_with_the_field_to_blame_and_the_old_one_stays()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.Central.Write(Uuids.Backstep, Uuids.Configuration, Bytes(Mine));
        bench.Advance(0.1);

        foreach (var (change, field) in new (Action<byte[]> Change, ConfigurationField Field)[]
        {
            (bytes => bytes[0] = 200, ConfigurationField.Layout),
            (bytes => bytes[1] = 9, ConfigurationField.Placement),
            (bytes => bytes[2] = 9, ConfigurationField.Cadence),
            (bytes => bytes[3] = 5, ConfigurationField.ToeLanding),
            (bytes => bytes[4] = 0xFB, ConfigurationField.HeelLanding),
            (bytes => bytes[6] = 77, ConfigurationField.Mount),
            (bytes => bytes[^3] = 7, ConfigurationField.Name),
        })
        {
            var bytes = Bytes(Mine);
            change(bytes);
            WriteChecksum(bytes);
            var refused =
                Assert.Throws<GattException>(() => bench.Central.Write(Uuids.Backstep, Uuids.Configuration, bytes));
            Assert.Equal(AttErrors.ForConfiguration(field), refused.AttError);
        }

        foreach (var bytes in new[] { [], Bytes(Mine)[..^1], [.. Bytes(Mine), 0], new byte[300] })
        {
            var refused =
                Assert.Throws<GattException>(() => bench.Central.Write(Uuids.Backstep, Uuids.Configuration, bytes));
            Assert.Equal(AttErrors.ForConfiguration(ConfigurationField.Layout), refused.AttError);
        }

        bench.Advance(0.1);
        Assert.Equal(Bytes(Mine), bench.Central.Read(Uuids.Backstep, Uuids.Configuration));
    }

    [Fact]
    public void A_flash_that_refuses_leaves_the_old_one_in_force()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var before = bench.Central.Read(Uuids.Backstep, Uuids.Configuration);
        bench.Device.Volume.Broken = true;
        bench.Central.Write(Uuids.Backstep, Uuids.Configuration, Bytes(Mine));
        bench.Advance(0.1);

        Assert.Equal(before, bench.Central.Read(Uuids.Backstep, Uuids.Configuration));
    }

    [Fact]
    public void A_broken_file_does_not_keep_the_sensor_from_starting()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.Central.Write(Uuids.Backstep, Uuids.Configuration, Bytes(Mine));
        bench.Advance(0.1);
        bench.Device.PowerOff();
        bench.Device.Volume.Write("configuration", [1, 2, 3], 3);
        bench.Device.PowerOn();
        bench.Advance(2);

        bench.Connect();

        Assert.Equal(Placement.Unknown, bench.ReadConfiguration().Placement);
        Assert.Equal("Backstep", bench.Device.Radio.DeviceName);
    }

    [Fact]
    public void The_mount_turns_the_chip_and_its_reverse_makes_backward_look_forward()
    {
        // The same walk, seen by a sensor that was told that its arrow points to the heel.
        var reversed = new Configuration(Placement.Unknown, CadenceConvention.BothFeet, -8, 8,
            new Mount(-1, 0, 0, 0, -1, 0, 0, 0, 1), "");
        using var bench = new Bench(Bench.Backward(20));
        bench.Connect();
        bench.Central.Write(Uuids.Backstep, Uuids.Configuration, Bytes(reversed));
        var heard = bench.HearOwn(Uuids.Stride);

        bench.AdvanceTo(25);

        Assert.DoesNotContain(heard.Strides, stride => stride.Direction == Direction.Backward);
        Assert.Contains(heard.Strides, stride => stride.Direction == Direction.Forward);
    }

    [Fact]
    public void The_thresholds_decide_what_is_called_a_toe_landing()
    {
        // Landings of about -21 degrees: with a threshold of -60 degrees none of them is on the toes any more.
        var strict = new Configuration(Placement.Unknown, CadenceConvention.BothFeet, -120, 8, Mount.Identity, "");
        using var bench = new Bench(Bench.Backward(20));
        bench.Connect();
        bench.Central.Write(Uuids.Backstep, Uuids.Configuration, Bytes(strict));
        var heard = bench.HearOwn(Uuids.Stride);

        bench.AdvanceTo(25);

        Assert.NotEmpty(heard.Strides);
        Assert.All(heard.Strides, stride => Assert.Equal(Landing.Flat, stride.Landing));
    }

    private static byte[] Bytes(Configuration configuration)
    {
        var buffer = new byte[Configuration.MaxLength];
        return buffer[..configuration.Encode(buffer, 0)];
    }

    // CRC-16/CCITT-FALSE over all but the last two bytes, so that only the changed field is to blame.
    private static void WriteChecksum(byte[] bytes)
    {
        var crc = 0xFFFF;
        foreach (var value in bytes[..^2])
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        (bytes[^2], bytes[^1]) = ((byte)crc, (byte)(crc >> 8));
    }
}
