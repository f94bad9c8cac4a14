namespace Backstep.Protocol.Tests.Support;

/// <summary>A codec, held to what must hold for each.</summary>
internal static class CodecChecks
{
    public static byte[] Encode(this Codec codec, object value)
    {
        var buffer = new byte[1024];
        var length = codec.EncodeInto(value, buffer, 0);
        Assert.True(length > 0 || value is "", $"{codec.Name} encoded nothing");
        return buffer[..length];
    }

    /// <summary>Decodes, and insists that a value and an error never come together, nor neither.</summary>
    public static object? TryDecode(this Codec codec, byte[] data, out DecodeError error)
    {
        var value = codec.Decode(data, out error);
        Assert.Equal(error == DecodeError.None, value is not null);
        return value;
    }
}
