using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>Statements in one line each.</summary>
internal static class Sql
{
    /// <summary>A statement with its values: $1, $2, ... in order.</summary>
    public static SqliteCommand Command(this SqliteConnection connection, string text,
        params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"),
                values[i] ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Runs it; says how many rows it changed.</summary>
    public static int Run(this SqliteConnection connection, string text, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(text, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The number that it yields.</summary>
    public static long Number(this SqliteConnection connection, string text, params ReadOnlySpan<object?> values) =>
        connection.NumberOrNull(text, values) ?? throw new InvalidOperationException("the statement yields no number");

    /// <summary>The number that it yields, or null.</summary>
    public static long? NumberOrNull(this SqliteConnection connection, string text, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(text, values);
        return command.ExecuteScalar() as long?;
    }

    /// <summary>Its rows.</summary>
    public static List<T> Rows<T>(this SqliteConnection connection, Func<SqliteDataReader, T> row, string text,
        params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(text, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>A column that may hold nothing.</summary>
    public static double? RealOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDouble(column);

    /// <summary>A column that may hold nothing.</summary>
    public static TimeSpan? TimeOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Time(column);

    /// <summary>A column in ms.</summary>
    public static TimeSpan Time(this SqliteDataReader reader, int column) =>
        TimeSpan.FromMilliseconds(reader.GetInt64(column));
}
