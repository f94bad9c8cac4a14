namespace System;

/// <summary>nanoFramework's span: a window on a byte array.</summary>
public readonly ref struct SpanByte
{
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _length;

    /// <summary>The whole array; null gives an empty span.</summary>
    public SpanByte(byte[] array)
    {
        _array = array;
        _length = array?.Length ?? 0;
    }

    /// <summary>A part of an array.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the array.</exception>
    public SpanByte(byte[] array, int start, int length)
    {
        if (array == null)
        {
            if (start != 0 || length != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(array));
            }

            return;
        }

        if (start < 0 || length < 0 || start + length > array.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(start));
        }

        _array = array;
        _start = start;
        _length = length;
    }

    /// <summary>No bytes.</summary>
    public static SpanByte Empty => default;

    /// <summary>Number of bytes.</summary>
    public int Length => _length;

    /// <summary>True for no bytes.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>One byte.</summary>
    public byte this[int index]
    {
        get => _array![Checked(index)];
        set => _array![Checked(index)] = value;
    }

    /// <summary>Wraps an array.</summary>
    public static implicit operator SpanByte(byte[] array) => new(array);

    /// <summary>Copies to the begin of another span.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CopyTo(SpanByte destination)
    {
        if (_length > destination._length)
        {
            throw new ArgumentException("The destination is shorter than the source.", nameof(destination));
        }

        AsSpan().CopyTo(destination.AsSpan());
    }

    /// <summary>The rest from a position.</summary>
    public SpanByte Slice(int start) => Slice(start, _length - start);

    /// <summary>A part.</summary>
    public SpanByte Slice(int start, int length)
    {
        if (start < 0 || length < 0 || start + length > _length)
        {
            throw new ArgumentOutOfRangeException(nameof(start));
        }

        return new SpanByte(_array!, _start + start, length);
    }

    /// <summary>A copy.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    internal Span<byte> AsSpan() => _array.AsSpan(_start, _length);

    private int Checked(int index) =>
        index >= 0 && index < _length ? _start + index : throw new ArgumentOutOfRangeException(nameof(index));
}
