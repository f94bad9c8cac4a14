using System.Text;
using Backstep.Protocol.Tests.Support;
using CsCheck;

namespace Backstep.Protocol.Tests;

public sealed class Utf8Tests
{
    private static readonly UTF8Encoding Strict = new(false, true);

    // RFC 3629, with the platform's own decoder as the judge.
    [Fact]
    public void Bytes_are_accepted_exactly_if_they_are_well_formed()
    {
        var accepted = 0;
        var interesting = Sampling.Pick<byte>(0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2,
            0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF);
        Sampling.ForAll(interesting.Array[0, 5], Sampling.FuzzIterations, bytes =>
        {
            string? expected = null;
            try
            {
                expected = Strict.GetString(bytes);
                accepted++;
            }
            catch (DecoderFallbackException)
            {
            }

            Assert.Equal(expected, Utf8.Decode(bytes, out var error));
            Assert.Equal(expected is null ? DecodeError.BadText : DecodeError.None, error);
        });
        Assert.True(accepted > 100);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("\u00e4\u20ac", 5)]
    [InlineData("\ud83d\udc5f", 4)]
    public void Texts_are_written_as_everybody_writes_them(string text, int bytes)
    {
        var buffer = new byte[16];
        Assert.Equal(bytes, Utf8.Encode(text, buffer, 1, 15));
        Assert.Equal(Strict.GetBytes(text), buffer[1..(1 + bytes)]);
        Assert.Equal(bytes, Utf8.ByteCount(text));
    }

    [Theory]
    [InlineData("ab\u00e4", 3, "61 62")]
    [InlineData("ab\u00e4", 4, "61 62 c3 a4")]
    [InlineData("\ud83d\udc5fx", 3, "")]
    [InlineData("\ud83d\udc5fx", 4, "f0 9f 91 9f")]
    [InlineData("x", 0, "")]
    [InlineData("x", -1, "")]
    public void A_text_is_cut_after_a_whole_character(string text, int room, string hex)
    {
        var buffer = new byte[16];
        var length = Utf8.Encode(text, buffer, 0, room);
        Assert.Equal(hex, Hex.Text(buffer[..length]));
        Assert.All(buffer[length..], rest => Assert.Equal(0, rest));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_question_mark()
    {
        var buffer = new byte[4];
        Assert.Equal(3, Utf8.Encode("\ud83dx\udc5f", buffer, 0, 4));
        Assert.Equal("3f 78 3f 00", Hex.Text(buffer));
    }

    [Fact]
    public void Nothing_is_written_where_there_is_no_room()
    {
        Assert.Equal(0, Utf8.Encode("a", new byte[2], 2, 5));
        Assert.Equal(0, Utf8.Encode("a", new byte[2], 3, 5));
        Assert.Equal(0, Utf8.Encode("a", new byte[2], -1, 5));
        Assert.Equal(0, Utf8.Encode("a", null, 0, 5));
        Assert.Equal(0, Utf8.Encode(null, new byte[2], 0, 5));
        Assert.Equal(0, Utf8.ByteCount(null));
        Assert.Null(Utf8.Decode(null, out var error));
        Assert.Equal(DecodeError.WrongLength, error);
    }
}
