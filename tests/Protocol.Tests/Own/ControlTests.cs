using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Own;

// command: op u8 | operand (none, u8, u32)      reply: op u8 | result u8 | [value u32, or run u16, first u32, last u32]
public sealed class ControlTests
{
    [Theory]
    [InlineData("01", "Start", 0u)]
    [InlineData("02", "Pause", 0u)]
    [InlineData("03", "Stop", 0u)]
    [InlineData("04", "Reset", 0u)]
    [InlineData("05 00 e4 0b 65", "SetClock", 0x650BE400u)]
    [InlineData("06 03", "SetPlacement", 3u)]
    [InlineData("07 02", "CalibrateMount", 2u)]
    [InlineData("08 03", "CalibrateRails", 3u)]
    [InlineData("09 01", "RawStream", 1u)]
    [InlineData("0a 19 00 00 00", "ReplayLog", 25u)]
    [InlineData("0b", "Forget", 0u)]
    [InlineData("0c 00 00 00 00", "SetPasskey", 0u)]
    [InlineData("0c 3f 42 0f 00", "SetPasskey", 999_999u)]
    [InlineData("0c ff ff ff ff", "SetPasskey", ControlCommand.NoPasskey)]
    public void Commands(string hex, string operation, uint operand) =>
        Expect.Frame("ControlCommand", hex, $"Operation = {operation}", $"Operand = {operand}");

    [Fact]
    public void Commands_are_made()
    {
        Expect.Encodes("ControlCommand", ControlCommand.Of(ControlOperation.Start), "01");
        Expect.Encodes("ControlCommand", ControlCommand.Of(ControlOperation.Forget), "0b");
        Expect.Encodes("ControlCommand", ControlCommand.SetClock(0x04030201), "05 01 02 03 04");
        Expect.Encodes("ControlCommand", ControlCommand.SetPlacement(Placement.RightShoe), "06 02");
        Expect.Encodes("ControlCommand", ControlCommand.SetPlacement((Placement)9), "06 00");
        Expect.Encodes("ControlCommand", ControlCommand.CalibrateMount(MountStep.StandStill), "07 01");
        Expect.Encodes("ControlCommand", ControlCommand.CalibrateRails(RailStep.Free), "08 02");
        Expect.Encodes("ControlCommand", ControlCommand.RawStream(true), "09 01");
        Expect.Encodes("ControlCommand", ControlCommand.RawStream(false), "09 00");
        Expect.Encodes("ControlCommand", ControlCommand.ReplayLog(uint.MaxValue), "0a ff ff ff ff");
        Expect.Encodes("ControlCommand", ControlCommand.SetPasskey(123_456), "0c 40 e2 01 00");
        Expect.Encodes("ControlCommand", ControlCommand.ClearPasskey(), "0c ff ff ff ff");
        Assert.Null(ControlCommand.SetPasskey(1_000_000));
        Assert.Null(ControlCommand.SetPasskey(ControlCommand.NoPasskey));
        Assert.Null(ControlCommand.Of(ControlOperation.SetClock));
        Assert.Null(ControlCommand.Of((ControlOperation)99));
    }

    [Theory]
    [InlineData("", DecodeError.WrongLength)]
    [InlineData("00", DecodeError.UnknownOpCode)]
    [InlineData("0d", DecodeError.UnknownOpCode)]
    [InlineData("ff ff ff ff ff ff", DecodeError.UnknownOpCode)]
    [InlineData("01 00", DecodeError.WrongLength)]
    [InlineData("0b 00", DecodeError.WrongLength)]
    [InlineData("05 00 e4 0b", DecodeError.WrongLength)]
    [InlineData("06", DecodeError.WrongLength)]
    [InlineData("0a 19", DecodeError.WrongLength)]
    [InlineData("06 04", DecodeError.ReservedValue)]
    [InlineData("07 04", DecodeError.ReservedValue)]
    [InlineData("08 04", DecodeError.ReservedValue)]
    [InlineData("09 02", DecodeError.ReservedValue)]
    [InlineData("0c 40 e2 01", DecodeError.WrongLength)]
    [InlineData("0c 40 42 0f 00", DecodeError.ReservedValue)]
    [InlineData("0c fe ff ff ff", DecodeError.ReservedValue)]
    public void Commands_that_the_format_does_not_allow_are_refused(string hex, DecodeError error) =>
        Expect.Refused("ControlCommand", hex, error);

    [Theory]
    [InlineData("02 01", 2, "Success")]
    [InlineData("02 05", 2, "NotNow")]
    [InlineData("63 02", 99, "NotSupported")]
    [InlineData("01 01", 1, "Success")]
    [InlineData("0b 09", 11, "StorageFailed")]
    public void Replies_without_a_payload(string hex, int operation, string result) =>
        Expect.Frame("ControlReply", hex, $"Operation = {operation}", $"Result = {result}", "Value = missing",
            "Log = none");

