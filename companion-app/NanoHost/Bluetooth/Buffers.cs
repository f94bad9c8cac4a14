using System.Text;

namespace nanoFramework.Device.Bluetooth;

/// <summary>Bytes with a length that may be less than the capacity.</summary>
public class Buffer
{
    /// <summary>Bytes in use.</summary>
    protected uint _length;

    /// <summary>An empty buffer.</summary>
    public Buffer(uint capacity) => Data = new byte[capacity];

    /// <summary>Wraps an array, without a copy.</summary>
    public Buffer(byte[] array)
    {
        Data = array;
        _length = (uint)array.Length;
    }

    /// <summary>Bytes allocated.</summary>
    public uint Capacity => (uint)Data.Length;

    /// <summary>Bytes in use.</summary>
    /// <exception cref="ArgumentException">More than the capacity.</exception>
    public uint Length
    {
        get => _length;
        set =>
            _length = value <= Data.Length ? value : throw new ArgumentException("Length greater than current buffer");
    }

    internal byte[] Data { get; private set; }

    /// <summary>Grows the buffer to exactly this capacity when it has less.</summary>
    public void EnsureCapacity(uint newCapacity)
    {
        if (newCapacity > Data.Length)
        {
            var data = Data;
            Array.Resize(ref data, (int)newCapacity);
            Data = data;
        }
    }

    internal byte[] ToArray() => Data.AsSpan(0, (int)_length).ToArray();
}

/// <summary>Writes values one after the other. Byte order is the processor's, as in the real library (BitConverter):
/// little endian on an ESP32 and here.</summary>
public class DataWriter : Buffer
{
    /// <summary>An empty writer of 32 bytes that grows.</summary>
    public DataWriter()
        : base(32)
    {
    }

    /// <summary>Bytes of a string in UTF-8.</summary>
    public uint MeasureString(string value) => (uint)Encoding.UTF8.GetByteCount(value);

    /// <summary>One byte, 0 or 1.</summary>
    public void WriteBoolean(bool value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>The bytes of a buffer.</summary>
    public void WriteBuffer(Buffer buffer) => WriteBuffer(buffer, 0, buffer.Length);

    /// <summary>A part of a buffer.</summary>
    public void WriteBuffer(Buffer buffer, uint start, uint count) =>
        WriteBytes(buffer.Data.AsSpan((int)start, (int)count).ToArray());

    /// <summary>One byte.</summary>
    public void WriteByte(byte value) => WriteBytes([value]);

    /// <summary>Bytes.</summary>
    public void WriteBytes(byte[] value)
    {
        EnsureCapacity((uint)(_length + value.Length));
        value.CopyTo(Data, _length);
        _length += (uint)value.Length;
    }

    /// <summary>8 bytes of IEEE 754.</summary>
    public void WriteDouble(double value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>16 bytes in the order of Guid.ToByteArray.</summary>
    public void WriteGuid(Guid value) => WriteBytes(value.ToByteArray());

    /// <summary>16 bytes in the order of the air: the reverse of the written form.</summary>
    public void WriteUuid(Guid value)
    {
        var bytes = value.ToByteArray(bigEndian: true);
        Array.Reverse(bytes);
        WriteBytes(bytes);
    }

    /// <summary>2 bytes.</summary>
    public void WriteInt16(short value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>4 bytes.</summary>
    public void WriteInt32(int value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>8 bytes.</summary>
    public void WriteInt64(long value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>4 bytes of IEEE 754.</summary>
    public void WriteSingle(float value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>A string in UTF-8, without length; returns the number of bytes.</summary>
    public uint WriteString(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        WriteBytes(bytes);
        return (uint)bytes.Length;
    }

    /// <summary>2 bytes.</summary>
    public void WriteUInt16(ushort value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>4 bytes.</summary>
    public void WriteUInt32(uint value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>8 bytes.</summary>
    public void WriteUInt64(ulong value) => WriteBytes(BitConverter.GetBytes(value));

    /// <summary>The writer itself as a buffer: not a copy, and its capacity stays at least 32.</summary>
    public Buffer DetachBuffer() => this;
}

/// <summary>Reads values one after the other, in the processor's byte order like <see cref="DataWriter"/>.</summary>
public class DataReader
{
    private readonly Buffer _buffer;
    private int _position;

    private DataReader(Buffer buffer) => _buffer = buffer;

    /// <summary>Bytes left.</summary>
    public uint UnconsumedBufferLength => _buffer.Length - (uint)_position;

    /// <summary>Reads from the begin of a buffer.</summary>
    public static DataReader FromBuffer(Buffer buffer) => new(buffer);

    /// <summary>One byte, 0 is false.</summary>
    public bool ReadBoolean() => ReadByte() > 0;

    /// <summary>The next bytes; as in the real library the Length of the result stays 0 (a flaw of it), only its
    /// Capacity is right.</summary>
    public Buffer ReadBuffer(uint length)
    {
        var result = new Buffer(length);
        Take((int)length).CopyTo(result.Data);
        return result;
    }

    /// <summary>One byte.</summary>
    public byte ReadByte() => Take(1)[0];

    /// <summary>As many bytes as the array has.</summary>
    public void ReadBytes(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Take(value.Length).CopyTo(value);
    }

    /// <summary>8 bytes of IEEE 754.</summary>
    public double ReadDouble() => BitConverter.ToDouble(Take(8));

    /// <summary>16 bytes in the order of Guid.ToByteArray.</summary>
    public Guid ReadGuid() => new(Take(16));

    /// <summary>16 bytes in the order of the air.</summary>
    public Guid ReadUuid()
    {
        var bytes = Take(16).ToArray();
        Array.Reverse(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>2 bytes.</summary>
    public short ReadInt16() => BitConverter.ToInt16(Take(2));

    /// <summary>4 bytes.</summary>
    public int ReadInt32() => BitConverter.ToInt32(Take(4));

    /// <summary>8 bytes.</summary>
    public long ReadInt64() => BitConverter.ToInt64(Take(8));

    /// <summary>4 bytes of IEEE 754.</summary>
    public float ReadSingle() => BitConverter.ToSingle(Take(4));

    /// <summary>That many bytes of UTF-8.</summary>
    public string ReadString(uint codeUnitCount) => Encoding.UTF8.GetString(Take((int)codeUnitCount));

    /// <summary>2 bytes.</summary>
    public ushort ReadUInt16() => BitConverter.ToUInt16(Take(2));

    /// <summary>4 bytes.</summary>
    public uint ReadUInt32() => BitConverter.ToUInt32(Take(4));

    /// <summary>8 bytes.</summary>
    public ulong ReadUInt64() => BitConverter.ToUInt64(Take(8));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (UnconsumedBufferLength < count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), "No data in buffer");
        }

        _position += count;
        return _buffer.Data.AsSpan(_position - count, count);
    }
}
