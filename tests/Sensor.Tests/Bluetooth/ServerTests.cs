using Backstep.Protocol;
using Backstep.Sensor.Bluetooth;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Radio;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Tests.Bluetooth;

public sealed class ServerTests
{
    private const GattCharacteristicProperties Read = GattCharacteristicProperties.Read;
    private const GattCharacteristicProperties Write = GattCharacteristicProperties.Write;
    private const GattCharacteristicProperties Notify = GattCharacteristicProperties.Notify;
    private const GattCharacteristicProperties Indicate = GattCharacteristicProperties.Indicate;

    [Fact]
    public void The_table_is_exactly_this()
    {
        using var bench = new Bench(Bench.Standing());
        var expected = new (Guid Service, Guid Characteristic, uint Properties)[]
        {
            (Uuids.RunningSpeedAndCadence, Uuids.RscFeature, (uint)Read),
            (Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement, (uint)Notify),
            (Uuids.RunningSpeedAndCadence, Uuids.SensorLocation, (uint)Read),
            (Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint, (uint)(Write | Indicate)),
            (Uuids.FitnessMachine, Uuids.FitnessMachineFeature, (uint)Read),
            (Uuids.FitnessMachine, Uuids.TreadmillData, (uint)Notify),
            (Uuids.FitnessMachine, Uuids.TrainingStatus, (uint)(Read | Notify)),
            (Uuids.Battery, Uuids.BatteryLevel, (uint)(Read | Notify)),
            (Uuids.DeviceInformation, Uuids.ManufacturerName, (uint)Read),
            (Uuids.DeviceInformation, Uuids.ModelNumber, (uint)Read),
            (Uuids.DeviceInformation, Uuids.FirmwareRevision, (uint)Read),
            (Uuids.DeviceInformation, GattCharacteristicUuids.HardwareRevisionString, (uint)Read),
            (Uuids.Backstep, Uuids.Stride, (uint)Notify),
            (Uuids.Backstep, Uuids.Session, (uint)(Read | Notify)),
            (Uuids.Backstep, Uuids.RawMotion, (uint)Notify),
            (Uuids.Backstep, Uuids.Log, (uint)Notify),
            (Uuids.Backstep, Uuids.Control, (uint)(Write | Indicate)),
            (Uuids.Backstep, Uuids.Configuration, (uint)(Read | Write)),
            (Uuids.Backstep, Uuids.RailBaselines, (uint)(Read | Write)),
            (Uuids.Backstep, Uuids.Rails, (uint)(Read | Notify)),
            (Uuids.Backstep, Uuids.WristMotion, (uint)Notify),
        };

        Assert.Equal(expected.Order(), bench.Connect().Characteristics.Order());
    }

    [Fact]
    public void Anyone_may_measure_but_commands_and_settings_want_a_link_that_was_paired_by_passkey()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect(encrypt: false);
        bench.ReadSession();
        bench.HearOwn(Uuids.Stride);
        bench.HearOwn(Uuids.Control);

        Assert.Throws<GattException>(
            () => bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Start]));
        Assert.Throws<GattException>(() => bench.Central.Write(Uuids.Backstep, Uuids.Configuration, [1]));
        Assert.Throws<GattException>(() => bench.Central.Read(Uuids.Backstep, Uuids.Configuration));
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);

        bench.Central.Encrypt();
        Assert.Throws<GattException>(
            () => bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Start]));
        bench.Central.Encrypt(authenticated: true, Passkey.Factory);
        bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Start]);
        bench.Advance(0.1);
        Assert.Equal(SessionState.Active, bench.ReadSession().State);
    }

    [Fact]
    public void It_advertises_what_apps_look_for_in_31_bytes()
    {
        using var bench = new Bench(Bench.Standing());
        var advertisement = bench.Device.Radio.Advertisement!;

        Assert.True(advertisement.IsConnectable);
        Assert.InRange(advertisement.Data.Length, 1, 31);
        Assert.InRange(advertisement.ScanResponse.Length, 1, 31);
        Assert.Equal("0201060503141826180616261801010003194204" + "0909" + "4261636B73746570",
            Convert.ToHexString(advertisement.Data));
        Assert.Equal([Uuids.RunningSpeedAndCadence, Uuids.FitnessMachine, Uuids.Backstep], advertisement.ServiceUuids);
        Assert.Equal([0x01, 0x01, 0x00], advertisement.ServiceData(Uuids.FitnessMachineNumber));
        Assert.Equal(Uuids.AppearanceOnShoe, advertisement.Appearance);
        Assert.Equal("Backstep", bench.Device.Radio.DeviceName);
        Assert.Equal(Uuids.AppearanceOnShoe, bench.Device.Radio.Appearance);
    }

    [Theory]
    [InlineData("Anna", "Anna")]
    [InlineData("Anna links!", "Anna links!")]
    [InlineData("Annas linker Schuh", "Annas linke")]
    [InlineData("Zoë's überlang", "Zoë's übe")]
    public void A_name_of_its_own_is_advertised_as_far_as_it_fits(string name, string advertised)
    {
        var volume = new MemoryVolume();
        var usual = ConfigurationStore.Default;
        new ConfigurationStore(volume).Save(new Configuration(
            usual.Placement, usual.Cadence, usual.ToeLandingHalfDegrees, usual.HeelLandingHalfDegrees, usual.Mount,
            name));
        using var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { Volume = volume });
        var advertisement = bench.Device.Radio.Advertisement!;

        Assert.Equal(name, bench.Device.Radio.DeviceName);
        Assert.Equal(advertised, advertisement.LocalName);
        Assert.Equal(name == advertised ? 0x09 : 0x08,
            advertisement.Sections().Single(one => one.Type is 0x08 or 0x09).Type);
        Assert.Contains(Uuids.Backstep, advertisement.ServiceUuids);
    }

    [Fact]
    public void It_says_what_it_is_and_which_version()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        Assert.Equal("Backstep", bench.ReadText(Uuids.ManufacturerName));
        Assert.Equal("Backstep shoe sensor", bench.ReadText(Uuids.ModelNumber));
        Assert.Equal(FirmwareVersion.Text, bench.ReadText(Uuids.FirmwareRevision));
        Assert.Equal("MPU-6050", bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
    }

    [Fact]
    public void The_firmware_has_the_version_of_the_repository()
    {
        var repository = typeof(FirmwareVersion).Assembly.GetName().Version!;

        Assert.Equal(FirmwareVersion.Text, $"{repository.Major}.{repository.Minor}.{repository.Build}");
    }

    [Fact]
    public void It_can_be_left_and_connected_to_again_any_number_of_times()
    {
        using var bench = new Bench(Bench.Standing());
        for (var i = 0; i < 10; i++)
        {
            bench.Connect((ushort)(23 + i));
            var heard = bench.HearOwn(Uuids.Session);
            bench.Advance(2.5);
            Assert.InRange(heard.Values.Count, 2, 3);
            bench.Central.Disconnect();
            bench.Advance(0.5);
        }
    }
}
