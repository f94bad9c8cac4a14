using nanoFramework.Device.Bluetooth;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace VirtualSensor.Tests;

/// <summary>The library's readers and writers, and its span.</summary>
public sealed class RadioBuffers
{
    [Fact]
    public void The_writer_writes_little_endian()
    {
        var writer = new DataWriter();
        writer.WriteUInt16(0x0102);
        writer.WriteUInt32(0x03040506);
        writer.WriteInt16(-2);
        writer.WriteByte(9);
        var bytes = new byte[writer.Length];
        DataReader.FromBuffer(writer.DetachBuffer()).ReadBytes(bytes);
        Assert.Equal([0x02, 0x01, 0x06, 0x05, 0x04, 0x03, 0xFE, 0xFF, 9], bytes);
    }

    [Fact]
    public void The_reader_reads_what_the_writer_wrote_and_not_beyond()
    {
        var uuid = new Guid("a1e40001-92c6-4528-906a-b8dcdd942dd0");
        var writer = new DataWriter();
        writer.WriteInt64(-5);
        writer.WriteSingle(1.5f);
        writer.WriteUuid(uuid);
        writer.WriteString("µ");
        writer.WriteBoolean(true);
        Assert.Equal(31u, writer.Length);
        var reader = DataReader.FromBuffer(writer.DetachBuffer());
        Assert.Equal(-5, reader.ReadInt64());
        Assert.Equal(1.5f, reader.ReadSingle());
        Assert.Equal(uuid, reader.ReadUuid());
        Assert.Equal("µ", reader.ReadString(2));
        Assert.True(reader.ReadBoolean());
        Assert.Equal(0u, reader.UnconsumedBufferLength);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadByte());
    }

    [Fact]
    public void A_uuid_goes_over_the_air_backwards()
    {
        var writer = new DataWriter();
        writer.WriteUuid(new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        var bytes = new byte[16];
        DataReader.FromBuffer(writer).ReadBytes(bytes);
        Assert.Equal([0xFF, 0xEE, 0xDD, 0xCC, 0xBB, 0xAA, 0x99, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0x00],
            bytes);
    }

    [Fact]
    public void A_writer_grows_and_a_buffers_length_is_bounded_by_its_capacity()
    {
        var writer = new DataWriter();
        writer.WriteBytes(new byte[100]);
        Assert.Equal(100u, writer.Length);
        var buffer = new Buffer(4u);
        Assert.Equal(0u, buffer.Length);
        Assert.Throws<ArgumentException>(() => buffer.Length = 5);
        buffer.EnsureCapacity(5);
        buffer.Length = 5;
        Assert.Equal(5u, buffer.Capacity);
    }

    [Theory]
    [InlineData("00001826-0000-1000-8000-00805f9b34fb", Utilities.UuidType.Uuid16, 0x1826)]
    [InlineData("12341826-0000-1000-8000-00805f9b34fb", Utilities.UuidType.Uuid32, 0x1826)]
    [InlineData("a1e40001-92c6-4528-906a-b8dcdd942dd0", Utilities.UuidType.Uuid128, 0x0001)]
    public void Uuids_have_their_shortest_type(string uuid, Utilities.UuidType type, int shortId)
    {
        Assert.Equal(type, Utilities.TypeOfUuid(new Guid(uuid)));
        Assert.Equal(shortId, Utilities.ConvertUuidToShortId(new Guid(uuid)));
        Assert.Equal(new Guid("00001826-0000-1000-8000-00805f9b34fb"), Utilities.CreateUuidFromShortCode(0x1826));
    }

    [Fact]
    public void A_span_is_a_window_on_its_array()
    {
        byte[] array = [1, 2, 3, 4, 5];
        var span = new SpanByte(array, 1, 3);
        span[0] = 20;
        Assert.Equal(20, array[1]);
        Assert.Equal([3, 4], span.Slice(1).ToArray());
        span.Slice(1, 1).CopyTo(new SpanByte(array));
        Assert.Equal(3, array[0]);
        Assert.True(SpanByte.Empty.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array, 3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array, 1, 2)[2]);
        Assert.Throws<ArgumentException>(() => new SpanByte(array).CopyTo(new SpanByte(new byte[4])));
    }
}
