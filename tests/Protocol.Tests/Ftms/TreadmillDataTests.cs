using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Ftms;

// FTMS 1.0, 4.4: flags u16 | the fields whose flag is set, in this order (bit 0 announces the speed by being 0):
// b0 speed u16 0.01 km/h | b1 average speed u16 | b2 distance u24 m | b3 inclination s16 0.1 %, ramp s16 0.1 degree |
// b4 up u16, down u16 0.1 m b5 pace u8 | b6 average pace u8 | b7 energy u16, an hour u16, a minute u8 kcal | b8 heart
// rate u8 | b9 MET u8 0.1 b10 elapsed u16 s | b11 remaining u16 s | b12 force s16 N, power s16 W
public sealed class TreadmillDataTests
{
    [Fact]
    public void Speed_alone() =>
        Expect.Frame("TreadmillData", "00 00 40 01", Own(320, "missing", "missing", "missing", "missing", "missing"));

    [Fact]
    public void What_backstep_sends() =>
        Expect.Frame("TreadmillData", "06 04 40 01 2c 01 78 00 00 c2 01",
            Own(320, 300, 120, "missing", "missing", 450));

    [Fact]
    public void Inclination_comes_with_a_ramp_angle_even_if_that_is_not_known()
    {
        Expect.Frame("TreadmillData", "08 00 40 01 32 00 ff 7f",
            Own(320, "missing", "missing", 50, "missing", "missing"));
        Expect.Encodes("TreadmillData",
            new TreadmillData(320, Message.Missing, Message.Missing, 50, Message.Missing, Message.Missing),
            "08 00 40 01 32 00 ff 7f");
        Expect.Encodes("TreadmillData",
            new TreadmillData(320, Message.Missing, Message.Missing, Message.Missing, -29, Message.Missing),
            "08 00 40 01 ff 7f e3 ff");
    }

    [Fact]
    public void Both_inclinations_not_available_are_kept_as_sent() =>
        Expect.Frame("TreadmillData", "08 00 40 01 ff 7f ff 7f",
            Own(320, "missing", "missing", "missing", "missing", "missing"));

    [Fact]
    public void A_part_without_speed_announces_more() =>
        Expect.Frame("TreadmillData", "01 01 48",
            ["IsLastPart = False", .. Own("missing", "missing", "missing", "missing", "missing", "missing")[1..],
                "HeartRate = 72"]);

    [Fact]
    public void A_record_without_any_field_is_a_record() =>
        Expect.Frame("TreadmillData", "01 00",
            ["IsLastPart = False", .. Own("missing", "missing", "missing", "missing", "missing", "missing")[1..]]);

    [Fact]
    public void Another_makers_record_with_every_field() =>
        Expect.Frame(
            "TreadmillData",
            "fe 1f" // all 12 optional groups; bit 0 clear
            + "40 01" + "2c 01" + "01 02 03" // speed, average, distance 0x030201
            + "f6 ff" + "14 00" // inclination -1.0 %, ramp 2.0 degrees
            + "64 00" + "c8 00" // up 10 m, down 20 m
            + "05" + "06" // pace, average pace
            + "2c 01" + "58 02" + "0a" // 300 kcal, 600 kcal/h, 10 kcal/min
            + "8c" + "23" // 140 1/min, MET 3.5
            + "c2 01" + "3c 00" // 450 s gone, 60 s left
            + "fb ff" + "96 00", // -5 N, 150 W
            [
                .. Own(320, 300, 0x030201, -10, 20, 450),
                "PositiveElevationGain = 100", "NegativeElevationGain = 200", "Pace = 5", "AveragePace = 6",
                "TotalEnergy = 300", "EnergyPerHour = 600",
                "EnergyPerMinute = 10", "HeartRate = 140", "MetabolicEquivalent = 35", "RemainingTime = 60",
                "ForceOnBelt = -5", "PowerOutput = 150",
            ]);

    // Some treadmills send these flags with the reserved bit 13 and two more bytes (steps) behind: not this format, so
    // refused.
    [Fact]
    public void Energies_that_are_not_available_are_missing_and_what_follows_is_still_in_place()
    {
        var record = (TreadmillData)Expect.Decoded("TreadmillData", "84 04 2c 01 e8 03 00 ff ff ff ff ff 78 00");
        Assert.Equal(300, record.SpeedHundredthsKilometerPerHour);
        Assert.Equal(1000, record.TotalDistanceMeters);
        Assert.Equal(Message.Missing, record.Get(TreadmillField.TotalEnergy));
        Assert.Equal(Message.Missing, record.Get(TreadmillField.EnergyPerHour));
        Assert.Equal(Message.Missing, record.Get(TreadmillField.EnergyPerMinute));
        Assert.Equal(120, record.ElapsedSeconds);
        Expect.Refused("TreadmillData", "84 24 2c 01 e8 03 00 ff ff ff ff ff 78 00 90 01", DecodeError.UnknownFlags);
    }

