using System.Globalization;
using Backstep.Walks;
using Microsoft.Data.Sqlite;
using static Backstep.Store.StoreTrouble;

namespace Backstep.Store;

/// <summary>
/// The file in which the store lies: made, opened, copied; private to its owner.
/// </summary>
internal static class StoreFile
{
    /// <summary>Its name in the data folder.</summary>
    public const string Name = "sessions.db";

    // Another process writes a batch in a few ms; a big import takes seconds.
    public const int BusySeconds = 10;

    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

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
                StoreIdentity.ThrowIfForeign(path, steps);
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
        StoreIdentity.ThrowIfForeign(path, steps);
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

    /// <summary>Does something in a transaction that does not wait for another program: then nothing is done.</summary>
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

    /// <summary>A connection that waits for whoever writes.</summary>
    public static SqliteConnection Connect(string text, Action<SqliteConnection> prepare)
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

    /// <summary>How to open it.</summary>
    public static string Text(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.GetFullPath(path),
        Mode = mode,
        Pooling = false, // closed means closed
        DefaultTimeout = BusySeconds,
    }.ToString();

    /// <summary>How to open it to look at it only.</summary>
    // Even reading, SQLite makes files beside the store, so it is told that nobody writes. When there is a journal,
    // somebody does, or was killed: then it has what the file lacks.
    public static string Untouched(string path) =>
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
