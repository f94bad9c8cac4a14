using System.Buffers.Binary;
using System.Text;
using Backstep.Walks;

namespace Backstep.Files.Export;

/// <summary>A field of a FIT message, ready to be written.</summary>
public readonly struct FitField
{
    // A field's size is one byte (FIT Protocol, "Field Definition").
    private const int LongestText = 255;

    private FitField(byte number, FitType type, byte[] value, bool isDeveloper)
    {
        (Number, Type, Value, IsDeveloper) = (number, type, value, isDeveloper);
    }

    /// <summary>Its number in the profile, or in the description of developer fields.</summary>
    public byte Number { get; }

    /// <summary>Its base type.</summary>
    public FitType Type { get; }

    /// <summary>Its bytes.</summary>
    public byte[] Value { get; }

    /// <summary>Whether the number is one of a developer field.</summary>
    public bool IsDeveloper { get; }

    /// <summary>A number. What is not known or does not fit the type becomes the type's "no value"; it is never
    /// cut.</summary>
    /// <param name="number">Of the field.</param>
    /// <param name="type">A type of numbers.</param>
    /// <param name="value">In the field's unit.</param>
    /// <param name="scale">What the profile multiplies the unit by.</param>
    public static FitField Of(byte number, FitType type, double? value, double scale = 1) =>
        new(number, type, Encode(type, value * scale), false);

    /// <summary>A developer field's number.</summary>
    public static FitField Developer(byte number, FitType type, double? value) =>
        new(number, type, Encode(type, value), true);

    /// <summary>A text; what is longer than 254 bytes is cut between characters. No text becomes an empty one, which is
    /// FIT's "no value".</summary>
    public static FitField Of(byte number, string? text)
    {
        string line = OneLine.Of(text ?? "");
        var utf8 = new List<byte>();
        foreach (var rune in line.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (utf8.Count + bytes.Length >= LongestText)
            {
                break;
            }

            utf8.AddRange(bytes);
        }

        utf8.Add(0);
        return new FitField(number, FitType.Text, [.. utf8], false);
    }

    /// <summary>Bytes.</summary>
    public static FitField Of(byte number, byte[] bytes) => new(number, FitType.Bytes, bytes, false);

    private static byte[] Encode(FitType type, double? value)
    {
        if (type == FitType.F32)
        {
            var four = new byte[4];
            float number = (float)(value ?? double.NaN);
            BinaryPrimitives.WriteUInt32LittleEndian(four,
                float.IsFinite(number) ? BitConverter.SingleToUInt32Bits(number) : uint.MaxValue);
            return four;
        }

        if (type == FitType.S16)
        {
            var two = new byte[2];
            double signed = Math.Round(value ?? double.NaN, MidpointRounding.AwayFromZero);
            BinaryPrimitives.WriteInt16LittleEndian(two,
                signed is >= short.MinValue and < short.MaxValue ? (short)signed : short.MaxValue);
            return two;
        }

        int size = type switch
        {
            FitType.U16 => 2,
            FitType.U32 or FitType.U32Z => 4,
            _ => 1,
        };
        ulong end = (1UL << (8 * size)) - 1;
        double whole = Math.Round(value ?? double.NaN, MidpointRounding.AwayFromZero);
        ulong bits = whole >= 0 && whole < end ? (ulong)whole : type == FitType.U32Z ? 0 : end;
        var bytesOut = new byte[size];
        for (int i = 0; i < size; i++)
        {
            bytesOut[i] = (byte)(bits >> (8 * i));
        }

        return bytesOut;
    }
}