    [Theory]
    [InlineData(1, "2c 01")]
    [InlineData(2, "01 02 03")]
    [InlineData(3, "01 02 03 04")]
    [InlineData(4, "01 02 03 04")]
    [InlineData(5, "01")]
    [InlineData(6, "01")]
    [InlineData(7, "01 02 03 04 05")]
    [InlineData(8, "01")]
    [InlineData(9, "01")]
    [InlineData(10, "01 02")]
    [InlineData(11, "01 02")]
    [InlineData(12, "01 02 03 04")]
    public void Every_flag_asks_for_exactly_its_bytes(int bit, string bytes)
    {
        var flags = 1 << bit;
        var head = $"{flags & 0xFF:x2} {flags >> 8:x2} 40 01 ";
        Expect.Decoded("TreadmillData", head + bytes);
        Expect.Refused("TreadmillData", head + bytes + " 00", DecodeError.WrongLength);
        Expect.Refused("TreadmillData", (head + bytes)[..^2], DecodeError.WrongLength);
    }

    [Theory]
    [InlineData("", DecodeError.WrongLength)]
    [InlineData("00", DecodeError.WrongLength)]
    [InlineData("00 00", DecodeError.WrongLength)]
    [InlineData("00 20 40 01", DecodeError.UnknownFlags)]
    [InlineData("00 80 40 01", DecodeError.UnknownFlags)]
    [InlineData("01 00 40 01", DecodeError.WrongLength)]
    public void What_the_format_does_not_allow_is_refused(string hex, DecodeError error) =>
        Expect.Refused("TreadmillData", hex, error);

    [Fact]
    public void Values_out_of_range_stop_at_its_ends_and_never_look_not_available()
    {
        Expect.Encodes("TreadmillData", new TreadmillData(70_000, 70_000, 20_000_000, 40_000, 40_000, 70_000),
            "0e 04 ff ff ff ff ff ff ff fe 7f fe 7f ff ff");
        Expect.Encodes("TreadmillData", new TreadmillData(-1, -1, -1, -40_000, -40_000, -1),
            "0e 04 00 00 00 00 00 00 00 00 80 00 80 00 00");
    }

    [Fact]
    public void Own_records_fit_the_default_mtu()
    {
        Assert.Equal(TreadmillData.MaxOwnLength,
            Codecs.Named("TreadmillData").Encode(new TreadmillData(1, 1, 1, 1, 1, 1)).Length);
        Assert.True(TreadmillData.MaxOwnLength <= Message.NotificationCapacity(Message.DefaultMtu));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(894, 322)] // 2 mph = 3.22 km/h
    [InlineData(1000, 360)]
    [InlineData(int.MaxValue, 65535)]
    public void Speed_is_rounded_to_the_unit_of_the_air(int millimetersPerSecond, int units) =>
        Assert.Equal(units, TreadmillData.SpeedFromMillimetersPerSecond(millimetersPerSecond));

    // FTMS 1.0, table 4.5: flag bit and the feature bit that it needs
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    [InlineData(7, 9)]
    [InlineData(8, 10)]
    [InlineData(9, 11)]
    [InlineData(10, 12)]
    [InlineData(11, 13)]
    [InlineData(12, 15)]
    public void A_field_needs_its_feature_bit(int flagBit, int featureBit)
    {
        var data = new byte[64];
        data[0] = (byte)(1 << flagBit);
        data[1] = (byte)((1 << flagBit) >> 8);
        TreadmillData? record = null;
        for (var length = 2; record is null && length <= TreadmillData.MaxLength; length++)
        {
            record = TreadmillData.Decode(data[..length], out _);
        }

        Assert.True(record!.IsCoveredBy(new FitnessMachineFeature(1u << featureBit, 0)));
        Assert.False(record.IsCoveredBy(new FitnessMachineFeature(~(1u << featureBit), 0)));
    }

    [Fact]
    public void An_unknown_field_is_missing()
    {
        var record = new TreadmillData(1, 1, 1, 1, 1, 1);
        Assert.Equal(Message.Missing, record.Get((TreadmillField)Enum.GetValues<TreadmillField>().Length));
        Assert.Equal(Message.Missing, record.Get((TreadmillField)99));
    }

    private static string[] Own(object speed, object average, object distance, object inclination, object ramp,
        object elapsed) =>
    [
        "IsLastPart = True",
        $"SpeedHundredthsKilometerPerHour = {speed}",
        $"AverageSpeedHundredthsKilometerPerHour = {average}",
        $"TotalDistanceMeters = {distance}",
        $"InclinationTenthsPercent = {inclination}",
        $"RampAngleTenthsDegree = {ramp}",
        $"ElapsedSeconds = {elapsed}",
    ];
}
