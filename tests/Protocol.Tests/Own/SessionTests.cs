using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Own;

// bits 0-1 state, 2 rhythm settled, 3 lacks strides, 4-5 reserved, 6-7 version | id u16 | elapsed s u16 | active s u16
// | backward, forward, unknown u16 toe first % u8 | rails held % u8 | mean cadence u8 | distance cm u24 | cadence now
// u8 | [incline 0.2 % s8]
public sealed class SessionTests
{
    private const string Good = "05 07 00 2c 01 0e 01 c8 00 03 00 02 00 5f 28 54 00 36 00 56";

    [Fact]
    public void A_running_session() =>
        Expect.Frame("Session", Good, "State = Active", "IsRhythmSettled = True", "LacksStrides = False", "Id = 7",
            "ElapsedSeconds = 300", "ActiveSeconds = 270",
            "BackwardStrides = 200", "ForwardStrides = 3", "UnknownStrides = 2", "ToeFirstPercent = 95",
            "RailsHeldPercent = 40",
            "CadenceNowStepsPerMinute = 86", "CadenceMeanStepsPerMinute = 84", "DistanceCentimeters = 13824",
            "InclineFifthsPercent = missing");

    [Fact]
    public void No_session_yet() =>
        Expect.Frame("Session", "00 00 00 00 00 00 00 00 00 00 00 00 00 ff ff ff ff ff ff ff", "State = Idle",
            "IsRhythmSettled = False", "LacksStrides = False", "Id = 0",
            "ElapsedSeconds = 0", "ActiveSeconds = 0", "BackwardStrides = 0", "ForwardStrides = 0",
            "UnknownStrides = 0", "ToeFirstPercent = missing",
            "RailsHeldPercent = missing", "CadenceNowStepsPerMinute = missing", "CadenceMeanStepsPerMinute = missing",
            "DistanceCentimeters = missing", "InclineFifthsPercent = missing");

    [Theory]
    [InlineData("05", false)]
    [InlineData("0d", true)]
    public void A_foot_that_moves_without_strides(string first, bool lacks)
    {
        var session = (Session)Expect.Decoded("Session", first + Good[2..]);
        Assert.Equal(lacks, session.LacksStrides);
        Expect.Encodes("Session", session, first + Good[2..]);
    }

    [Theory]
    [InlineData("00", SessionState.Idle)]
    [InlineData("01", SessionState.Active)]
    [InlineData("02", SessionState.Paused)]
    [InlineData("03", SessionState.Ended)]
    public void States(string first, SessionState state) =>
        Assert.Equal(state, ((Session)Expect.Decoded("Session", first + Good[2..])).State);

    [Theory]
    [InlineData(0, 0x45, DecodeError.FutureVersion)]
    [InlineData(0, 0x85, DecodeError.FutureVersion)]
    [InlineData(0, 0x0D, DecodeError.None)]
    [InlineData(0, 0x15, DecodeError.UnknownFlags)]
    [InlineData(0, 0x25, DecodeError.UnknownFlags)]
    [InlineData(6, 0x02, DecodeError.OutOfRange)] // active 526 s of 300
    [InlineData(13, 101, DecodeError.OutOfRange)]
    [InlineData(13, 254, DecodeError.OutOfRange)]
    [InlineData(13, 100, DecodeError.None)]
    [InlineData(14, 101, DecodeError.OutOfRange)]
    [InlineData(14, 255, DecodeError.None)]
    public void Each_field_is_held_to_its_range(int at, byte value, DecodeError expected)
    {
        var frame = Hex.Bytes(Good);
        frame[at] = value;
        Assert.Equal(expected == DecodeError.None, Session.Decode(frame, out var error) is not null);
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("19", 25)] // 5 % up
    [InlineData("f6", -10)] // 2 % down
    [InlineData("00", 0)] // level is a figure, too
    [InlineData("7f", 127)]
    [InlineData("81", -127)]
    public void The_incline_is_the_21st_byte(string last, int fifths)
    {
        var session = (Session)Expect.Decoded("Session", Good + " " + last);
        Assert.Equal(fifths, session.InclineFifthsPercent);
        Assert.Equal(86, session.CadenceNowStepsPerMinute);
        Expect.Encodes("Session", session, Good + " " + last);
    }

    [Fact]
    public void An_unknown_incline_is_left_out_not_sent() =>
        Expect.Refused("Session", Good + " 80", DecodeError.OutOfRange);

    [Theory]
    [InlineData(128, 127)]
    [InlineData(9999, 127)]
    [InlineData(-128, -127)]
    [InlineData(int.MinValue + 1, -127)]
    public void An_incline_steeper_than_the_byte_stops_at_its_end(int fifths, int kept) =>
        Assert.Equal(kept, Incline.OfByte(Incline.ToByte(fifths)));

    [Fact]
    public void A_link_that_cuts_the_21st_byte_leaves_the_session_without_incline() =>
        Assert.Equal(Message.Missing, ((Session)Expect.Decoded("Session",
            Hex.Text(Hex.Bytes(Good + " 19")[..Message.NotificationCapacity(Message.DefaultMtu)])))
                .InclineFifthsPercent);

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(22)]
    public void Only_20_or_21_bytes_are_a_session(int length) =>
        Expect.Refused("Session", Hex.Text(new byte[length]), DecodeError.WrongLength);

    [Fact]
    public void Values_out_of_range_stop_at_its_ends()
    {
        Expect.Encodes(
            "Session",
            new Session(SessionState.Ended, false, 70_000, 70_000, 80_000, 70_000, 70_000, 70_000, 101, 999, 300, 300,
                20_000_000),
            "03 ff ff ff ff ff ff ff ff ff ff ff ff 64 64 fe fe ff ff fe");
        Expect.Encodes(
            "Session",
            new Session((SessionState)9, false, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1),
            "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
    }

    [Fact]
    public void Active_time_never_passes_the_elapsed_time() =>
        Assert.Equal(100, ((Session)Expect.Decoded("Session", Hex.Text(Codecs.Named("Session").Encode(
            new Session(SessionState.Active, false, 1, 100, 101, 0, 0, 0, 0, 0, 0, 0, 0))))).ActiveSeconds);

    [Fact]
    public void All_but_the_incline_fits_the_default_mtu() =>
        Assert.True(Session.Length <= Message.NotificationCapacity(Message.DefaultMtu));
}
