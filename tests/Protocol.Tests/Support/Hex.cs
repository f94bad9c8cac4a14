namespace Backstep.Protocol.Tests.Support;

/// <summary>Frames as people write them: "10 04 01", spaces anywhere.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static string Text(byte[] data) => string.Join(' ', data.Select(b => b.ToString("x2", null)));
}
