namespace Backstep.Protocol.Tests.Support;

/// <summary>CRC-16/CCITT-FALSE by table, so that a changed configuration reaches what lies behind the check
/// sum.</summary>
internal static class Checksums
{
    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var crc = i << 8;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc << 1) ^ ((crc >> 15) * 0x1021);
            crc &= 0xFFFF;
        }

        return (ushort)crc;
    })];

    /// <summary>Puts the right check sum into the last two bytes.</summary>
    public static byte[] Mend(byte[] frame)
    {
        if (frame.Length >= 2)
        {
            ushort crc = 0xFFFF;
            foreach (var b in frame.AsSpan(0, frame.Length - 2))
            {
                crc = (ushort)((crc << 8) ^ Table[(crc >> 8) ^ b]);
            }

            BitConverter.TryWriteBytes(frame.AsSpan(frame.Length - 2), crc);
        }

        return frame;
    }
}
