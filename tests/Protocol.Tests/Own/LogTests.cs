using Backstep.Gait;
using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Own;

// strides: n records of 20 bytes | begin: 01 | run u16 | first u32 | last u32 | [flash u32] | end: 02 | result u8 |
// next u32 session start: 03 | id u16 | unix s u32 | first u32 | last u32 | [run u16 | [incline 0.2 % s8]] | session
// totals: 04 | bytes 1 to 18 of Session
public sealed class LogTests
{
    private const string Stride1 = "01 00 00 00 10 27 00 00 26 5c d8 06 dc 05 58 02 bc 02 19 08";
    private const string Stride2 = "02 00 00 00 ec 2c 00 00 26 5c d8 06 dc 05 58 02 bc 02 19 08";
    private const string Totals = "04 07 00 2c 01 0e 01 c8 00 03 00 02 00 5f 28 54 00 36 00";

    [Fact]
    public void Begin()
    {
        Expect.Frame("LogBegin", "01 03 00 19 00 00 00 e8 03 00 00 01 02 03 04", "Range.Flash = 67305985",
            "Range.Run = 3", "Range.FirstSequence = 25", "Range.LastSequence = 1000");
        Expect.Frame("LogBegin", "01 03 00 19 00 00 00 e8 03 00 00", "Range.Flash = 0", "Range.Run = 3",
            "Range.FirstSequence = 25", "Range.LastSequence = 1000");
        Expect.Frame("LogBegin", "01 03 00 00 00 00 00 00 00 00 00", "Range.Flash = 0", "Range.Run = 3",
            "Range.FirstSequence = 0", "Range.LastSequence = 0");
        Expect.Encodes("LogBegin", new LogBegin(new LogRange(3, 25, 1000)), "01 03 00 19 00 00 00 e8 03 00 00");
        Expect.Encodes("LogBegin", new LogBegin(null), "01 00 00 00 00 00 00 00 00 00 00");
    }

    [Fact]
    public void End()
    {
        Expect.Frame("LogEnd", "02 01 e9 03 00 00", "Result = Success", "NextSequence = 1001");
        Expect.Encodes("LogEnd", new LogEnd(ControlResult.Failed, 7), "02 04 07 00 00 00");
    }

    [Fact]
    public void Session_start()
    {
        Expect.Frame("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00", "Id = 7",
            "StartUnixSeconds = 1695278080", "FirstSequence = 25", "LastSequence = 1000", "Run = 0",
            "InclineFifthsPercent = missing");
        Expect.Frame("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00 ff ff", "Id = 7",
            "StartUnixSeconds = 1695278080", "FirstSequence = 25", "LastSequence = 1000", "Run = 65535",
            "InclineFifthsPercent = missing");
        Expect.Frame("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00 03 00 19", "Id = 7",
            "StartUnixSeconds = 1695278080", "FirstSequence = 25", "LastSequence = 1000", "Run = 3",
            "InclineFifthsPercent = 25");
        Expect.Frame("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00 00 00 f6", "Id = 7",
            "StartUnixSeconds = 1695278080", "FirstSequence = 25", "LastSequence = 1000", "Run = 0",
            "InclineFifthsPercent = -10");
        Expect.Encodes("LogSessionStart", new LogSessionStart(99_999, 0, 9, 8),
            "03 ff ff 00 00 00 00 00 00 00 00 00 00 00 00");
    }

    [Fact]
    public void Session_totals() =>
        Expect.Frame("LogSessionTotals", Totals, "State = Ended", "IsRhythmSettled = False", "LacksStrides = False",
            "Id = 7", "ElapsedSeconds = 300", "ActiveSeconds = 270",
            "BackwardStrides = 200", "ForwardStrides = 3", "UnknownStrides = 2", "ToeFirstPercent = 95",
            "RailsHeldPercent = 40",
            "CadenceNowStepsPerMinute = missing", "CadenceMeanStepsPerMinute = 84", "DistanceCentimeters = 13824",
            "InclineFifthsPercent = missing");

    [Fact]
    public void Strides_follow_each_other()
    {
        var strides = (Stride[])Expect.Decoded("LogStrides", Stride1 + Stride2);
        Assert.Equal([1u, 2u], strides.Select(s => s.Sequence));
        Assert.Equal(Hex.Text(Hex.Bytes(Stride1 + Stride2)), Hex.Text(Codecs.Named("LogStrides").Encode(strides)));
    }

