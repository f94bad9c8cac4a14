using Backstep.Walks;
using Microsoft.Win32.SafeHandles;

namespace Backstep.Files;

/// <summary>
/// A file that appears whole or not at all: written beside its target under another name, renamed when it is complete.
/// What cannot be written is told before the work starts.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private const string StandardOutput = "-";

    private readonly TargetStream _stream;
    private readonly string _target;
    private readonly string? _temporary; // null: a device or a pipe, written straight through

    private AtomicFile(string target, string? temporary, TargetStream stream)
    {
        _target = target;
        _temporary = temporary;
        _stream = stream;
        Writer = new StreamWriter(stream, new System.Text.UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
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
    public static AtomicFile Create(string path, bool overwrite) => Create(path, overwrite, isBackup: false);

    /// <summary>The same for a backup of the store: it may take the place of an older one.</summary>
    public static AtomicFile CreateBackup(string path, bool overwrite) => Create(path, overwrite, isBackup: true);

    /// <summary>Whether a name means standard output: then that carries data only.</summary>
    public static bool IsStandardOutput(string? path) => path == StandardOutput || (!OperatingSystem.IsWindows()
        && path is { Length: > 0 } && Path.GetFullPath(path) is "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1");

    /// <summary>Standard output. The console's own stream swallows that whoever read it has gone; it is kept where the
    /// output is a file, in which others may have written before and may after.</summary>
    private static Stream OpenStandardOutput()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }
        }

        return Console.OpenStandardOutput();
    }

    private static AtomicFile Create(string path, bool overwrite, bool isBackup)
    {
        if (path == StandardOutput)
        {
            return new AtomicFile("the standard output", null,
                new TargetStream("the standard output", OpenStandardOutput()));
        }

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
                return new AtomicFile(path, null, new TargetStream(path,
                    new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)));
            }

            string target = Resolve(path);
            string folder = Path.GetDirectoryName(target)!;
            if (!Directory.Exists(folder))
            {
                throw Cannot(path, $"the folder {folder} does not exist. Make it first", null);
            }

            if (StoreGuard.WhyNot(target, isBackup) is { } store)
            {
                throw Cannot(path, store + ". Give another file name", null);
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
            return new AtomicFile(target, temporary, new TargetStream(path, new FileStream(temporary, ForOwner())));
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
            if (_stream.CanWrite)
            {
                Writer.Flush();
                _stream.FlushToDisk(); // else a power cut may leave the new name with nothing in it
            }

            Writer.Dispose();
            if (_temporary != null)
            {
                File.Move(_temporary, _target, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ExplainedException)
        {
            Dispose();
            throw e is ExplainedException explained ? explained : TargetStream.InWords(_target, e);
        }
    }

    /// <summary>Without <see cref="Commit"/> nothing stays behind.</summary>
    public void Dispose()
    {
        try
        {
            Writer.Dispose();
        }
        catch (Exception e) when (e is IOException or ExplainedException)
        {
            // What could not be flushed is about to be deleted.
        }

        if (_temporary != null)
        {
            File.Delete(_temporary);
        }
    }

    // How somebody walks is nobody else's business.
    private static FileStreamOptions ForOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write,
            Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>Follows a symbolic link, so that it is not the link that gets replaced.</summary>
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        var link = new FileInfo(full);
        return link.LinkTarget == null ? full : link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
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
