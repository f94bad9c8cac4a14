using Backstep.Gait;
using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Own;

// sequence u32 | contact ms u32 | bits 0-1 direction, 2-3 landing, 4-5 posture, 6-7 version | confidence % | foot
// strike s8 | tilt s8 stride ms u16 | swing ms u16 | length mm u16 | impact 0.1 g | decision 10 ms
public sealed class StrideTests
{
    private const string Good = "01 00 00 00 10 27 00 00 26 5c d8 06 dc 05 58 02 bc 02 19 08";

    [Fact]
    public void A_backward_toe_first_stride_with_free_hands() =>
        Expect.Frame(
            "Stride",
            Good,
            "Sequence = 1",
            "ContactMilliseconds = 10000",
            "Direction = Backward",
            "Landing = Toe",
            "Posture = Free",
            "ConfidencePercent = 92",
            "FootStrikeHalfDegrees = -40",
            "TiltHalfDegrees = 6",
            "StrideMilliseconds = 1500",
            "SwingMilliseconds = 600",
            "LengthMillimeters = 700",
            "ImpactTenthsG = 25",
            "DecisionMilliseconds = 80",
            "StanceMilliseconds = 900",
            "ClearanceMilliseconds = 9400",
            "BeltSpeedMillimetersPerSecond = 466");

    [Fact]
    public void The_first_stride_of_a_bout_with_nothing_but_its_swing() =>
        Expect.Frame(
            "Stride",
            "ff ff ff ff 00 00 00 00 00 00 80 80 ff ff 01 00 ff ff ff 00",
            "Sequence = 4294967295",
            "ContactMilliseconds = 0",
            "Direction = Unknown",
            "Landing = Unknown",
            "Posture = Unknown",
            "ConfidencePercent = 0",
            "FootStrikeHalfDegrees = missing",
            "TiltHalfDegrees = missing",
            "StrideMilliseconds = missing",
            "SwingMilliseconds = 1",
            "LengthMillimeters = missing",
            "ImpactTenthsG = missing",
            "DecisionMilliseconds = 0",
            "StanceMilliseconds = missing",
            "ClearanceMilliseconds = 4294967295",
            "BeltSpeedMillimetersPerSecond = missing");

    // Byte, its new value, and what becomes of the good frame.
    [Theory]
    [InlineData(8, 0x66, DecodeError.FutureVersion)]
    [InlineData(8, 0xE6, DecodeError.FutureVersion)]
    [InlineData(8, 0x27, DecodeError.ReservedValue)] // direction 3
    [InlineData(8, 0x36, DecodeError.ReservedValue)] // posture 3
    [InlineData(9, 101, DecodeError.OutOfRange)]
    [InlineData(9, 100, DecodeError.None)]
    [InlineData(10, 0x81, DecodeError.OutOfRange)] // -127
    [InlineData(10, 0x82, DecodeError.None)] // -126
    [InlineData(10, 0x7E, DecodeError.None)] // 126
    [InlineData(10, 0x7F, DecodeError.OutOfRange)] // 127
    [InlineData(11, 0x81, DecodeError.OutOfRange)]
    [InlineData(11, 0x7F, DecodeError.OutOfRange)]
    [InlineData(13, 0x00, DecodeError.OutOfRange)] // stride 220 ms, swing 600 ms
    [InlineData(15, 0xFF, DecodeError.OutOfRange)] // swing 65368 ms
    [InlineData(19, 0xFE, DecodeError.None)]
    [InlineData(19, 0xFF, DecodeError.OutOfRange)]
    public void Each_field_is_held_to_its_range(int at, byte value, DecodeError expected)
    {
        var frame = Hex.Bytes(Good);
        frame[at] = value;
        Assert.Equal(expected == DecodeError.None, StrideCodec.Decode(frame, out var error) is not null);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void A_swing_of_zero_or_of_no_known_length_is_refused()
    {
        Expect.Refused("Stride", Good.Replace("58 02", "00 00", StringComparison.Ordinal), DecodeError.OutOfRange);
        Expect.Refused("Stride", Good.Replace("dc 05 58 02", "ff ff ff ff", StringComparison.Ordinal),
            DecodeError.OutOfRange);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(21)]
    [InlineData(40)]
    public void Only_20_bytes_are_a_stride(int length) =>
        Expect.Refused("Stride", Hex.Text(new byte[length]), DecodeError.WrongLength);

    [Fact]
    public void Values_out_of_range_stop_at_its_ends()
    {
        Expect.Encodes(
            "Stride",
            new Stride(1, 2, Direction.Forward, Landing.Heel, Posture.Held, 150, 200, 200, 99_999, 70_000, 99_999,
                9_999, 9_999),
            "01 00 00 00 02 00 00 00 1d 64 7e 7e fe ff fe ff fe ff fe fe");
        Expect.Encodes(
            "Stride",
            new Stride(1, 2, Direction.Forward, Landing.Heel, Posture.Held, -1, -200, -200, -1, -1, -1, -1, -1),
            "01 00 00 00 02 00 00 00 1d 00 82 82 01 00 01 00 00 00 00 00");
    }

    [Fact]
    public void A_stride_time_shorter_than_its_swing_is_not_sent() =>
        Assert.Equal(Stride.Missing, ((Stride)Expect.Decoded("Stride", Hex.Text(Codecs.Named("Stride").Encode(
            new Stride(1, 2, Direction.Backward, Landing.Toe, Posture.Free, 90, 0, 0, 300, 400, 0, 0,
                0))))).StrideMilliseconds);

    [Fact]
    public void A_code_that_does_not_exist_is_sent_as_unknown() =>
        Expect.Encodes(
            "Stride",
            new Stride(1, 2, (Direction)3, (Landing)4, (Posture)77, 0, 0, 0, 1, 1, 0, 0, 14),
            "01 00 00 00 02 00 00 00 00 00 00 00 01 00 01 00 00 00 00 01");

    [Theory]
    [InlineData(14, 10)]
    [InlineData(15, 20)]
    [InlineData(2540, 2540)]
    public void The_decision_time_is_rounded_to_its_step(int milliseconds, int sent)
    {
        var bytes = Codecs.Named("Stride")
            .Encode(
                new Stride(1, 2, Direction.Unknown, Landing.Unknown, Posture.Unknown, 0, 0, 0, 1, 1, 0, 0,
                    milliseconds));
        Assert.Equal(sent, ((Stride)Expect.Decoded("Stride", Hex.Text(bytes))).DecisionMilliseconds);
    }

    [Fact]
    public void A_record_may_stand_anywhere_in_an_array()
    {
        var data = new byte[30];
        Assert.Equal(StrideCodec.Length, StrideCodec.Encode((Stride)Expect.Decoded("Stride", Good), data, 7));
        Assert.Equal(Good, Hex.Text(data[7..27]));
        Assert.NotNull(StrideCodec.Decode(data, 7, out _));
        Assert.Null(StrideCodec.Decode(data, 11, out var error));
        Assert.Equal(DecodeError.WrongLength, error);
        Assert.Null(StrideCodec.Decode(data, -1, out error));
        Assert.Equal(DecodeError.WrongLength, error);
        Assert.Null(StrideCodec.Decode(data, int.MaxValue, out error));
        Assert.Equal(DecodeError.WrongLength, error);
    }

    [Fact]
    public void It_fits_the_default_mtu() =>
        Assert.True(StrideCodec.Length <= Message.NotificationCapacity(Message.DefaultMtu));
}
