using System.Buffers;
using System.Buffers.Binary;

namespace Backstep.Files.Export;

/// <summary>
/// The container of FIT: a header, messages with their definitions, check sums (FIT Protocol,
/// developer.garmin.com/fit/protocol). It knows nothing of what the messages mean.
/// </summary>
public sealed class FitFile
{
    // FIT Protocol, "File Header": 14 bytes; protocol 2.0, since developer fields exist; profile 21.217.
    private const byte HeaderSize = 14;
    private const byte Protocol = 0x20;
    private const ushort Profile = 21217;

    // FIT Protocol, "Record Header": definition, and the bit that announces developer fields.
    private const byte Definition = 0x40;
    private const byte WithDeveloperFields = 0x20;

    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly List<(ushort Message, byte[]? Layout)> _locals = [];

    /// <summary>Adds a message; its definition goes before it when its layout is new.</summary>
    /// <param name="message">Global message number, fewer than 16 different ones in a file.</param>
    /// <param name="fields">Its fields; developer fields last.</param>
    public void Add(ushort message, params ReadOnlySpan<FitField> fields)
    {
        var layout = LayoutOf(message, fields, out bool hasDeveloperFields);
        int local = _locals.FindIndex(one => one.Message == message);
        if (local < 0)
        {
            local = _locals.Count;
            _locals.Add((message, null));
        }

        if (_locals[local].Layout is not { } known || !known.AsSpan().SequenceEqual(layout))
        {
            _locals[local] = (message, layout);
            _data.Write([(byte)(Definition | (hasDeveloperFields ? WithDeveloperFields : 0) | local)]);
            _data.Write(layout);
        }

        _data.Write([(byte)local]);
        foreach (var field in fields)
        {
            _data.Write(field.Value);
        }
    }

    /// <summary>Writes header, messages and check sum.</summary>
    public void WriteTo(Stream stream)
    {
        var header = new byte[HeaderSize];
        header[0] = HeaderSize;
        header[1] = Protocol;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), Profile);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)_data.WrittenCount);
        ".FIT"u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12), CheckSum(0, header.AsSpan(0, 12)));
        stream.Write(header);
        stream.Write(_data.WrittenSpan);
        var sum = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(sum, CheckSum(CheckSum(0, header), _data.WrittenSpan));
        stream.Write(sum);
    }

    /// <summary>FIT Protocol, "CRC": polynomial 0x8005 reflected (0xA001), start 0; not the one of
    /// <see cref="Backstep.Protocol.Crc16"/>.</summary>
    public static ushort CheckSum(ushort start, ReadOnlySpan<byte> bytes)
    {
        uint sum = start;
        foreach (byte one in bytes)
        {
            sum ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) * 0xA001);
            }
        }

        return (ushort)sum;
    }

    /// <summary>The body of a definition: reserved, little-endian, message, its fields, its developer fields (all of
    /// developer 0).</summary>
    private static byte[] LayoutOf(ushort message, ReadOnlySpan<FitField> fields, out bool hasDeveloperFields)
    {
        var layout = new List<byte> { 0, 0, (byte)message, (byte)(message >> 8), 0 };
        foreach (var field in fields)
        {
            if (!field.IsDeveloper)
            {
                layout[4]++;
                layout.AddRange([field.Number, (byte)field.Value.Length, (byte)field.Type]);
            }
        }

        int count = fields.Length - layout[4];
        hasDeveloperFields = count > 0;
        if (hasDeveloperFields)
        {
            layout.Add((byte)count);
            foreach (var field in fields[^count..])
            {
                layout.AddRange([field.Number, (byte)field.Value.Length, 0]);
            }
        }

        return [.. layout];
    }
}
