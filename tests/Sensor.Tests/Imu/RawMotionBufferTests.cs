using Backstep.Sensor.Imu;

namespace Backstep.Sensor.Tests.Imu;

public sealed class RawMotionBufferTests
{
    private readonly RawMotionBuffer _buffer = new();

    [Fact]
    public void It_keeps_nothing_while_it_is_off()
    {
        Add(5, 0);

        Assert.Equal(0, _buffer.Count);
    }

    [Fact]
    public void It_gives_back_numbers_and_big_endian_values()
    {
        _buffer.Switch(true);
        Add(3, 100);

        Assert.Equal(3, _buffer.Run(20));
        Assert.Equal(102u, _buffer.NumberAt(2));
        Assert.Equal([1020, 1021, 1022, 1023, 1024, -1025],
            Enumerable.Range(0, 6).Select(axis => (int)_buffer.ValueAt(2, axis)));
    }

    [Fact]
    public void A_run_ends_at_a_hole_in_the_numbers()
    {
        _buffer.Switch(true);
        Add(3, 100);
        Add(2, 110);

        Assert.Equal(3, _buffer.Run(20));
        _buffer.Drop(3);
        Assert.Equal(110u, _buffer.NumberAt(0));
        Assert.Equal(2, _buffer.Run(20));
        Assert.Equal(1, _buffer.Run(1));
    }

    [Fact]
    public void When_it_is_full_the_oldest_give_way()
    {
        _buffer.Switch(true);
        for (var i = 0; i < 30; i++)
        {
            Add(10, (uint)(i * 10));
        }

        Assert.Equal(RawMotionBuffer.Capacity, _buffer.Count);
        Assert.Equal(300u - RawMotionBuffer.Capacity, _buffer.NumberAt(0));
        Assert.Equal(299u, _buffer.NumberAt(RawMotionBuffer.Capacity - 1));
        Assert.Equal(RawMotionBuffer.Capacity, _buffer.Run(1000));
    }

    [Fact]
    public void Switching_it_off_leaves_what_is_kept_and_switching_it_on_begins_anew()
    {
        _buffer.Switch(true);
        Add(3, 0);
        _buffer.Switch(false);
        Add(3, 3);
        Assert.Equal(3, _buffer.Count);

        _buffer.Switch(true);

        Assert.Equal(0, _buffer.Count);
    }

    private void Add(int count, uint first)
    {
        var bytes = new byte[count * MotionChip.SampleBytes];
        for (var sample = 0; sample < count; sample++)
        {
            for (var axis = 0; axis < 6; axis++)
            {
                var value = (short)(((first + sample) * 10 + axis) * (axis == 5 ? -1 : 1));
                bytes[sample * 12 + axis * 2] = (byte)(value >> 8);
                bytes[sample * 12 + axis * 2 + 1] = (byte)value;
            }
        }

        _buffer.Add(bytes, count, first);
    }
}