    [Theory]
    [InlineData("01 01 07 00 00 00", 1, "Success", 7)]
    [InlineData("05 01 ff ff ff ff", 5, "Success", uint.MaxValue)]
    [InlineData("07 06 32 00 00 00", 7, "InProgress", 50)]
    [InlineData("08 01 64 00 00 00", 8, "Success", 100)]
    public void Replies_with_a_value(string hex, int operation, string result, long value) =>
        Expect.Frame("ControlReply", hex, $"Operation = {operation}", $"Result = {result}", $"Value = {value}",
            "Log = none");

    [Fact]
    public void Replies_with_a_range()
    {
        const string hex = "0a 07 03 00 19 00 00 00 e8 03 00 00";
        Expect.Frame("ControlReply", hex, "Operation = 10", "Result = NotHeld", "Value = missing", "Log.Flash = 0",
            "Log.Run = 3", "Log.FirstSequence = 25", "Log.LastSequence = 1000");
        Expect.Encodes("ControlReply", ControlReply.Replay(false, new LogRange(3, 25, 1000)), hex);
        Expect.Encodes("ControlReply", ControlReply.Replay(true, new LogRange(3, 0, 1000)),
            "0a 01 03 00 00 00 00 00 00 00 00 00");
        Expect.Encodes("ControlReply", ControlReply.Replay(true, new LogRange(99_999, 9, 8)),
            "0a 01 ff ff 00 00 00 00 00 00 00 00");
        Expect.Encodes("ControlReply", ControlReply.Replay(true, null), "0a 01");
        Expect.Encodes("ControlReply", ControlReply.Replay(true, new LogRange(0x04030201, 3, 25, 1000)),
            "0a 01 03 00 19 00 00 00 e8 03 00 00 01 02 03 04");
        Expect.Refused("ControlReply", "0a 01 03 00 19 00 00 00 e8 03 00 00 00 00 00 00", DecodeError.OutOfRange);
        Expect.Refused("ControlReply", "01 01 03 00 19 00 00 00 e8 03 00 00 01 02 03 04", DecodeError.WrongLength);
    }

    [Fact]
    public void Replies_are_made()
    {
        Expect.Encodes("ControlReply", new ControlReply(99, ControlResult.NotSupported), "63 02");
        Expect.Encodes("ControlReply", ControlReply.Started(7), "01 01 07 00 00 00");
        Expect.Encodes("ControlReply", ControlReply.Started(99_999), "01 01 ff ff 00 00");
        Expect.Encodes("ControlReply", ControlReply.ClockSet(0x04030201), "05 01 01 02 03 04");
        Expect.Encodes("ControlReply", ControlReply.Calibration(ControlOperation.CalibrateMount, false, 50),
            "07 06 32 00 00 00");
        Expect.Encodes("ControlReply", ControlReply.Calibration(ControlOperation.CalibrateRails, true, 150),
            "08 01 64 00 00 00");
        Expect.Encodes("ControlReply", ControlReply.Calibration(ControlOperation.Pause, true, 50), "02 01");
    }

    [Theory]
    [InlineData("01", DecodeError.WrongLength)]
    [InlineData("01 00", DecodeError.ReservedValue)]
    [InlineData("01 0a", DecodeError.ReservedValue)]
    [InlineData("02 01 07 00 00 00", DecodeError.WrongLength)]
    [InlineData("01 05 07 00 00 00", DecodeError.WrongLength)]
    [InlineData("01 01 07", DecodeError.WrongLength)]
    [InlineData("01 01 00 00 01 00", DecodeError.OutOfRange)]
    [InlineData("07 06 65 00 00 00", DecodeError.OutOfRange)]
    [InlineData("0a 01 07 00 00 00", DecodeError.WrongLength)]
    [InlineData("0a 01 03 00 19 00 00 00 18 00 00 00", DecodeError.OutOfRange)]
    [InlineData("0a 01 03 00 00 00 00 00 18 00 00 00", DecodeError.OutOfRange)]
    public void Replies_that_the_format_does_not_allow_are_refused(string hex, DecodeError error) =>
        Expect.Refused("ControlReply", hex, error);

    [Theory]
    [InlineData(DecodeError.None, ControlResult.Success)]
    [InlineData(DecodeError.UnknownOpCode, ControlResult.NotSupported)]
    [InlineData(DecodeError.WrongLength, ControlResult.InvalidOperand)]
    [InlineData(DecodeError.ReservedValue, ControlResult.InvalidOperand)]
    public void A_bad_command_has_its_result_code(DecodeError error, ControlResult result) =>
        Assert.Equal(result, ControlReply.ResultFor(error));
}
