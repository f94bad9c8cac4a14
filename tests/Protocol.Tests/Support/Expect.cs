namespace Backstep.Protocol.Tests.Support;

/// <summary>Assertions in one line.</summary>
internal static class Expect
{
    /// <summary>The frame decodes to exactly these facts, and encodes to the same bytes.</summary>
    public static void Frame(string codec, string hex, params string[] facts)
    {
        var value = Decoded(codec, hex);
        Assert.Equal(facts, Facts.Of(value));
        Assert.Equal(Hex.Text(Hex.Bytes(hex)), Hex.Text(Codecs.Named(codec).Encode(value)));
    }

    public static object Decoded(string codec, string hex)
    {
        var value = Codecs.Named(codec).TryDecode(Hex.Bytes(hex), out var error);
        Assert.Equal(DecodeError.None, error);
        return value!;
    }

    public static void Refused(string codec, string hex, DecodeError expected)
    {
        Assert.Null(Codecs.Named(codec).TryDecode(Hex.Bytes(hex), out var error));
        Assert.Equal(expected, error);
    }

    public static void Encodes(string codec, object value, string hex) =>
        Assert.Equal(Hex.Text(Hex.Bytes(hex)), Hex.Text(Codecs.Named(codec).Encode(value)));
}
