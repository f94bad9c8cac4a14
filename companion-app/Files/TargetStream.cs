using Backstep.Walks;

namespace Backstep.Files;

/// <summary>A stream to a file that somebody named: what the system says when it cannot be written becomes a sentence,
/// at whatever byte it happens.</summary>
internal sealed class TargetStream(string path, Stream stream) : Stream
{
    // errno of Linux, macOS and the BSDs; as HResult of the exceptions there.
    private const int BrokenPipe = 32;
    private const int NoSpace = 28;

    public override bool CanRead => false;

    public override bool CanSeek => stream.CanSeek;

    public override bool CanWrite => stream.CanWrite;

    public override long Length => stream.Length;

    public override long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    /// <summary>What a failure to write means, in words.</summary>
    public static ExplainedException InWords(string path, Exception e) => e.HResult switch
    {
        BrokenPipe when !OperatingSystem.IsWindows() => new ReaderGoneException(path, e),
        NoSpace when !OperatingSystem.IsWindows() => new CannotWriteException(
            $"cannot write {path}: the disk is full. Nothing was left half-written. Free some space, or choose another "
            + "place.", e),
        _ => new CannotWriteException(
            $"cannot write {path}: {OneLine.Of(e.Message).TrimEnd('.')}. Free some space or choose another place.", e),
    };

    /// <summary>All is with the system; of a file, on the disk.</summary>
    public void FlushToDisk() => Try(() =>
    {
        stream.Flush();
        if (stream is FileStream { CanSeek: true } file)
        {
            file.Flush(flushToDisk: true);
        }
    });

    public override void Flush() => Try(stream.Flush);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    public override void SetLength(long value) => Try(() => stream.SetLength(value));

    public override void Write(byte[] buffer, int offset, int count) => Try(() => stream.Write(buffer, offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InWords(path, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Try(stream.Dispose);
        }

        base.Dispose(disposing);
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InWords(path, e);
        }
    }
}
