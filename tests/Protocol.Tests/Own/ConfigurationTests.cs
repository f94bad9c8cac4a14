using Backstep.Gait;
using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Own;

// version 1 | placement u8 | cadence u8 | toe s8 | heel s8 | mount, nine s16 Q14 | name length u8 | name UTF-8 |
// CRC-16/CCITT-FALSE of all before
public sealed class ConfigurationTests
{
    private const int PlacementAt = 1;
    private const int CadenceAt = 2;
    private const int ToeAt = 3;
    private const int HeelAt = 4;
    private const int MountAt = 5;
    private const int NameAt = 24;

    private const string Good = "01 01 00 f6 0a 00 40 00 00 00 00 00 00 00 40 00 00 00 00 00 00 00 40 04 4c 65 66 74 ";

    [Fact]
    public void A_configuration_with_a_name() =>
        Expect.Frame("Configuration", Good + "ee 98", "Placement = LeftShoe", "Cadence = BothFeet",
            "ToeLandingHalfDegrees = -10", "HeelLandingHalfDegrees = 10",
            "Mount.XX = 1", "Mount.XY = 0", "Mount.XZ = 0", "Mount.YX = 0", "Mount.YY = 1", "Mount.YZ = 0",
            "Mount.ZX = 0", "Mount.ZY = 0", "Mount.ZZ = 1",
            "Name = \"Left\"");

