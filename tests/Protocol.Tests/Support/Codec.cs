namespace Backstep.Protocol.Tests.Support;

/// <summary>One message's decoder and encoder, without its type.</summary>
internal sealed record Codec(string Name, Codec.Decoder Decode, Func<object, byte[], int, int> EncodeInto)
{
    public delegate object? Decoder(byte[] data, out DecodeError error);

    public override string ToString() => Name;
}
