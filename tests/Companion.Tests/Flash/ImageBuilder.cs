using System.Buffers.Binary;
using System.Text;

namespace Backstep.Companion.Tests.Flash;

/// <summary>Deployment images as the metadata processor of nanoFramework writes them, with nothing in them but their
/// names.</summary>
internal static class ImageBuilder
{
    public static readonly Version Version = new(0, 2, 0, 0);

    /// <summary>The sensor's program with two libraries, of which one has a native part.</summary>
    public static byte[] Sensor(uint nativeChecksum = FakeBoard.Mscorlib) =>
    [
        .. Assembly(null, new Version(1, 17, 11, 0), nativeChecksum),
        .. Assembly("Backstep.Gait", Version, 0),
        .. Assembly("Backstep.Sensor", Version, 0),
    ];

    /// <summary>One assembly, filled up to four bytes.</summary>
    public static byte[] Assembly(string? name, Version version, uint nativeChecksum)
    {
        const int Header = 124;
        byte[] strings = [0, .. Encoding.UTF8.GetBytes(name ?? ""), 0];
        int end = Header + strings.Length;
        byte[] data = new byte[(end + 3) / 4 * 4];
        "NFMRK1"u8.CopyTo(data);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(20), nativeChecksum);
        int[] numbers = [version.Major, version.Minor, version.Build, version.Revision, name == null ? 0xFCD2 : 1];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(28 + (i * 2)), (ushort)numbers[i]);
        }

        for (int table = 0; table < 16; table++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(40 + (table * 4)), (uint)(table < 12 ? Header : end));
        }

        strings.CopyTo(data, Header);
        return data;
    }
}
