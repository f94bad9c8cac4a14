using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Ftms;

// FTMS 1.0, 4.10: flags u8 (bit 0 text present, bit 1 text goes on) | status u8 (table 4.13, 00 to 0f) | [text UTF-8]
public sealed class TrainingStatusTests
{
    [Theory]
    [InlineData("00 00", "Other")]
    [InlineData("00 01", "Idle")]
    [InlineData("00 02", "WarmingUp")]
    [InlineData("00 03", "LowIntensityInterval")]
    [InlineData("00 04", "HighIntensityInterval")]
    [InlineData("00 05", "RecoveryInterval")]
    [InlineData("00 06", "Isometric")]
    [InlineData("00 07", "HeartRateControl")]
    [InlineData("00 08", "FitnessTest")]
    [InlineData("00 09", "SpeedTooLow")]
    [InlineData("00 0a", "SpeedTooHigh")]
    [InlineData("00 0b", "CoolDown")]
    [InlineData("00 0c", "WattControl")]
    [InlineData("00 0d", "ManualMode")]
    [InlineData("00 0e", "PreWorkout")]
    [InlineData("00 0f", "PostWorkout")]
    public void States(string hex, string state) =>
        Expect.Frame("TrainingStatus", hex, $"State = {state}", "Text = none", "IsTextCut = False");

    [Fact]
    public void Texts()
    {
        Expect.Frame("TrainingStatus", "01 0d 48 69", "State = ManualMode", "Text = \"Hi\"", "IsTextCut = False");
        Expect.Frame("TrainingStatus", "01 0d", "State = ManualMode", "Text = \"\"", "IsTextCut = False");
        Expect.Frame("TrainingStatus", "03 0d 48 69", "State = ManualMode", "Text = \"Hi\"", "IsTextCut = True");
    }

    [Fact]
    public void A_text_too_long_for_the_buffer_is_cut_and_says_so()
    {
        var buffer = new byte[5];
        Assert.Equal(4, new TrainingStatus(TrainingState.Idle, "ab\u00e4").Encode(buffer, 0));
        Assert.Equal("03 01 61 62 00", Hex.Text(buffer));
    }

    [Theory]
    [InlineData("00", DecodeError.WrongLength)]
    [InlineData("00 01 48", DecodeError.WrongLength)]
    [InlineData("04 01", DecodeError.UnknownFlags)]
    [InlineData("02 01", DecodeError.UnknownFlags)]
    [InlineData("00 10", DecodeError.ReservedValue)]
    [InlineData("01 01 c3", DecodeError.BadText)]
    public void What_the_format_does_not_allow_is_refused(string hex, DecodeError error) =>
        Expect.Refused("TrainingStatus", hex, error);

    [Theory]
    [InlineData(SessionState.Idle, TrainingState.Idle)]
    [InlineData(SessionState.Active, TrainingState.ManualMode)]
    [InlineData(SessionState.Paused, TrainingState.Idle)]
    [InlineData(SessionState.Ended, TrainingState.PostWorkout)]
    public void A_session_looks_like_a_training(SessionState session, TrainingState training) =>
        Assert.Equal(training, TrainingStatus.StateFor(session));
}
