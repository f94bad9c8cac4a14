using System.Text;
using Backstep.Gait;
using Backstep.Gym.Messages;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using CsCheck;

namespace Backstep.Gym.Tests.Messages;

/// <summary>A stride as JSON is the sensor's record, and nothing else is taken for one.</summary>
public sealed class StrideLineTests
{
    private static Gen<int> OrMissing(Gen<int> values) =>
        Gen.Frequency((1, Gen.Const(Stride.Missing)), (9, values));

    private static readonly DateTimeOffset At = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<int> Angle = OrMissing(Gen.Int[-126, 126]);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly Gen<Stride> AnyStride =
        from sequence in Gen.UInt
        from contact in Gen.UInt
        from direction in Among(Direction.Forward, Direction.Backward, Direction.Unknown)
        from landing in Among(Landing.Toe, Landing.Flat, Landing.Heel, Landing.Unknown)
        from posture in Among(Posture.Held, Posture.Free, Posture.Unknown)
        from confidence in Gen.Int[0, 100]
        from angle in Angle
        from tilt in Angle
        from swing in Gen.Int[1, 3000]
        from time in OrMissing(Gen.Int[swing, 60_000])
        from length in OrMissing(Gen.Int[0, 65_534])
        from impact in OrMissing(Gen.Int[0, 254])
        from decision in Gen.Int[0, 254]
        select new Stride(sequence, contact, direction, landing, posture, confidence, angle, tilt, time, swing, length,
            impact, decision * 10);

    [Fact]
    public void Any_stride_comes_back_to_the_bit() => AnyStride.Sample(stride =>
    {
        var batch = new StrideBatch("gateway", "0123456789abcdef", 1, "clip", true, "00000001", 1, 1,
            [StrideLine.Of(stride, At)]);
        byte[] json = GymMessage.Bytes(batch, MessageJson.Default.StrideBatch);
        var read = GymMessage.Read(json, MessageJson.Default.StrideBatch, out string problem);
        Assert.Equal("", problem);
        Assert.Equal(StrideRecord.Name(stride), StrideRecord.Name(read!.Strides[0].ToStride()));
    }, iter: 2000, seed: "0000000000001");

    [Theory]
    [InlineData("\"direction\":\"backward\"", "\"direction\":\"sideways\"")]
    [InlineData("\"footStrikeDegrees\":-12.5", "\"footStrikeDegrees\":-12.3")]
    [InlineData("\"footStrikeDegrees\":-12.5", "\"footStrikeDegrees\":1e300")]
    [InlineData("\"confidencePercent\":90", "\"confidencePercent\":101")]
    [InlineData("\"swingMilliseconds\":400", "\"swingMilliseconds\":-1")]
    [InlineData("\"swingMilliseconds\":400", "\"swingMilliseconds\":70000")]
    [InlineData("\"decisionMilliseconds\":300", "\"decisionMilliseconds\":305")]
    public void What_no_sensor_tells_is_refused(string good, string bad)
    {
        var stride = new Stride(7, 1000, Direction.Backward, Landing.Toe, Posture.Held, 90, -25, 4, 1200, 400, 600, 13,
            300);
        string json = Encoding.UTF8.GetString(GymMessage.Bytes(
            new StrideBatch("g", "0123456789abcdef", 1, "c", true, "00000001", 1, 1, [StrideLine.Of(stride, At)]),
            MessageJson.Default.StrideBatch));
        Assert.Contains(good, json, StringComparison.Ordinal);
        var read = GymMessage.Read(Encoding.UTF8.GetBytes(json.Replace(good, bad, StringComparison.Ordinal)),
            MessageJson.Default.StrideBatch, out _);
        Assert.Throws<BadInputException>(() => read!.Strides[0].ToStride());
    }
}
