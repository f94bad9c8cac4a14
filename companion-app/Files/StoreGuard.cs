using System.Buffers.Binary;

namespace Backstep.Files;

/// <summary>
/// Knows a store of sessions by what is in the file, however it is called and whatever link leads to it: none is ever
/// replaced by something else that a command writes.
/// </summary>
internal static class StoreGuard
{
    // SQLite's file header (sqlite.org/fileformat.html 1.3): its name, the version of writing (2: with a write-ahead
    // log, as only a store in use has it; a backup has none), and the number that a program gives its files.
    private const int HeaderLength = 100;
    private const int WriteVersionAt = 18;
    private const int WriteAheadLog = 2;
    private const int ApplicationAt = 68;
    private const uint Backstep = 0x62737470; // StoreLayout.ApplicationId

    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <summary>What a file is that may not be replaced; null when it may.</summary>
    /// <param name="target">The file, every link followed; there or not.</param>
    /// <param name="isBackup">Whether a backup of the store is written: it may replace an older one.</param>
    public static string? WhyNot(string target, bool isBackup)
    {
        if (KindOf(target) is var kind && (kind == Kind.InUse || (kind == Kind.Backup && !isBackup)))
        {
            return kind == Kind.InUse ? "it is a store of sessions: what was walked would be lost"
                : "it is a backup of sessions: what is in it would be lost";
        }

        return Companions.FirstOrDefault(
            end => target.EndsWith(end, StringComparison.OrdinalIgnoreCase)) is { } companion
            && KindOf(target[..^companion.Length]) != Kind.None
            ? "it belongs to the store of sessions beside it: what was walked would be lost" : null;
    }

    private enum Kind
    {
        None,
        Backup,
        InUse,
    }

    private static Kind KindOf(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length < HeaderLength)
        {
            return Kind.None;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
            if (!file.CanSeek || file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
                || !header.StartsWith("SQLite format 3\0"u8)
                || BinaryPrimitives.ReadUInt32BigEndian(header[ApplicationAt..]) != Backstep)
            {
                return Kind.None;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Kind.None; // whoever wants to replace it is told why not
        }

        return header[WriteVersionAt] == WriteAheadLog ? Kind.InUse : Kind.Backup;
    }
}
