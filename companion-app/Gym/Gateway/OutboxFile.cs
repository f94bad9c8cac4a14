using System.Globalization;
using System.Security.Cryptography;
using Backstep.Store;
using Backstep.Walks;
using Microsoft.Data.Sqlite;

namespace Backstep.Gym.Gateway;

/// <summary>The file in which an outbox lies: made, opened, looked at before anything is written to it.</summary>
internal static class OutboxFile
{
    /// <summary>Its name in the data folder.</summary>
    public const string Name = "outbox.db";

    // "bsgo" in the file's header (SQLite file format 1.3.17): tells an outbox from any other database.
    private const int ApplicationId = 0x6273676F;

    private const int Layout = 1;

    // SQLite's own result codes (sqlite.org/rescode.html).
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14,
        NoDatabase = 26;

    // Times are unix milliseconds. Batches are deleted when the server has stored them; AUTOINCREMENT sees to it that
    // no number comes again, whatever is deleted.
    private const string Tables = """
        CREATE TABLE identity (
            outbox TEXT NOT NULL,
            next_run INTEGER NOT NULL
        );
        CREATE TABLE batch (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            clip TEXT NOT NULL,
            is_session INTEGER NOT NULL,
            payload BLOB NOT NULL,
            refused TEXT
        );
        CREATE INDEX batch_refused ON batch (id) WHERE refused IS NOT NULL;
        CREATE TABLE clip (
            clip TEXT PRIMARY KEY,
            flash TEXT NOT NULL,
            run INTEGER NOT NULL,
            next INTEGER NOT NULL,
            started_at INTEGER,
            touched_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE session (
            clip TEXT NOT NULL,
            flash TEXT NOT NULL,
            run INTEGER NOT NULL,
            session INTEGER NOT NULL,
            backward INTEGER NOT NULL,
            forward INTEGER NOT NULL,
            unknown INTEGER NOT NULL,
            first INTEGER,
            last INTEGER,
            is_exact INTEGER NOT NULL,
            is_whole INTEGER NOT NULL,
            touched_at INTEGER NOT NULL,
            PRIMARY KEY (clip, flash, run, session)
        ) WITHOUT ROWID;
        """;

    /// <summary>Opens it; makes folder and file if need be, readable by nobody else.</summary>
    /// <exception cref="StoreException">It is damaged, none of ours, or of a newer version.</exception>
    /// <exception cref="CannotWriteException">It cannot be written.</exception>
    public static SqliteConnection Open(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            MakeFolder(folder);
            Make(path);
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false, // closed means closed
                DefaultTimeout = 1, // whoever holds it does not let go
            }.ToString());
            try
            {
                connection.Open();
                Prepare(connection, path);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw e.SqliteErrorCode is Corrupt or NoDatabase
                ? new StoreException($"{path} is damaged, or no outbox of a gateway. It was left as it is: move it "
                    + "away, and a new one begins; what waited in it is in it still.", e)
                : new CannotWriteException(Words(e, path), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new CannotWriteException($"cannot write {path}: {OneLine.Of(e.Message).TrimEnd('.')}. Make it "
                + "writable, or use another folder: --data DIR.", e);
        }
    }

    /// <summary>What went wrong while it was written, in words.</summary>
    public static string Words(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        Full => $"the disk is full: {path} takes no more. Free some space; the clips keep their strides until then",
        ReadOnly => $"{path}, or its folder, is read-only. Make it writable",
        Busy or Locked => $"another program holds {path}. Two gateways cannot share a data folder: give each its own",
        CannotOpen or InputOutput => $"{path} cannot be opened or written: the disk is full, gone, or reports an error",
        _ => $"{path} cannot be written: {OneLine.Of(e.Message).TrimEnd('.')}",
    };

    private static void Prepare(SqliteConnection connection, string path)
    {
        long application = Number(connection, "PRAGMA application_id");
        long layout = Number(connection, "PRAGMA user_version");
        bool isNew = application == 0 && layout == 0
            && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != ApplicationId)
        {
            throw new StoreException($"{path} is no outbox of a gateway. It was left as it is: use another folder, "
                + "--data DIR.");
        }

        if (layout > Layout)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"{path} was written by a newer "
                + $"version (layout {layout}; this one knows {Layout}). It was left as it is: update backstep-gym."));
        }

        // One gateway alone: the lock goes with the process, however that ends. Nobody waits for another one.
        Run(connection, "PRAGMA busy_timeout = 0");
        Run(connection, "PRAGMA locking_mode = EXCLUSIVE");
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL"); // a commit survives a power cut
        Run(connection, "BEGIN EXCLUSIVE");
        if (isNew)
        {
            Run(connection, Tables);
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO identity (outbox, next_run)
                VALUES ('{RandomNumberGenerator.GetHexString(16, lowercase: true)}', {Outbox.FirstOwnRun});
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {Layout}
                """));
        }

        Run(connection, "COMMIT");
    }

    private static void MakeFolder(string folder)
    {
        const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, Owners);
        }
    }

    // SQLite gives the files beside it the same permissions.
    private static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write,
            Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return (long)command.ExecuteScalar()!;
    }
}
