namespace Backstep.VirtualSensor.Board;

/// <summary>The chip's FIFO. A full one drops its oldest bytes one by one, so that samples lose their alignment, as in
/// the chip.</summary>
internal sealed class MotionFifo
{
    private readonly byte[] _ring = new byte[4096];
    private int _head;
    private int _size = 1024;
    private byte _last;

    /// <summary>Bytes waiting.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes lost since the chip was powered.</summary>
    public long Lost { get; private set; }

    /// <summary>Changes the size; empties it.</summary>
    public void Resize(int bytes)
    {
        _size = bytes;
        Clear();
    }

    public void Clear()
    {
        _head = 0;
        Count = 0;
    }

    /// <summary>Adds a byte; true when an older one was lost.</summary>
    public bool Put(byte value)
    {
        _ring[(_head + Count) % _size] = value;
        if (Count < _size)
        {
            Count++;
            return false;
        }

        _head = (_head + 1) % _size;
        Lost++;
        return true;
    }

    /// <summary>Bytes that are gone, nobody knows where.</summary>
    public void Drop(int bytes)
    {
        for (var i = 0; i < bytes; i++)
        {
            Take();
        }
    }

    /// <summary>The oldest byte; an empty FIFO repeats the last one that was read.</summary>
    public byte Take()
    {
        if (Count > 0)
        {
            _last = _ring[_head];
            _head = (_head + 1) % _size;
            Count--;
        }

        return _last;
    }
}
