using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Own;

// number of the first sample u32 | samples: ax, ay, az, gx, gy, gz s16
public sealed class RawMotionTests
{
    [Fact]
    public void One_sample() =>
        Expect.Frame("RawMotion", "e8 03 00 00 01 00 ff ff 00 08 00 80 ff 7f 00 00", "FirstSample = 1000", "Count = 1",
            "Sample0 = 1, -1, 2048, -32768, 32767, 0");

    [Fact]
    public void Two_samples() =>
        Expect.Frame("RawMotion", "ff ff ff ff 01 00 02 00 03 00 04 00 05 00 06 00 07 00 08 00 09 00 0a 00 0b 00 0c 00",
            "FirstSample = 4294967295", "Count = 2", "Sample0 = 1, 2, 3, 4, 5, 6", "Sample1 = 7, 8, 9, 10, 11, 12");

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(27)]
    [InlineData(4 + (43 * 12))]
    public void Other_lengths_are_refused(int length) =>
        Expect.Refused("RawMotion", Hex.Text(new byte[length]), DecodeError.WrongLength);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(23, 1)]
    [InlineData(30, 1)]
    [InlineData(31, 2)]
    [InlineData(247, 20)]
    [InlineData(65535, 42)]
    public void A_notification_takes_as_many_samples_as_the_mtu_allows(int mtu, int samples)
    {
        Assert.Equal(samples, RawMotion.Capacity(mtu));
        Assert.True(RawMotion.LengthFor(samples) <= Message.NotificationCapacity(mtu));
    }

    [Fact]
    public void Past_the_last_sample_or_axis_there_is_nothing()
    {
        var motion = (RawMotion)Expect.Decoded("RawMotion", "e8 03 00 00 01 00 01 00 01 00 01 00 01 00 01 00");
        Assert.Equal(1, motion.Get(0, 5));
        Assert.Equal(0, motion.Get(0, 6));
        Assert.Equal(0, motion.Get(1, 0));
        Assert.Equal(0, motion.Get(-1, 0));
        Assert.Equal(0, motion.Get(0, -1));
    }
}
