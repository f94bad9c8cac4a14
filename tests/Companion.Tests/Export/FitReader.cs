using System.Buffers.Binary;
using Backstep.Files.Export;

namespace Backstep.Companion.Tests.Export;

/// <summary>A message as it stands in the file.</summary>
internal sealed record FitMessage(ushort Number, IReadOnlyDictionary<byte, byte[]> Fields,
    IReadOnlyDictionary<byte, byte[]> DeveloperFields)
{
    public uint UInt32(byte field) => BinaryPrimitives.ReadUInt32LittleEndian(Fields[field]);
}

/// <summary>Walks through a FIT file by the protocol's rules; throws where one is broken. It knows nothing of what the
/// numbers mean.</summary>
internal static class FitReader
{
    public static IReadOnlyList<FitMessage> Read(byte[] file)
    {
        Assert.Equal(14, file[0]);
        Assert.Equal(".FIT"u8.ToArray(), file[8..12]);
        Assert.Equal(file.Length, 14 + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) + 2);
        Assert.Equal(FitFile.CheckSum(0, file.AsSpan(0, 12)), BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(12)));
        Assert.Equal(0, FitFile.CheckSum(0, file)); // a sum over what it sums and itself is zero
        var messages = new List<FitMessage>();
        var layouts = new Layout?[16];
        int at = 14;
        while (at < file.Length - 2)
        {
            byte header = file[at++];
            Assert.Equal(0, header & 0x90); // no compressed time stamps, nothing reserved
            if ((header & 0x40) != 0)
            {
                layouts[header & 15] = Layout.Read(file, ref at, (header & 0x20) != 0);
            }
            else
            {
                messages.Add(layouts[header & 15]!.Message(file, ref at));
            }
        }

        Assert.Equal(file.Length - 2, at);
        return messages;
    }

    private sealed record Layout(ushort Number, IReadOnlyList<(byte Field, byte Size)> Fields,
        IReadOnlyList<(byte Field, byte Size)> DeveloperFields)
    {
        public static Layout Read(byte[] file, ref int at, bool hasDeveloperFields)
        {
            Assert.Equal(0, file[at + 1]); // little-endian
            ushort number = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 2));
            at += 4;
            var fields = ReadFields(file, ref at);
            return new Layout(number, fields, hasDeveloperFields ? ReadFields(file, ref at) : []);
        }

        public FitMessage Message(byte[] file, ref int at) =>
            new(Number, Values(Fields, file, ref at), Values(DeveloperFields, file, ref at));

        private static List<(byte Field, byte Size)> ReadFields(byte[] file, ref int at)
        {
            var fields = new List<(byte Field, byte Size)>();
            int count = file[at++];
            for (int i = 0; i < count; i++, at += 3)
            {
                fields.Add((file[at], file[at + 1]));
            }

            return fields;
        }

        private static Dictionary<byte, byte[]> Values(IEnumerable<(byte Field, byte Size)> fields, byte[] file,
            ref int at)
        {
            var values = new Dictionary<byte, byte[]>();
            foreach (var (field, size) in fields)
            {
                values.Add(field, file[at..(at + size)]);
                at += size;
            }

            return values;
        }
    }
}
