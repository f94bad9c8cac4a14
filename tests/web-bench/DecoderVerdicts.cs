using Backstep.Protocol;
using Backstep.Protocol.Tests.Support;

namespace Backstep.WebBench;

/// <summary>What every decoder says of many hostile payloads, as one number: where it is the same on two machines, so
/// are the verdicts.</summary>
internal static class DecoderVerdicts
{
    /// <summary>FNV-1a, 64 bits (draft-eastlake-fnv): where it begins.</summary>
    public const ulong Begin = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    // As in Protocol.Tests/Properties/DecoderProperties.cs: noise, a little very long noise, noise of a right length,
    // and good frames with some bytes changed, cut or added; of a hundred.
    private const int Noise = 20, LongNoise = 1, NoiseOfRightLength = 20;

    private static readonly byte[] Edges = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF];

    /// <summary>Frames as hexadecimal digits, one a line.</summary>
    public static byte[][] FramesOf(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Convert.FromHexString)];

    /// <summary>Each payload through every decoder; one that is taken is encoded again, and must be the same.</summary>
    /// <param name="seed">Every payload follows from it and from its number.</param>
    /// <param name="from">The first payload's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="frames">Good ones.</param>
    /// <param name="digest"><see cref="Begin"/>, or what the payloads before came to.</param>
    public static ulong Of(uint seed, int from, int count, byte[][] frames, ulong digest)
    {
        byte[] buffer = new byte[1024];
        for (int number = from; number < from + count; number++)
        {
            byte[] payload = Payload(new Chance((seed * 2654435761u) + (uint)number), frames);
            foreach (var codec in Codecs.All)
            {
                object? value = codec.Decode(payload, out var error);
                digest = (digest ^ (byte)error) * Prime;
                if (value is not null)
                {
                    bool isSame = buffer.AsSpan(0, codec.EncodeInto(value, buffer, 0)).SequenceEqual(payload);
                    digest = (digest ^ (isSame ? 0xA5u : 0x5Au)) * Prime;
                }
            }
        }

        return digest;
    }

    private static byte[] Payload(Chance chance, byte[][] frames)
    {
        int kind = chance.Below(100);
        byte[] frame = frames[chance.Below(frames.Length)];
        if (kind < Noise + LongNoise + NoiseOfRightLength)
        {
            byte[] noise = new byte[kind < Noise ? chance.Below(49)
                : kind < Noise + LongNoise ? 500 + chance.Below(31) : frame.Length];
            for (int i = 0; i < noise.Length; i++)
            {
                noise[i] = (byte)chance.Below(256);
            }

            return noise;
        }

        int growth = chance.Below(5) == 0 ? chance.Below(9) - 4 : 0;
        byte[] changed = new byte[Math.Max(0, frame.Length + growth)];
        Array.Copy(frame, changed, Math.Min(frame.Length, changed.Length));
        for (int edits = chance.Below(5); edits > 0 && changed.Length > 0; edits--)
        {
            changed[chance.Below(changed.Length)] = chance.Below(2) == 0 ? (byte)chance.Below(256)
                : Edges[chance.Below(Edges.Length)];
        }

        return changed;
    }

    /// <summary>Marsaglia's xorshift32: the same numbers everywhere.</summary>
    private sealed class Chance(uint seed)
    {
        private uint _state = seed == 0 ? 1 : seed;

        public int Below(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)limit);
        }
    }
}
