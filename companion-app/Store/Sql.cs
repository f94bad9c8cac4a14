using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>Statements in one line each.</summary>
internal static class Sql
{
    // A year: whatever is longer was not walked.
    private const long LongestMilliseconds = 366L * 24 * 3600 * 1000;

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
            rows.Add(Row(row, reader, text));
        }

        return rows;
    }

    private static T Row<T>(Func<SqliteDataReader, T> row, SqliteDataReader reader, string text)
    {
        try
        {
            return row(reader);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or ArgumentException
            or FormatException or InvalidOperationException)
        {
            string table = text.Split("FROM ", 2)[^1].Split(' ', '\n')[0];
            throw new BadRowException(table, reader.GetName(0), reader.GetValue(0), e);
        }
    }

    /// <summary>The value of an enumeration's number.</summary>
    /// <exception cref="ArgumentException">It has no such value.</exception>
    public static T Kind<T>(this SqliteDataReader reader, int column)
        where T : struct, Enum
    {
        int number = reader.GetInt32(column);
        return Kinds<T>.ByNumber.TryGetValue(number, out var value) ? value : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"{number} is no {typeof(T).Name}"));
    }

    /// <summary>A column that holds a whole number. SQLite itself makes 0 of any other text or bytes in it.</summary>
    /// <exception cref="ArgumentException">It holds something else.</exception>
    public static long Whole(this SqliteDataReader reader, int column) =>
        reader.GetValue(column) is long number ? number : throw new ArgumentException("no number");

    /// <summary>A column that counts.</summary>
    /// <exception cref="ArgumentException">It is below 0.</exception>
    public static int Count(this SqliteDataReader reader, int column) =>
        checked((int)reader.Whole(column)) is >= 0 and var count ? count
            : throw new ArgumentException("fewer than none");

    /// <summary>A column that may hold nothing.</summary>
    public static double? RealOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDouble(column) is var number && double.IsFinite(number) ? number
            : throw new ArgumentException("no number");

    /// <summary>A column that may hold nothing.</summary>
    public static TimeSpan? TimeOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Time(column);

    /// <summary>A column in ms.</summary>
    public static TimeSpan Time(this SqliteDataReader reader, int column) =>
        reader.Whole(column) is var time && Math.Abs(time) <= LongestMilliseconds ? TimeSpan.FromMilliseconds(time)
            : throw new ArgumentException("no time of a session");

    /// <summary>A moment with its offset.</summary>
    // An offset beyond 14 hours, or a year beyond 9999, throws.
    public static DateTimeOffset Moment(long milliseconds, int offsetMinutes) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToOffset(TimeSpan.FromMinutes(offsetMinutes));

    // Asked for once, not for each row.
    private static class Kinds<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<int, T> ByNumber = Enum.GetValues<T>()
            .ToDictionary(value => Convert.ToInt32(value, CultureInfo.InvariantCulture));
    }
}
