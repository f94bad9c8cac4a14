using Backstep.Protocol;
using Backstep.Sensor.Session;

namespace Backstep.Sensor.Tests.Session;

public sealed class StrideRingTests
{
    [Fact]
    public void It_is_empty_at_first()
    {
        var ring = new StrideRing();

        Assert.Equal(0u, ring.Newest);
        Assert.Equal(1u, ring.Oldest);
    }

    [Theory]
    [InlineData(1u, 1u)]
    [InlineData(1024u, 1u)]
    [InlineData(1025u, 2u)]
    [InlineData(5000u, 3977u)]
    public void It_keeps_the_last_1024_strides_to_the_byte(uint count, uint oldest)
    {
        var ring = new StrideRing();
        for (uint i = 1; i <= count; i++)
        {
            ring.Add(A.Stride(i, i));
        }

        Assert.Equal(count, ring.Newest);
        Assert.Equal(oldest, ring.Oldest);
        var copied = new byte[StrideCodec.Length + 1];
        var expected = new byte[StrideCodec.Length];
        for (var i = oldest; i <= count; i++)
        {
            ring.CopyTo(i, copied, 1);
            StrideCodec.Encode(A.Stride(i, i), expected, 0);
            Assert.Equal(expected, copied[1..]);
        }
    }
}
