using System.Globalization;
using Backstep.Store;
using Backstep.Walks;
using Microsoft.Data.Sqlite;

namespace Backstep.Gym.Keeping;

/// <summary>A file of SQLite: one writer at a time, readers beside it (WAL), and what is committed survives a power
/// cut.</summary>
internal sealed class SqliteGymDatabase(string path) : GymDatabase
{
    // "bgym" in the file's header (SQLite file format 1.3.17).
    private const int ApplicationId = 0x6267796D;

    // Ours: another process writes a batch in milliseconds; a copy of the file takes seconds.
    private const int BusySeconds = 10;

    // Primary result codes (sqlite.org/rescode.html).
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int NoDatabase = 26;

    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Commands time out as the pragma does: the library would wait 30 s.
    private readonly string _text = new SqliteConnectionStringBuilder
    {
        DataSource = path, DefaultTimeout = BusySeconds, Pooling = true,
    }.ToString();
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <inheritdoc/>
    public override string Kind => "SQLite";

    /// <inheritdoc/>
    public override Task PrepareAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        MakePrivate();
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var sql = new GymConnection(connection, null, cancellationToken);
        if (await sql.NumberAsync("PRAGMA application_id").ConfigureAwait(false) is var id
            && id != ApplicationId
            && await sql.NumberAsync("SELECT count(*) FROM sqlite_schema").ConfigureAwait(false) > 0)
        {
            throw new StoreException($"{path} is not a store of backstep-gym. It was left as it is: rename it, or use "
                + "another folder.");
        }

        await LayoutAsync(sql).ConfigureAwait(false); // before anything is written
        await sql.RunAsync("PRAGMA journal_mode = WAL").ConfigureAwait(false);
        while (await StepAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            // another step
        }

        return true;
    });

    /// <inheritdoc/>
    public override Task<T> WriteAsync<T>(Func<GymConnection, Task<T>> work, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
                await using var transaction = connection.BeginTransaction(deferred: false);
                var result = await work(new GymConnection(connection, transaction, cancellationToken))
                    .ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
            finally
            {
                _writer.Release();
            }
        });

    /// <inheritdoc/>
    public override Task<T> ReadAsync<T>(Func<GymConnection, Task<T>> work, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return await work(new GymConnection(connection, null, cancellationToken)).ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(_text))
        {
            SqliteConnection.ClearPool(connection); // the file can be moved or deleted now
        }

        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    // One step of the layout, whole or not at all; false when there is none left.
    private async Task<bool> StepAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = connection.BeginTransaction(deferred: false);
        var sql = new GymConnection(connection, transaction, cancellationToken);
        int layout = await LayoutAsync(sql).ConfigureAwait(false);
        var steps = GymLayout.Sqlite;
        if (layout == steps.Count)
        {
            return false;
        }

        await sql.RunAsync(steps[layout]).ConfigureAwait(false);
        await sql.RunAsync(string.Create(CultureInfo.InvariantCulture,
            $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {layout + 1}")).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<int> LayoutAsync(GymConnection sql)
    {
        int layout = (int)await sql.NumberAsync("PRAGMA user_version").ConfigureAwait(false);
        return layout <= GymLayout.Sqlite.Count ? layout : throw new StoreException(string.Create(
            CultureInfo.InvariantCulture, $"{path} is of a newer version (layout {layout}, this program knows "
                + $"{GymLayout.Sqlite.Count}). It was left as it is: update this program."));
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_text);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        var sql = new GymConnection(connection, null, cancellationToken);
        await sql.RunAsync(string.Create(CultureInfo.InvariantCulture,
            $"PRAGMA busy_timeout = {BusySeconds * 1000}; PRAGMA synchronous = FULL")).ConfigureAwait(false);
        return connection;
    }

    // Who walked when is nobody else's business on this computer.
    private void MakePrivate()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, OwnersFile | UnixFileMode.UserExecute);
        }

        if (!File.Exists(path))
        {
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = OwnersFile,
            });
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw InWords(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be opened: {OneLine.Of(e.Message).TrimEnd('.')}.", e);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException
            or ArgumentOutOfRangeException)
        {
            throw Damaged(e);
        }
    }

    private ExplainedException InWords(SqliteException e) => e.SqliteErrorCode switch
    {
        Corrupt or NoDatabase => Damaged(e),
        Busy or Locked => new StoreException($"another program has held {path} for {BusySeconds} s.", e),
        Full => new StoreException($"cannot write {path}: the disk is full. What was kept before is safe; free some "
            + "space.", e),
        Constraint or TooBig or Mismatch => new BadInputException($"it cannot be kept: {OneLine.Of(e.Message)}", e),
        _ => new StoreException($"{path}: {OneLine.Of(e.Message).TrimEnd('.')}.", e),
    };

    private StoreException Damaged(Exception e) => new(
        $"{path} is damaged, or not a store of backstep-gym. It was left as it is: put a backup in its place, or "
        + "rename it and a new one begins.", e);
}