    [Fact]
    public void The_check_sum_is_the_well_known_one()
    {
        // Bytewise from the definition: polynomial 0x1021, start 0xFFFF, high bit first.
        static int Reference(byte[] data)
        {
            var crc = 0xFFFFu;
            foreach (var b in data)
            {
                for (var bit = 7; bit >= 0; bit--)
                {
                    var carry = ((crc >> 15) ^ (uint)(b >> bit)) & 1;
                    crc = ((crc << 1) & 0xFFFF) ^ (carry * 0x1021);
                }
            }

            return (int)crc;
        }

        Assert.Equal(0x29B1, Reference("123456789"u8.ToArray()));
        Assert.Equal(Reference(Hex.Bytes(Good)), BitConverter.ToUInt16(Hex.Bytes(Good + "ee 98"), NameAt + 4));
        Assert.Equal(Good + "ee 98", Hex.Text(Checksums.Mend(Hex.Bytes(Good + "00 00"))));
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var frame = Hex.Bytes(Good + "ee 98");
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Configuration.Decode(frame, out var error, out var field));
            Assert.NotEqual(DecodeError.None, error);
            Assert.Equal(ConfigurationField.Layout, field);
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(PlacementAt, 4, DecodeError.ReservedValue, ConfigurationField.Placement)]
    [InlineData(CadenceAt, 2, DecodeError.ReservedValue, ConfigurationField.Cadence)]
    [InlineData(ToeAt, 1, DecodeError.OutOfRange, ConfigurationField.ToeLanding)]
    [InlineData(ToeAt, 0x81, DecodeError.OutOfRange, ConfigurationField.ToeLanding)]
    [InlineData(ToeAt, 0x82, DecodeError.None, ConfigurationField.None)]
    [InlineData(HeelAt, 0xFF, DecodeError.OutOfRange, ConfigurationField.HeelLanding)]
    [InlineData(HeelAt, 0x7F, DecodeError.OutOfRange, ConfigurationField.HeelLanding)]
    [InlineData(HeelAt, 0x7E, DecodeError.None, ConfigurationField.None)]
    [InlineData(MountAt + 1, 0x00, DecodeError.OutOfRange, ConfigurationField.Mount)] // x row of length 0
    [InlineData(MountAt + 1, 0x3F, DecodeError.OutOfRange, ConfigurationField.Mount)] // too short
    [InlineData(MountAt + 1, 0x41, DecodeError.OutOfRange, ConfigurationField.Mount)] // too long
    [InlineData(MountAt + 1, 0xC0, DecodeError.OutOfRange, ConfigurationField.Mount)] // left-handed
    [InlineData(MountAt + 3, 0x02, DecodeError.OutOfRange, ConfigurationField.Mount)] // x leans on y
    [InlineData(MountAt + 5, 0x02, DecodeError.OutOfRange, ConfigurationField.Mount)] // x leans on z
    [InlineData(NameAt, 0x0A, DecodeError.BadText, ConfigurationField.Name)]
    [InlineData(NameAt, 0x7F, DecodeError.BadText, ConfigurationField.Name)]
    [InlineData(NameAt, 0xFF, DecodeError.BadText, ConfigurationField.Name)]
    public void A_bad_value_is_refused_and_its_field_named(int at, byte value, DecodeError expected,
        ConfigurationField field)
    {
        var frame = Hex.Bytes(Good + "00 00");
        frame[at] = value;
        Assert.Equal(expected == DecodeError.None,
            Configuration.Decode(Checksums.Mend(frame), out var error, out var blamed) is not null);
        Assert.Equal(expected, error);
        Assert.Equal(field, blamed);
    }

    [Theory]
    [InlineData("", DecodeError.WrongLength)]
    [InlineData("01 01 00 f6 0a", DecodeError.WrongLength)]
    [InlineData(Good + "ee", DecodeError.WrongLength)]
    [InlineData(Good + "ee 98 00", DecodeError.WrongLength)]
    [InlineData(Good + "ee 99", DecodeError.BadChecksum)]
    public void A_bad_layout_is_refused(string hex, DecodeError error) => Expect.Refused("Configuration", hex, error);

    [Fact]
    public void Another_version_is_told_before_anything_else()
    {
        Expect.Refused("Configuration", "02" + Good[2..] + "ee 98 99 99", DecodeError.FutureVersion);
        Expect.Refused("Configuration", "00" + Good[2..] + "ee 98", DecodeError.ReservedValue);
    }

    [Fact]
    public void A_name_longer_than_its_bound_is_refused_on_the_air_and_cut_by_the_encoder()
    {
        var frame = new byte[NameAt + 21 + 2];
        Hex.Bytes(Good)[..NameAt].CopyTo(frame, 0);
        frame[NameAt - 1] = 21;
        frame.AsSpan(NameAt, 21).Fill((byte)'a');
        Expect.Refused("Configuration", Hex.Text(Checksums.Mend(frame)), DecodeError.WrongLength);

        var tooLong = With(name: new string('a', 19) + "\u00e4");
        Assert.Equal(ConfigurationField.Name, tooLong.Check());
        Assert.Equal(new string('a', 19),
            ((Configuration)Expect.Decoded("Configuration",
                Hex.Text(Codecs.Named("Configuration").Encode(tooLong)))).Name);
        Assert.Equal(ConfigurationField.None, With(name: new string('a', 18) + "\u00e4").Check());
        Assert.Equal(Configuration.MaxLength,
            Codecs.Named("Configuration").Encode(With(name: new string('a', 20))).Length);
    }

    [Fact]
    public void Check_tells_what_a_sensor_would_refuse()
    {
        Assert.Equal(ConfigurationField.None, With().Check());
        Assert.Equal(ConfigurationField.Placement, With(placement: (Placement)4).Check());
        Assert.Equal(ConfigurationField.Cadence, With(cadence: (CadenceConvention)2).Check());
        Assert.Equal(ConfigurationField.ToeLanding, With(toe: 1).Check());
        Assert.Equal(ConfigurationField.HeelLanding, With(heel: -1).Check());
        Assert.Equal(ConfigurationField.Mount, With(mount: new Mount(1, 0, 0, 0, 1, 0, 0, 0, -1)).Check());
        Assert.Equal(ConfigurationField.Mount, With(mount: new Mount(9, 0, 0, 0, -9, 0, 0, 0, float.NaN)).Check());
        Assert.Equal(ConfigurationField.Name, With(name: "a\tb").Check());
    }

    [Fact]
    public void Missing_parts_have_a_meaning()
    {
        var bare = new Configuration(Placement.Unknown, CadenceConvention.OneFoot, 0, 0, null, null);
        Assert.Same(Mount.Identity, bare.Mount);
        Assert.Equal("", bare.Name);
        Assert.Equal(ConfigurationField.None, bare.Check());
    }

    [Fact]
    public void Numbers_out_of_range_stop_at_its_ends()
    {
        var frame = Codecs.Named("Configuration")
            .Encode(With(placement: (Placement)9, cadence: (CadenceConvention)9, toe: -999, heel: 999));
        Assert.Equal("00 00 82 7e", Hex.Text(frame[PlacementAt..MountAt]));
        Assert.NotNull(Configuration.Decode(frame, out _, out _));
    }

    [Theory]
    [InlineData(ConfigurationField.Layout, 0x91)]
    [InlineData(ConfigurationField.Placement, 0x92)]
    [InlineData(ConfigurationField.Cadence, 0x93)]
    [InlineData(ConfigurationField.ToeLanding, 0x94)]
    [InlineData(ConfigurationField.HeelLanding, 0x95)]
    [InlineData(ConfigurationField.Mount, 0x96)]
    [InlineData(ConfigurationField.Name, 0x97)]
    public void The_att_error_names_the_field(ConfigurationField field, byte attError)
    {
        Assert.Equal(attError, AttErrors.ForConfiguration(field));
        Assert.Equal(field, AttErrors.ConfigurationFieldOf(attError));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x80)]
    [InlineData(0x90)]
    [InlineData(0x98)]
    [InlineData(0xFF)]
    public void Another_att_error_names_none(byte attError) =>
        Assert.Equal(ConfigurationField.None, AttErrors.ConfigurationFieldOf(attError));

    private static Configuration With(
        Placement placement = Placement.LeftShoe,
        CadenceConvention cadence = CadenceConvention.BothFeet,
        int toe = -10,
        int heel = 10,
        Mount? mount = null,
        string name = "Left") => new(placement, cadence, toe, heel, mount ?? Mount.Identity, name);
}