    [Theory]
    [InlineData("LogBegin", "", DecodeError.WrongLength)]
    [InlineData("LogBegin", "01", DecodeError.WrongLength)]
    [InlineData("LogBegin", "02 03 00 19 00 00 00 e8 03 00 00", DecodeError.UnknownOpCode)]
    [InlineData("LogBegin", "01 03 00 19 00 00 00 18 00 00 00", DecodeError.OutOfRange)]
    [InlineData("LogBegin", "01 03 00 00 00 00 00 18 00 00 00", DecodeError.OutOfRange)]
    [InlineData("LogBegin", "01 03 00 19 00 00 00 e8 03 00 00 00 00 00 00", DecodeError.OutOfRange)]
    [InlineData("LogBegin", "01 03 00 19 00 00 00 e8 03 00 00 01 00 00", DecodeError.WrongLength)]
    [InlineData("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00 00 00", DecodeError.OutOfRange)]
    [InlineData("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00 01", DecodeError.WrongLength)]
    [InlineData("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00 03 00 80", DecodeError.OutOfRange)]
    [InlineData("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00 03 00 19 00",
        DecodeError.WrongLength)]
    [InlineData("LogEnd", "02 01 e9 03 00", DecodeError.WrongLength)]
    [InlineData("LogEnd", "02 00 e9 03 00 00", DecodeError.ReservedValue)]
    [InlineData("LogEnd", "02 0a e9 03 00 00", DecodeError.ReservedValue)]
    [InlineData("LogSessionStart", "03 07 00 00 e4 0b 65 19 00 00 00 18 00 00 00", DecodeError.OutOfRange)]
    [InlineData("LogSessionStart", "03 07 00 00 e4 0b 65 00 00 00 00 18 00 00 00", DecodeError.OutOfRange)]
    [InlineData("LogSessionStart", "04 07 00", DecodeError.UnknownOpCode)]
    [InlineData("LogSessionTotals", "04 07 00 2c 01 0e 02 c8 00 03 00 02 00 5f 28 54 00 36 00", DecodeError.OutOfRange)]
    [InlineData("LogSessionTotals", "04 07 00 2c 01 0e 01 c8 00 03 00 02 00 65 28 54 00 36 00", DecodeError.OutOfRange)]
    [InlineData("LogSessionTotals", Totals + " 00", DecodeError.WrongLength)]
    [InlineData("LogStrides", "", DecodeError.WrongLength)]
    [InlineData("LogStrides", Stride1 + " 00", DecodeError.WrongLength)]
    [InlineData("LogStrides", Stride1 + "02 00 00 00 ec 2c 00 00 27 5c d8 06 dc 05 58 02 bc 02 19 08",
        DecodeError.ReservedValue)]
    public void What_the_format_does_not_allow_is_refused(string codec, string hex, DecodeError error) =>
        Expect.Refused(codec, hex, error);

    [Theory]
    [InlineData("01 03 00 19 00 00 00 e8 03 00 00", LogFrameKind.Begin)]
    [InlineData("02 01 e9 03 00 00", LogFrameKind.End)]
    [InlineData("03 07 00 00 e4 0b 65 19 00 00 00 e8 03 00 00", LogFrameKind.SessionStart)]
    [InlineData(Totals, LogFrameKind.SessionTotals)]
    [InlineData(Stride1, LogFrameKind.Strides)]
    [InlineData(Stride1 + Stride2, LogFrameKind.Strides)]
    [InlineData("", LogFrameKind.Unknown)]
    [InlineData("00", LogFrameKind.Unknown)]
    [InlineData("05", LogFrameKind.Unknown)]
    [InlineData(Stride1 + "00", LogFrameKind.Unknown)]
    public void A_frame_tells_what_it_is(string hex, LogFrameKind kind) =>
        Assert.Equal(kind, LogFrame.KindOf(Hex.Bytes(hex)));

    [Fact]
    public void No_bytes_at_all_are_no_frame() => Assert.Equal(LogFrameKind.Unknown, LogFrame.KindOf(null));

    [Fact]
    public void Markers_are_shorter_than_a_stride()
    {
        Assert.True(LogBegin.MaxLength < StrideCodec.Length);
        Assert.True(LogEnd.Length < StrideCodec.Length);
        Assert.True(LogSessionStart.MaxLength < StrideCodec.Length);
        Assert.True(LogSessionTotals.Length < StrideCodec.Length);
    }

    [Theory]
    [InlineData(23, 1)]
    [InlineData(62, 2)]
    [InlineData(63, 3)]
    [InlineData(247, 12)]
    public void A_notification_takes_as_many_strides_as_the_mtu_allows(int mtu, int strides) =>
        Assert.Equal(strides, LogStrides.Capacity(mtu));
}
