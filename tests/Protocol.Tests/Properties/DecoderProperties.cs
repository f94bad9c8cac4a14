using Backstep.Protocol.Tests.Support;
using CsCheck;

namespace Backstep.Protocol.Tests.Properties;

public sealed class DecoderProperties
{
    /// <summary>Any bytes give a value or a typed error, never an exception; and what is accepted has only this one
    /// spelling.</summary>
    [Theory]
    [MemberData(nameof(Codecs.Names), MemberType = typeof(Codecs))]
    public void Any_bytes_give_a_value_that_encodes_to_the_same_bytes_or_an_error(string name)
    {
        var codec = Codecs.Named(name);
        var buffer = new byte[1024];
        long accepted = 0;
        var errors = new long[Enum.GetValues<DecodeError>().Length];
        Sampling.ForAll(Payloads(name), Sampling.FuzzIterations, payload =>
        {
            var value = codec.Decode(payload, out var error);
            if ((value is null) != (error != DecodeError.None))
            {
                Assert.Fail($"{name} of {Hex.Text(payload)}: {error} with {value ?? "no value"}");
            }

            errors[(int)error]++;
            if (value is not null)
            {
                accepted++;
                var length = codec.EncodeInto(value, buffer, 0);
                if (!buffer.AsSpan(0, length).SequenceEqual(payload))
                {
                    Assert.Fail($"{name} of {Hex.Text(payload)} encodes to {Hex.Text(buffer[..length])}");
                }
            }
        });

        // The sampling is worth something only if it goes both ways.
        Assert.True(accepted > 50, $"{accepted} accepted");
        Assert.True(errors[(int)DecodeError.WrongLength] > 50 || name == "DeviceInformation",
            $"{errors[(int)DecodeError.WrongLength]} of wrong length");
    }

    /// <summary>The same the other way round: each payload, made for one decoder, goes through all of them, as it would
    /// if a sensor mixed up its characteristics.</summary>
    [Fact]
    public void Any_payload_through_every_decoder()
    {
        var accepted = new long[Codecs.All.Length];
        var buffer = new byte[1024];
        var payloads = Gen.OneOf([.. Codecs.All.Select(codec => Payloads(codec.Name))]);
        Sampling.ForAll(payloads, Sampling.FuzzIterations, payload =>
        {
            for (int i = 0; i < Codecs.All.Length; i++)
            {
                var codec = Codecs.All[i];
                var value = codec.Decode(payload, out var error);
                if ((value is null) != (error != DecodeError.None)
                    || (value is not null
                        && !buffer.AsSpan(0, codec.EncodeInto(value, buffer, 0)).SequenceEqual(payload)))
                {
                    Assert.Fail($"{codec.Name} of {Hex.Text(payload)}: {error} with {value ?? "no value"}");
                }

                accepted[i] += value is null ? 0 : 1;
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Sampling.FuzzIterations} payloads through {Codecs.All.Length} decoders; accepted by "
            + $"{string.Join(", ", Codecs.All.Zip(accepted, (codec, n) => $"{codec.Name} {n}"))}");
        Assert.All(accepted, n => Assert.InRange(n, Sampling.FuzzIterations / 1000, Sampling.FuzzIterations));
    }

    [Theory]
    [MemberData(nameof(Codecs.Names), MemberType = typeof(Codecs))]
    public void No_bytes_at_all_are_of_the_wrong_length(string name)
    {
        Assert.Null(Codecs.Named(name).Decode(null!, out var error));
        Assert.Equal(DecodeError.WrongLength, error);
    }

    [Theory]
    [MemberData(nameof(Codecs.Names), MemberType = typeof(Codecs))]
    public void A_decoder_leaves_its_bytes_alone(string name) =>
        Sampling.ForAll(Payloads(name), 1_000, payload =>
        {
            var before = Hex.Text(payload);
            Codecs.Named(name).Decode(payload, out _);
            Assert.Equal(before, Hex.Text(payload));
        });

    // Noise of any length, noise of a right length, and good frames with a few bytes changed, cut or added.
    private static Gen<byte[]> Payloads(string name)
    {
        var frames = Page.Examples.Where(e => e.Name == name).Select(e => e.Frame).ToArray();
        var mends = name is "Configuration" or "RailBaselines";
        var frame = Sampling.Pick(frames);
        var noise = Gen.Byte.Array[0, 48];
        var longNoise = Gen.Byte.Array[500, 530];
        var noiseOfRightLength = frame.SelectMany(f => Gen.Byte.Array[f.Length]);
        var edits = Gen.Select(Gen.Int[0, 600],
            Gen.OneOf(Gen.Byte, Gen.Byte[0, 17], Sampling.Pick<byte>(0x7F, 0x80, 0xFE, 0xFF))).Array[0, 4];
        var changed = Gen.Select(frame, edits, Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[-4, 4])), Gen.Bool,
            (good, changes, growth, mend) =>
        {
            var bytes = new byte[Math.Max(0, good.Length + growth)];
            good.AsSpan(0, Math.Min(good.Length, bytes.Length)).CopyTo(bytes);
            foreach (var (at, value) in changes)
            {
                if (bytes.Length > 0)
                {
                    bytes[at % bytes.Length] = value;
                }
            }

            return mend && mends ? Checksums.Mend(bytes) : bytes;
        });
        return Gen.Frequency((20, noise), (1, longNoise), (20, noiseOfRightLength), (59, changed));
    }
}
