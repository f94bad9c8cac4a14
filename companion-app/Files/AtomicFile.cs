using Backstep.Walks;

namespace Backstep.Files;

/// <summary>
/// A file that appears whole or not at all: written beside its target under another name, renamed when it is complete.
/// What cannot be written is told before the work starts.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private readonly string _target;
    private readonly string? _temporary; // null: a device or a pipe, written straight through

    private AtomicFile(string target, string? temporary, StreamWriter writer)
    {
        _target = target;
        _temporary = temporary;
        Writer = writer;
    }

    /// <summary>Where to write. UTF-8 without byte order mark, line feeds only.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Where to write bytes: what lies under <see cref="Writer"/>. Use one or the other.</summary>
    public Stream Stream => Writer.BaseStream;

    /// <summary>Gets ready to write.</summary>
    /// <param name="path">The file that shall appear.</param>
    /// <param name="overwrite">Whether it may replace one.</param>
    /// <exception cref="CannotWriteException">It exists and may not be replaced (usage), or it cannot be written
    /// there.</exception>
    public static AtomicFile Create(string path, bool overwrite)
    {
        if (Directory.Exists(path))
        {
            throw Cannot(path, "it is a folder. Give a file name", null);
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            throw new BadRequestException("the name of the file to write is empty. Give a file name.");
        }

        try
        {
            if (IsDevice(Path.GetFullPath(path)))
            {
                return new AtomicFile(path, null,
                    NewWriter(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)));
            }

            string target = Resolve(path);
            string folder = Path.GetDirectoryName(target)!;
            if (!Directory.Exists(folder))
            {
                throw Cannot(path, $"the folder {folder} does not exist. Make it first", null);
            }

            if (File.Exists(target))
            {
                if (!overwrite)
                {
                    throw new CannotWriteException(
                        $"{path} exists already. Choose another name, or add --force to replace it.");
                }

                if (IsReadOnly(target))
                {
                    throw Cannot(path, "it is read-only. Make it writable, or choose another name", null);
                }

                new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
            }

            if (IsReadOnly(folder))
            {
                throw Cannot(path, "its folder is read-only. Choose another folder", null);
            }

            string temporary = Path.Combine(folder,
                $".{Path.GetFileName(target)}.{Guid.NewGuid().ToString("N")[..8]}.tmp");
            return new AtomicFile(target, temporary,
                NewWriter(new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw Cannot(path, $"{OneLine.Of(e.Message).TrimEnd('.')}. Choose another place", e);
        }
    }

    /// <summary>Lets somebody else write the file, under the name that it is given, then lets it appear.</summary>
    /// <exception cref="CannotWriteException">The disk is full, or someone has taken the place.</exception>
    public void Fill(Action<string> write)
    {
        Writer.Dispose();
        write(_temporary ?? throw Cannot(_target, "it is no file. Give a file name", null));
        Commit();
    }

    /// <summary>All is written: lets the file appear.</summary>
    /// <exception cref="CannotWriteException">The disk is full, or someone has taken the place.</exception>
    public void Commit()
    {
        try
        {
            Writer.Dispose();
            if (_temporary != null)
            {
                File.Move(_temporary, _target, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw Cannot(_target, $"{OneLine.Of(e.Message).TrimEnd('.')}. Free some space or choose another place", e);
        }
    }

    /// <summary>Without <see cref="Commit"/> nothing stays behind.</summary>
    public void Dispose()
    {
        try
        {
            Writer.Dispose();
        }
        catch (IOException)
        {
            // What could not be flushed is about to be deleted.
        }

        if (_temporary != null)
        {
            File.Delete(_temporary);
        }
    }

    private static StreamWriter NewWriter(FileStream stream) =>
        new(stream, new System.Text.UTF8Encoding(false), 1 << 16) { NewLine = "\n" };

    /// <summary>Follows a symbolic link, so that it is not the link that gets replaced.</summary>
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    /// <summary>/dev/stdout and the like: to be written to, never to be replaced.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
            && (path.StartsWith("/dev/", StringComparison.Ordinal)
                || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal));

    // An owner's "no" is respected even for an administrator, whom the system would let through.
    private static bool IsReadOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(path) && (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0;
        }

        return (File.GetUnixFileMode(
            path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
    }

    private static CannotWriteException Cannot(string path, string why, Exception? inner) =>
        new($"cannot write {path}: {why}.", inner);
}
