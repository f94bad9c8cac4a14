using System.Globalization;
using Backstep.Store;
using Backstep.Walks;
using Npgsql;

namespace Backstep.Gym.Keeping;

/// <summary>PostgreSQL: several servers may share it. What fails for a moment (a link that broke, two that waited for
/// each other) is tried again a few times.</summary>
internal sealed class PostgresGymDatabase : GymDatabase
{
    /// <summary>Names the lock under which the layout changes: "bgym" and 1. Locks are numbers to PostgreSQL.</summary>
    public const long LayoutLock = 0x6267_796D_0000_0001;

    /// <summary>Held shared by whoever keeps strides, and alone by whoever makes or drops a month.</summary>
    public const long MonthsLock = 0x6267_796D_0000_0002;

    /// <summary>Held by whoever numbers a new clip.</summary>
    public const long ClipsLock = 0x6267_796D_0000_0003;

    // Ours: a database that restarts is back in a second or two. Who waits longer than that says so, and tries again
    // by itself.
    private const int Tries = 4;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    // SQLSTATE classes: data that cannot be, a rule that it breaks (PostgreSQL manual, appendix A).
    private const string DataClass = "22";
    private const string RuleClass = "23";

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly string _where;
    private string _kind = "PostgreSQL";

    /// <summary>Nothing is opened yet.</summary>
    public PostgresGymDatabase(NpgsqlConnectionStringBuilder parts, TimeProvider time)
    {
        parts.ApplicationName ??= "backstep-gym";
        parts.IncludeErrorDetail = false; // details carry values
        _where = string.Create(CultureInfo.InvariantCulture,
            $"PostgreSQL at {OneLine.Of(parts.Host!)}:{parts.Port}, database {OneLine.Of(parts.Database ?? "(none)")}");
        _time = time;
        _source = new NpgsqlDataSourceBuilder(parts.ConnectionString).Build();
    }

    /// <inheritdoc/>
    public override string Kind => _kind;

    /// <inheritdoc/>
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        while (await WriteAsync(StepAsync, cancellationToken).ConfigureAwait(false))
        {
            // another step
        }
    }

    /// <inheritdoc/>
    public override Task<T> WriteAsync<T>(Func<GymConnection, Task<T>> work, CancellationToken cancellationToken) =>
        TryAsync(async () =>
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken)
                .ConfigureAwait(false);
            var result = await work(new GymConnection(connection, transaction, cancellationToken))
                .ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }, cancellationToken);

    /// <inheritdoc/>
    public override Task<T> ReadAsync<T>(Func<GymConnection, Task<T>> work, CancellationToken cancellationToken) =>
        TryAsync(async () =>
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await work(new GymConnection(connection, null, cancellationToken)).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    // One step of the layout, whole or not at all; false when there is none left. Another server may be at it too: who
    // comes second finds it done.
    private async Task<bool> StepAsync(GymConnection sql)
    {
        await sql.RunAsync("SELECT pg_advisory_xact_lock($1)", LayoutLock).ConfigureAwait(false);
        await sql.RunAsync("CREATE TABLE IF NOT EXISTS gym_layout (layout integer PRIMARY KEY)").ConfigureAwait(false);
        int layout = (int)await sql.NumberAsync("SELECT max(layout) FROM gym_layout").ConfigureAwait(false);
        _kind = (await sql.RowsAsync(row => "PostgreSQL " + row.Text(0).Split(' ')[0], "SHOW server_version")
            .ConfigureAwait(false))[0];
        var steps = GymLayout.Postgres;
        if (layout > steps.Count)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                $"{_where} is of a newer version (layout {layout}, this program knows {steps.Count}). It was left as "
                + $"it is: update this program."));
        }

        if (layout == steps.Count)
        {
            return false;
        }

        await sql.RunAsync(steps[layout]).ConfigureAwait(false);
        await sql.RunAsync("INSERT INTO gym_layout VALUES ($1)", layout + 1).ConfigureAwait(false);
        return true;
    }

    private async Task<T> TryAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        for (int tried = 1; ; tried++)
        {
            try
            {
                return await action().ConfigureAwait(false);
            }
            catch (Exception e) when (tried < Tries && IsPassing(e) && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(FirstWait * (1 << tried), _time, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (IsPoison(e))
            {
                throw new BadInputException($"it cannot be kept: {OneLine.Of(e.MessageText)}", e);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException
                or System.Net.Sockets.SocketException)
            {
                throw new StoreException($"{_where}: {Why(e)}.", e);
            }
            catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException)
            {
                throw new StoreException($"{_where}: a row is damaged: {OneLine.Of(e.Message)}", e);
            }
        }
    }

    private static bool IsPassing(Exception e) => e is NpgsqlException { IsTransient: true } or IOException
        or TimeoutException or System.Net.Sockets.SocketException or PostgresException
        {
            SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
        };

    private static bool IsPoison(PostgresException e) => e.SqlState.StartsWith(DataClass, StringComparison.Ordinal)
        || e.SqlState.StartsWith(RuleClass, StringComparison.Ordinal);

    private static string Why(Exception e) => OneLine.Of(e is PostgresException said ? said.MessageText
        : e.InnerException is { } inner ? $"{e.Message.TrimEnd('.')}: {inner.Message}" : e.Message).TrimEnd('.');
}
