using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Properties;

public sealed class EncoderProperties
{
    // composed by the caller, from encoders tested here
    private static readonly string[] WithoutBounds = ["RawMotion", "LogStrides"];
    private static readonly string[] CutToFit = ["DeviceInformation", "TrainingStatus"]; // texts

    public static TheoryData<string> Messages => [.. Codecs.All.Select(c => c.Name).Except(WithoutBounds)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Bytes_outside_the_message_stay_as_they_were(string name)
    {
        foreach (var (codec, value, frame) in Examples(name))
        {
            var buffer = new byte[frame.Length + 8];
            buffer.AsSpan().Fill(0xA5);
            Assert.Equal(frame.Length, codec.EncodeInto(value, buffer, 3));
            Assert.Equal(Hex.Text(frame), Hex.Text(buffer[3..(3 + frame.Length)]));
            Assert.All(buffer[..3].Concat(buffer[(3 + frame.Length)..]), b => Assert.Equal(0xA5, b));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Without_room_nothing_is_written(string name)
    {
        foreach (var (codec, value, frame) in Examples(name).Where(e => !CutToFit.Contains(e.Codec.Name)))
        {
            var buffer = new byte[frame.Length];
            Assert.Equal(0, codec.EncodeInto(value, buffer, 1));
            Assert.Equal(0, codec.EncodeInto(value, buffer, -1));
            Assert.Equal(0, codec.EncodeInto(value, buffer, int.MaxValue));
            Assert.Equal(0, codec.EncodeInto(value, null!, 0));
            Assert.All(buffer, b => Assert.Equal(0, b));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Encoding_allocates_nothing(string name)
    {
        var buffer = new byte[1024];
        foreach (var (codec, value, _) in Examples(name))
        {
            codec.EncodeInto(value, buffer, 0); // so that it is compiled
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                codec.EncodeInto(value, buffer, 0);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static (Codec Codec, object Value, byte[] Frame)[] Examples(string name)
    {
        var codec = Codecs.Named(name);
        var examples = Page.Examples.Where(e => e.Name == name)
            .Select(e => (codec, codec.TryDecode(e.Frame, out _)!, e.Frame)).ToArray();
        Assert.NotEmpty(examples);
        return examples;
    }
}
