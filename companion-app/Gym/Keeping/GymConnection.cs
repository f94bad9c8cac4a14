using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Backstep.Gym.Keeping;

/// <summary>Statements in a line each, for both kinds of database: values are $1, $2, ... in order. A moment is whole
/// milliseconds in both; SQLite has them as a number.</summary>
/// <param name="connection">An open one.</param>
/// <param name="transaction">Null outside of one.</param>
/// <param name="stop">Ends what is under way.</param>
internal sealed class GymConnection(DbConnection connection, DbTransaction? transaction, CancellationToken stop)
{
    /// <summary>Whether it is PostgreSQL.</summary>
    public bool IsPostgres { get; } = connection is NpgsqlConnection;

    /// <summary>Ends what is under way.</summary>
    public CancellationToken Stop { get; } = stop;

    /// <summary>Runs it.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> RunAsync(string text, params object?[] values)
    {
        await using var command = Command(text, values);
        return await command.ExecuteNonQueryAsync(Stop).ConfigureAwait(false);
    }

    /// <summary>Its rows.</summary>
    public async Task<List<T>> RowsAsync<T>(Func<GymRow, T> read, string text, params object?[] values)
    {
        await using var command = Command(text, values);
        await using var reader = await command.ExecuteReaderAsync(Stop).ConfigureAwait(false);
        var row = new GymRow(reader, IsPostgres);
        var rows = new List<T>();
        while (await reader.ReadAsync(Stop).ConfigureAwait(false))
        {
            rows.Add(read(row));
        }

        return rows;
    }

    /// <summary>The number that it yields, 0 for none.</summary>
    public async Task<long> NumberAsync(string text, params object?[] values) =>
        (await RowsAsync(row => row.LongOrNull(0), text, values).ConfigureAwait(false)) is [{ } number, ..]
            ? number : 0;

    /// <summary>A statement that is run many times, each with other values.</summary>
    public DbCommand Command(string text, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.Add(Parameter(i, values[i]));
        }

        return command;
    }

    private DbParameter Parameter(int index, object? value) => IsPostgres
        ? new NpgsqlParameter { Value = value switch
            {
                null => DBNull.Value,
                DateTimeOffset at => Milliseconds.Whole(at).UtcDateTime,
                _ => value,
            } }
        : new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"${index + 1}"), value switch
            {
                null => DBNull.Value,
                DateTimeOffset at => at.ToUnixTimeMilliseconds(),
                _ => value,
            });
}

/// <summary>A row that was read.</summary>
internal sealed class GymRow(DbDataReader reader, bool isPostgres)
{
    /// <summary>A text.</summary>
    public string Text(int column) => reader.GetString(column);

    /// <summary>A text, or nothing.</summary>
    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A number.</summary>
    public int Number(int column) => reader.GetInt32(column);

    /// <summary>A number, or nothing.</summary>
    public int? NumberOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    /// <summary>A large number, or nothing.</summary>
    public long? LongOrNull(int column) =>
        reader.IsDBNull(column) ? null : Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>Yes or no.</summary>
    public bool Flag(int column) => reader.GetBoolean(column);

    /// <summary>A moment.</summary>
    public DateTimeOffset Moment(int column) => isPostgres
        ? new DateTimeOffset(reader.GetDateTime(column), TimeSpan.Zero)
        : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    /// <summary>A moment, or nothing.</summary>
    public DateTimeOffset? MomentOrNull(int column) => reader.IsDBNull(column) ? null : Moment(column);

    /// <summary>A day.</summary>
    public DateOnly Day(int column) => reader.GetFieldValue<DateOnly>(column);

    /// <summary>Bytes.</summary>
    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);
}

/// <summary>Moments as they are kept.</summary>
internal static class Milliseconds
{
    /// <summary>The moment without what is finer.</summary>
    public static DateTimeOffset Whole(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}
