using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Ftms;

public sealed class FitnessMachineTests
{
    // FTMS 1.0, 3.1: [UUID u16 1826] flags u8 (bit 0 available) | machine types u16 (bit 0 treadmill, ... bit 5 indoor
    // bike)
    [Theory]
    [InlineData("01 01 00", true, 1)]
    [InlineData("00 20 00", false, 0x20)]
    public void Service_data(string hex, bool available, int types)
    {
        Expect.Frame("FitnessMachineServiceData", hex, $"IsAvailable = {available}", $"MachineTypes = {types}");
        Expect.Encodes("FitnessMachineServiceData", new FitnessMachineServiceData(available, types), hex);
    }

    [Fact]
    public void Service_data_with_its_uuid_is_what_a_scanner_sees()
    {
        var buffer = new byte[5];
        Assert.Equal(5,
            new FitnessMachineServiceData(true, FitnessMachineServiceData.Treadmill).EncodeWithUuid(buffer, 0));
        Assert.Equal("26 18 01 01 00", Hex.Text(buffer));
        Assert.Equal(0, new FitnessMachineServiceData(true, 1).EncodeWithUuid(new byte[4], 0));
    }

    [Theory]
    [InlineData("01 01", DecodeError.WrongLength)]
    [InlineData("26 18 01 01 00", DecodeError.WrongLength)]
    [InlineData("02 01 00", DecodeError.UnknownFlags)]
    [InlineData("01 40 00", DecodeError.UnknownFlags)]
    [InlineData("01 01 80", DecodeError.UnknownFlags)]
    public void Service_data_that_the_format_does_not_allow_is_refused(string hex, DecodeError error) =>
        Expect.Refused("FitnessMachineServiceData", hex, error);

    // FTMS 1.0, 4.3: features u32 (table 4.3) | target settings u32 (table 4.4); bits 17 to 31 reserved
    [Fact]
    public void Features_have_their_bits()
    {
        const uint ours = FitnessMachineFeature.AverageSpeed | FitnessMachineFeature.TotalDistance
            | FitnessMachineFeature.ElapsedTime;
        Expect.Frame("FitnessMachineFeature", "05 10 00 00 00 00 00 00", $"Features = {ours}", "TargetSettings = 0");
        Expect.Encodes("FitnessMachineFeature", new FitnessMachineFeature(ours, 0), "05 10 00 00 00 00 00 00");
        const uint all = FitnessMachineFeature.Inclination | FitnessMachineFeature.ElevationGain
            | FitnessMachineFeature.Pace
            | FitnessMachineFeature.ExpendedEnergy | FitnessMachineFeature.HeartRate
                | FitnessMachineFeature.MetabolicEquivalent
            | FitnessMachineFeature.RemainingTime | FitnessMachineFeature.ForceAndPower;
        Expect.Encodes("FitnessMachineFeature", new FitnessMachineFeature(all, 1), "38 ae 00 00 01 00 00 00");
    }

    [Fact]
    public void Reserved_feature_bits_are_not_sent() =>
        Expect.Encodes("FitnessMachineFeature", new FitnessMachineFeature(uint.MaxValue, uint.MaxValue),
            "ff ff 01 00 ff ff 01 00");

    [Theory]
    [InlineData("05 10 00 00", DecodeError.WrongLength)]
    [InlineData("05 10 00 00 00 00 00 00 00", DecodeError.WrongLength)]
    [InlineData("00 00 02 00 00 00 00 00", DecodeError.UnknownFlags)]
    [InlineData("00 00 00 00 00 00 00 80", DecodeError.UnknownFlags)]
    public void Features_that_the_format_does_not_allow_are_refused(string hex, DecodeError error) =>
        Expect.Refused("FitnessMachineFeature", hex, error);
}
