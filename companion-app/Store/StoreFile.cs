using System.Globalization;
using Backstep.Walks;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>
/// The file in which the store lies: opened, looked at before anything is written to it, private to its owner. What is
/// wrong with it becomes a sentence that says what to do.
/// </summary>
internal static class StoreFile
{
    /// <summary>Its name in the data folder.</summary>
    public const string Name = "sessions.db";

    // Another process writes a batch in a few ms; a big import takes seconds.
    private const int BusySeconds = 10;

    // Ours: the last with locks, which waits for whoever writes.
    private const int Looks = 3;

    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    // Primary result codes (sqlite.org/rescode.html).
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NoDatabase = 26;

    /// <summary>Opens it to read and write; makes folder and file if need be, readable by nobody else.</summary>
    public static SqliteConnection Open(string path, IReadOnlyList<string> steps)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw CannotWrite(path, "it is a folder", null);
            }

            if (Exists(path))
            {
                ThrowIfForeign(path, steps);
                if (IsReadOnly(path) || IsReadOnly(Path.GetDirectoryName(path)!))
                {
                    throw CannotWrite(path, "it, or its folder, is read-only", null);
                }
            }
            else
            {
                MakeFolder(Path.GetDirectoryName(path)!);
                Make(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw CannotWrite(path, OneLine.Of(e.Message).TrimEnd('.'), e);
        }

        return Guard(path, () => Connect(Text(path, SqliteOpenMode.ReadWrite), connection =>
        {
            connection.Run("PRAGMA journal_mode = WAL");
            connection.Run("PRAGMA synchronous = FULL"); // a commit survives a power cut: there is one a second at most
            connection.Run("PRAGMA foreign_keys = ON");
            StoreLayout.Update(connection, steps);
        }));
    }

    /// <summary>Opens an existing file to read only, where nothing can be written: neither the file nor the companions
    /// that SQLite keeps beside it. One of an older layout is brought up to date in memory.</summary>
    public static SqliteConnection OpenReadOnly(string path, IReadOnlyList<string> steps)
    {
        ThrowIfForeign(path, steps);
        return Guard(path, () =>
        {
            var connection = Connect(Untouched(path), _ => { });
            if (connection.Number("PRAGMA user_version") == steps.Count)
            {
                return connection;
            }

            using (connection)
            {
                return Connect("Data Source=:memory:;Pooling=False", memory =>
                {
                    connection.BackupDatabase(memory);
                    StoreLayout.Update(memory, steps);
                });
            }
        });
    }

    /// <summary>Whether there is a store at all. What may not be read is not said to be missing.</summary>
    /// <exception cref="StoreException">Nobody may look.</exception>
    public static bool Exists(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder)
                && IsClosed(folder, isFolder: true))
            {
                throw CannotRead(path, "its folder may not be entered", null);
            }

            _ = File.GetAttributes(path); // File.Exists says no where it may not look
            return IsClosed(path, isFolder: false) ? throw CannotRead(path, "it may not be read", null) : true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw CannotRead(path, OneLine.Of(e.Message).TrimEnd('.'), e);
        }
    }

    // An owner's "no" is respected even for an administrator, whom the system would let through.
    private static bool IsClosed(string path, bool isFolder) => !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & (isFolder
            ? UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            : UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead)) == 0;

    private static StoreException CannotRead(string path, string why, Exception? inner) =>
        new($"cannot read {path}: {why}. What is in it is not known. Give yourself the right to read it, or use "
            + $"another "
            + "folder: --data DIR.", inner);

    /// <summary>A store that lasts as long as its connection.</summary>
    public static SqliteConnection OpenInMemory(IReadOnlyList<string> steps) =>
        Connect("Data Source=:memory:;Pooling=False", connection =>
    {
        connection.Run("PRAGMA foreign_keys = ON");
        StoreLayout.Update(connection, steps);
    });

    /// <summary>Whether an owner forbids writing: respected even for an administrator, whom the system would let
    /// through.</summary>
    public static bool IsReadOnly(string path) => OperatingSystem.IsWindows()
        ? File.Exists(path) && (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0
        : (File.GetUnixFileMode(
            path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;

    /// <summary>Copies a whole store into a new file, in one moment of its life, while others may go on writing; checks
    /// the copy. Nothing is left of a copy that failed.</summary>
    public static void CopyTo(SqliteConnection from, string path)
    {
        try
        {
            MakeEmpty(path);
            using var to = Connect(Text(path, SqliteOpenMode.ReadWrite), _ => { });
            from.BackupDatabase(to);
            to.Run("PRAGMA journal_mode = DELETE"); // one file, without companions
            using var check = to.Command("PRAGMA integrity_check(1)");
            if (check.ExecuteScalar() is not "ok")
            {
                throw new SqliteException("the copy is damaged", Corrupt);
            }
        }
        catch (Exception e)
        {
            File.Delete(path);
            File.Delete(path + "-journal");
            if (e is SqliteException { SqliteErrorCode: Full or InputOutput or CannotOpen or ReadOnly })
            {
                throw new CannotWriteException(
                    $"cannot write {path}: the disk is full, or reports an error. Free some space, or choose "
                    + $"another place.", e);
            }

            throw;
        }
    }

    /// <summary>Does something with the store; puts what SQLite says into words.</summary>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw InWords(path, e);
        }
        catch (BadRowException e)
        {
            throw new StoreException(
                $"{path} is damaged: {e.Message}. It was left as it is. Put a backup in its place, or use another "
                + $"folder: --data DIR.", e);
        }
    }

    /// <summary>The same in a transaction that does not wait for another program: then nothing is done.</summary>
    /// <exception cref="StoreException">Another program holds the store.</exception>
    public static T AtOnce<T>(SqliteConnection connection, string path, Func<T> action)
    {
        // Microsoft.Data.Sqlite waits a second at least; SQLite itself does not.
        connection.Run("PRAGMA busy_timeout = 0");
        try
        {
            int code = SQLitePCL.raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
            if ((code & 0xFF) is Busy or Locked)
            {
                throw new StoreException($"another program holds {path}. What comes is kept when it is done.");
            }

            SqliteException.ThrowExceptionForRC(code, connection.Handle);
            try
            {
                var result = action();
                connection.Run("COMMIT");
                return result;
            }
            catch
            {
                SQLitePCL.raw.sqlite3_exec(connection.Handle, "ROLLBACK");
                throw;
            }
        }
        finally
        {
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {BusySeconds * 1000}"));
        }
    }

    private static ExplainedException InWords(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        Corrupt or NoDatabase => Damaged(path, e),
        Busy or Locked =>
            new StoreException($"another program has held {path} for {BusySeconds} s. Try again when it is done.", e),
        Full =>
            new CannotWriteException(
                $"cannot write {path}: the disk is full. What was kept before is safe. Free some space, or use "
                + $"another folder: --data DIR.", e),
        Constraint =>
            new StoreException($"{path}: the session, or its walker, was removed meanwhile by another program.", e),
        ReadOnly => CannotWrite(path, "it is read-only", e),
        CannotOpen => CannotWrite(path, "it cannot be opened", e),
        InputOutput => CannotWrite(path, "the disk reports an error, or is full", e),
        _ => new StoreException($"{path}: {OneLine.Of(e.Message).TrimEnd('.')}. The file was left as it is.", e),
    };

    /// <summary>The message of a damaged store.</summary>
    public static StoreException Damaged(string path, Exception? inner) => new(
        $"{path} is damaged, or not a store of backstep. It was left as it is. Put a backup in its place, or rename "
        + $"it and a new one begins; --data DIR uses another folder.",
        inner);

    private static CannotWriteException CannotWrite(string path, string why, Exception? inner) =>
        new($"cannot write {path}: {why}. Make it writable, or use another folder: --data DIR.", inner);

    /// <summary>Looks at a file without writing to it.</summary>
    private static void ThrowIfForeign(string path, IReadOnlyList<string> steps)
    {
        ThrowIfPipe(path);
        for (int look = 1; !Guard(path, () => IsOurs(path, steps, isLast: look == Looks)); look++)
        {
            if (look == Looks)
            {
                throw Damaged(path, null);
            }
        }
    }

    /// <summary>
    /// Whether its tables are the ones that this program makes, and there is nothing else: no view in a table's place,
    /// no trigger, nothing that would be worked out while it is read. While another program makes it or changes its
    /// layout it may seem not to be: then one looks again, and with locks.
    /// </summary>
    private static bool IsOurs(string path, IReadOnlyList<string> steps, bool isLast)
    {
        try
        {
            bool isBeingWritten = File.Exists(path + "-journal") || File.Exists(path + "-wal");
            using var theirs = Connect(
                isBeingWritten && isLast ? Text(path, SqliteOpenMode.ReadOnly) : Untouched(path), _ => { });
            using var moment = theirs.BeginTransaction(deferred: true);
            long application = theirs.Number("PRAGMA application_id");
            long layout = theirs.Number("PRAGMA user_version");
            var schema = Schema(theirs);
            if (application == 0 && layout == 0 && schema.Count == 0)
            {
                return true; // the program was stopped before the first step
            }

            if (application != StoreLayout.ApplicationId)
            {
                return false;
            }

            if (layout > steps.Count)
            {
                throw new StoreException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{path} was written by a newer version of backstep (layout {layout}; this one knows "
                    + $"{steps.Count}). It was left as it is. Update backstep, or use another folder: --data DIR."));
            }

            using var ours = OpenInMemory([.. steps.Take((int)layout)]);
            return schema.SequenceEqual(Schema(ours));
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NoDatabase && !isLast)
        {
            return false;
        }

        static List<string> Schema(SqliteConnection connection) => connection.Rows(
            reader => reader.GetString(0),
            "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema WHERE type IN ('view', 'trigger') "
            + "OR name NOT LIKE 'sqlite_%' ORDER BY 1");
    }

    /// <summary>A pipe in the place of the file would be waited for without end.</summary>
    private static void ThrowIfPipe(string path)
    {
        if (!OperatingSystem.IsWindows() && new FileInfo(path).Length == 0
            && !Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite).Dispose())
                .Wait(TimeSpan.FromSeconds(2)))
        {
            throw CannotRead(path, "it is a pipe, or its disk does not answer", null);
        }
    }

    private static SqliteConnection Connect(string text, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {BusySeconds * 1000}"));
            prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string Text(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.GetFullPath(path),
        Mode = mode,
        Pooling = false, // closed means closed
        DefaultTimeout = BusySeconds,
    }.ToString();

    // Even reading, SQLite makes files beside the store, so it is told that nobody writes. When there is a journal,
    // somebody does, or was killed: then it has what the file lacks.
    private static string Untouched(string path) =>
        File.Exists(path + "-wal")
            && new FileInfo(path + "-wal").Length > 0 ? Text(path, SqliteOpenMode.ReadOnly)
            : new SqliteConnectionStringBuilder
    {
        DataSource = "file:" + Uri.EscapeDataString(Path.GetFullPath(path))
            .Replace("%2F", "/", StringComparison.Ordinal) + "?immutable=1",
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString();

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFolder);
        }
    }

    private static void MakeEmpty(string path)
    {
        File.Delete(path);
        Make(path);
    }

    // SQLite gives the files beside it the same permissions.
    private static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write,
            Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        new FileStream(path, options).Dispose();
    }
}
