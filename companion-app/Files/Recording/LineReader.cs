namespace Backstep.Files.Recording;

/// <summary>Lines of a text file as bytes, numbered from 1, without a string for each: an hour of recording has 720,000
/// of them.</summary>
public sealed class LineReader(Stream stream)
{
    /// <summary>No line of a recording comes near this; a file that has one is not a text file.</summary>
    public const int LongestLine = 1 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _endOfFile;

    /// <summary>Number of the line last read.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The next line without its line ending, valid until the next call. False at the end of the
    /// file.</summary>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="LongestLine"/>.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var pending = _buffer.AsSpan(_start, _end - _start);
            int newline = pending.IndexOf((byte)'\n');
            if (newline >= 0 || (_endOfFile && pending.Length > 0))
            {
                int length = newline >= 0 ? newline : pending.Length;
                _start += newline >= 0 ? length + 1 : length;
                line = TrimLine(pending[..length]);
                LineNumber++;
                return true;
            }

            if (_endOfFile)
            {
                line = default;
                return false;
            }

            Fill();
        }
    }

    private ReadOnlySpan<byte> TrimLine(ReadOnlySpan<byte> line)
    {
        if (LineNumber == 0 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..]; // a byte order mark, which spreadsheets like to write
        }

        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
            {
                throw new InvalidDataException("a line is longer than 1 MB");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _endOfFile = read == 0;
        _end += read;
    }
}
