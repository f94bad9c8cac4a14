using System.Text;
using Backstep.Files.Export;
using Backstep.Protocol;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Export;

public sealed class FitExportTests
{
    // FIT Profile: global message numbers.
    private const ushort FileId = 0;
    private const ushort SessionMessage = 18;
    private const ushort Record = 20;
    private const ushort DeviceInfo = 23;
    private const ushort Lap = 19;
    private const ushort Activity = 34;

    /// <summary>The check value of CRC-16/ARC, which FIT's is (reveng.sourceforge.io/crc-catalogue).</summary>
    [Fact]
    public void The_check_sum_is_the_one_of_the_catalogue() => Assert.Equal(0xBB3D, FitFile.CheckSum(0, "123456789"u8));

    [Fact]
    public void Times_count_from_the_end_of_1989()
    {
        var messages = Messages(KeptSessions.Of([.. KeptSessions.Even(10)]));
        // 2026-03-02T17:30:15Z is 1772472615 s after 1970, and FIT's epoch is 631065600 s after it.
        Assert.Equal(1_772_472_615u - 631_065_600u,
            messages.Single(message => message.Number == SessionMessage).UInt32(2));
    }

    [Fact]
    public void Values_have_the_scales_of_the_profile()
    {
        var session = Messages(KeptSessions.Of([.. KeptSessions.Even(10)]))
            .Single(message => message.Number == SessionMessage);
        Assert.Equal(14_000u, session.UInt32(7)); // 10 strides of 1.4 s, ms
        Assert.Equal(900u, session.UInt32(9)); // 9 m, cm
        Assert.Equal(10u, session.UInt32(10));
        Assert.Equal([42], session.Fields[18]); // 42.857 strides/min
        Assert.Equal([110], session.Fields[92]); // 0.857 in 1/128
    }

    [Fact]
    public void A_pause_is_taken_off_the_timer_the_moving_time_the_strides_and_the_average_speed()
    {
        var messages = Messages(KeptSessions.WithAPause());
        var session = messages.Single(message => message.Number == SessionMessage);
        Assert.Equal((56_000u, 42_000u, 41_050u), (session.UInt32(7), session.UInt32(8), session.UInt32(59)));
        Assert.Equal((2_700u, 30u, 643u), (session.UInt32(9), session.UInt32(10), session.UInt32(124)));
        var lap = messages.Single(message => message.Number == Lap);
        Assert.Equal((56_000u, 42_000u, 2_700u, 30u, 643u),
            (lap.UInt32(7), lap.UInt32(8), lap.UInt32(9), lap.UInt32(10), lap.UInt32(110)));
        Assert.Equal(42_000u, messages.Single(message => message.Number == Activity).UInt32(0));
    }

    [Fact]
    public void What_is_not_known_is_no_value_and_never_zero()
    {
        var unmeasured = KeptSessions.Even(5)
            .Select(
                kept => kept with { Stride = Strides.Make(kept.Stride.Sequence, meters: -1),
                    Rails = Gait.Posture.Unknown }).ToArray();
        unmeasured = [.. unmeasured.Select(kept => kept with { Stride = WithoutLength(kept.Stride) })];
        var messages = Messages(KeptSessions.Of(unmeasured));
        Assert.Equal(uint.MaxValue, messages.Single(message => message.Number == SessionMessage).UInt32(9));
        var walking = messages.Where(message => message.Number == Record).Last();
        Assert.Equal(uint.MaxValue, walking.UInt32(5)); // distance
        Assert.Equal(uint.MaxValue, walking.UInt32(73)); // enhanced_speed
        Assert.Equal([255], walking.DeveloperFields[FitDeveloperFields.RailsHeld.Number]);
    }

    [Theory]
    [InlineData(FitType.U8, 254.0, "FE")]
    [InlineData(FitType.U8, 255.0, "FF")]
    [InlineData(FitType.U8, 256.0, "FF")]
    [InlineData(FitType.U8, -1.0, "FF")]
    [InlineData(FitType.U16, 65_534.4, "FEFF")]
    [InlineData(FitType.U16, 1e9, "FFFF")]
    [InlineData(FitType.U32, 1e12, "FFFFFFFF")]
    [InlineData(FitType.U32, double.NaN, "FFFFFFFF")]
    [InlineData(FitType.F32, 1.5, "0000C03F")]
    [InlineData(FitType.F32, 1e300, "FFFFFFFF")]
    [InlineData(FitType.F32, double.PositiveInfinity, "FFFFFFFF")]
    public void What_does_not_fit_is_no_value(FitType type, double value, string bytes) =>
        Assert.Equal(bytes, Convert.ToHexString(FitField.Of(0, type, value).Value));

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        var name = string.Concat(Enumerable.Repeat("\U0001F45F", 100)); // 400 bytes
        var device =
            Messages(KeptSessions.Of([.. KeptSessions.Even(3)], [new SessionSensor(name, null, Placement.Unknown)]))
                .Last(message => message.Number == DeviceInfo);
        var bytes = device.Fields[27];
        Assert.InRange(bytes.Length, 250, 255);
        Assert.Equal(0, bytes[^1]);
        Assert.Equal(name[..(2 * ((bytes.Length - 1) / 4))], Encoding.UTF8.GetString(bytes[..^1]));
    }

    [Fact]
    public void A_simulated_session_says_so()
    {
        var messages = Messages(KeptSessions.Of([.. KeptSessions.Even(3)], isSimulated: true));
        Assert.Contains("simulated",
            Encoding.UTF8.GetString(messages.First(message => message.Number == FileId).Fields[8]),
            StringComparison.Ordinal);
        Assert.Equal([1],
            messages.Single(
                message => message.Number == SessionMessage).DeveloperFields[FitDeveloperFields.Simulated.Number]);
    }

    [Fact]
    public void A_date_that_fit_cannot_say_is_refused()
    {
        var session = KeptSessions.Of([.. KeptSessions.Even(3)]);
        session =
            session with
            {
                Summary = session.Summary with
                {
                    Header = session.Summary.Header with
                    {
                        StartedAt = new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero),
                    },
                },
            };
        var error = Assert.Throws<BadRequestException>(() => KeptSessions.Exported(session, ExportFormat.Fit));
        Assert.Contains("json", error.Message, StringComparison.Ordinal);
    }

    private static Gait.Stride WithoutLength(Gait.Stride s) => new(
        s.Sequence, s.ContactMilliseconds, s.Direction, s.Landing, s.Posture, s.ConfidencePercent,
        s.FootStrikeHalfDegrees, s.TiltHalfDegrees, s.StrideMilliseconds, s.SwingMilliseconds,
        Gait.Stride.Missing, s.ImpactTenthsG, s.DecisionMilliseconds);

    private static IReadOnlyList<FitMessage> Messages(KeptSession session) =>
        FitReader.Read(KeptSessions.Exported(session, ExportFormat.Fit));
}
