namespace Backstep.Protocol.Tests.Support;

/// <summary>One message's decoder and encoder, without its type.</summary>
internal sealed record Codec(string Name, Codec.Decoder Decode, Func<object, byte[], int, int> EncodeInto)
{
    public delegate object? Decoder(byte[] data, out DecodeError error);

    public byte[] Encode(object value)
    {
        var buffer = new byte[1024];
        var length = EncodeInto(value, buffer, 0);
        Assert.True(length > 0 || value is "", $"{Name} encoded nothing");
        return buffer[..length];
    }

    /// <summary>Decodes, and insists that a value and an error never come together, nor neither.</summary>
    public object? TryDecode(byte[] data, out DecodeError error)
    {
        var value = Decode(data, out error);
        Assert.Equal(error == DecodeError.None, value is not null);
        return value;
    }

    public override string ToString() => Name;
}
