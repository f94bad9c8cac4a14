using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Rsc;

// RSCS 1.0, 3.1: flags u8 | speed u16, 1/256 m/s | cadence u8, 1/min | [stride length u16, cm] | [total distance u32,
// 0.1 m] flags: bit 0 stride length present, bit 1 total distance present, bit 2 running
public sealed class RscMeasurementTests
{
    [Fact]
    public void Speed_and_cadence_alone() =>
        Expect.Frame("RscMeasurement", "00 e4 00 5a", "SpeedMetersPerSecondTimes256 = 228", "CadencePerMinute = 90",
            "StrideLengthCentimeters = missing", "TotalDistanceDecimeters = missing", "IsRunning = False",
            "SpeedMillimetersPerSecond = 891");

    [Fact]
    public void Stride_length_follows_cadence() =>
        Expect.Frame("RscMeasurement", "01 00 01 64 78 00", "SpeedMetersPerSecondTimes256 = 256",
            "CadencePerMinute = 100",
            "StrideLengthCentimeters = 120", "TotalDistanceDecimeters = missing", "IsRunning = False",
            "SpeedMillimetersPerSecond = 1000");

    [Fact]
    public void Distance_follows_cadence_where_there_is_no_stride_length() =>
        Expect.Frame("RscMeasurement", "02 00 00 00 10 27 00 00", "SpeedMetersPerSecondTimes256 = 0",
            "CadencePerMinute = 0",
            "StrideLengthCentimeters = missing", "TotalDistanceDecimeters = 10000", "IsRunning = False",
            "SpeedMillimetersPerSecond = 0");

    [Fact]
    public void Everything_and_the_largest_numbers() =>
        Expect.Frame("RscMeasurement", "07 ff ff ff ff ff ff ff ff ff", "SpeedMetersPerSecondTimes256 = 65535",
            "CadencePerMinute = 255",
            "StrideLengthCentimeters = 65535", "TotalDistanceDecimeters = 4294967295", "IsRunning = True",
            "SpeedMillimetersPerSecond = 255996");

    [Theory]
    [InlineData("", DecodeError.WrongLength)]
    [InlineData("00 e4 00", DecodeError.WrongLength)]
    [InlineData("00 e4 00 5a 00", DecodeError.WrongLength)]
    [InlineData("01 e4 00 5a", DecodeError.WrongLength)]
    [InlineData("03 e4 00 5a 78 00", DecodeError.WrongLength)]
    [InlineData("08 e4 00 5a", DecodeError.UnknownFlags)]
    [InlineData("80 e4 00 5a", DecodeError.UnknownFlags)]
    public void What_the_format_does_not_allow_is_refused(string hex, DecodeError error) =>
        Expect.Refused("RscMeasurement", hex, error);

    [Fact]
    public void Values_out_of_range_stop_at_its_ends()
    {
        Expect.Encodes("RscMeasurement", new RscMeasurement(70_000, 300, 70_000, 5_000_000_000, true),
            "07 ff ff ff ff ff ff ff ff ff");
        Expect.Encodes("RscMeasurement", new RscMeasurement(-1, -1, -1, -1, false), "03 00 00 00 00 00 00 00 00 00");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(894, 229)] // 2 mph
    [InlineData(1000, 256)]
    [InlineData(int.MaxValue, 65535)]
    public void Speed_is_rounded_to_the_unit_of_the_air(int millimetersPerSecond, int units) =>
        Assert.Equal(units, RscMeasurement.SpeedFromMillimetersPerSecond(millimetersPerSecond));

    [Fact]
    public void A_field_needs_its_feature_bit()
    {
        var full = new RscMeasurement(1, 1, 1, 1, true);
        Assert.True(full.IsCoveredBy(new RscFeature(true, true, true, false, false)));
        Assert.False(full.IsCoveredBy(new RscFeature(false, true, true, false, false)));
        Assert.False(full.IsCoveredBy(new RscFeature(true, false, true, false, false)));
        Assert.False(full.IsCoveredBy(new RscFeature(true, true, false, false, false)));
        Assert.True(
            new RscMeasurement(1, 1, Message.Missing, Message.Missing,
                false).IsCoveredBy(new RscFeature(false, false, false, false, false)));
    }
}
