using System.Globalization;

namespace Backstep.Gym.Keeping;

/// <summary>The tables of months.</summary>
internal static class PostgresMonths
{
    /// <summary>The month's first day; months are UTC's.</summary>
    public static DateOnly Of(DateTimeOffset moment) => new(moment.UtcDateTime.Year, moment.UtcDateTime.Month, 1);

    /// <summary>The table's name; nothing of it comes from outside.</summary>
    public static string Name(DateOnly month) =>
        string.Create(CultureInfo.InvariantCulture, $"stride_{month.Year:0000}_{month.Month:00}");

    /// <summary>Makes a month's table, if it is not there. It is filled with what the table of all has and attached
    /// then: attaching lets others read and write meanwhile, which making a partition in one step does not.</summary>
    public static Task MakeAsync(GymDatabase database, DateOnly month, CancellationToken cancellationToken) =>
        database.WriteAsync(async sql =>
        {
            await AloneAsync(sql).ConfigureAwait(false);
            string name = Name(month);
            bool isThere = await sql.NumberAsync("SELECT count(*) FROM pg_class WHERE oid = to_regclass($1)", name)
                .ConfigureAwait(false) > 0;
            string first = month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            string next = month.AddMonths(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return isThere ? 0 : await sql.RunAsync($"""
                CREATE TABLE {name} (LIKE stride INCLUDING ALL);
                ALTER TABLE stride ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{next}')
                """).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Drops months that hold nothing younger; from the others deletes what is older.</summary>
    /// <returns>How many strides.</returns>
    public static async Task<long> ForgetBeforeAsync(GymDatabase database, DateTimeOffset moment,
        CancellationToken cancellationToken)
    {
        var names = await database.ReadAsync(sql => sql.RowsAsync(row => row.Text(0), """
            SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid
            WHERE inhparent = 'stride'::regclass AND relname ~ '^stride_[0-9]{4}_[0-9]{2}$' ORDER BY relname
            """), cancellationToken).ConfigureAwait(false);
        long forgotten = 0;
        foreach (string name in names)
        {
            forgotten += await database.WriteAsync(sql => ForgetAsync(sql, name, moment), cancellationToken)
                .ConfigureAwait(false);
        }

        return forgotten;
    }

    private static async Task<long> ForgetAsync(GymConnection sql, string name, DateTimeOffset moment)
    {
        await AloneAsync(sql).ConfigureAwait(false);
        if (await sql.NumberAsync("SELECT count(*) FROM pg_class WHERE oid = to_regclass($1)", name)
            .ConfigureAwait(false) == 0)
        {
            return 0; // another server's retention was here
        }

        bool isOld = await sql.NumberAsync($"SELECT count(*) FROM (SELECT 1 FROM {name} WHERE at >= $1 LIMIT 1) one",
            moment).ConfigureAwait(false) == 0;
        if (!isOld)
        {
            return await sql.RunAsync($"DELETE FROM {name} WHERE at < $1", moment).ConfigureAwait(false);
        }

        long count = await sql.NumberAsync($"SELECT count(*) FROM {name}").ConfigureAwait(false);
        string[] parts = name.Split('_');
        var month = new DateOnly(int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture), 1);
        await sql.RunAsync("DELETE FROM stride_run WHERE month = $1", month).ConfigureAwait(false);
        await sql.RunAsync($"DROP TABLE {name}").ConfigureAwait(false);
        return count;
    }

    // What drops a table waits for nobody longer than a moment: all who come after it would wait, too.
    private static async Task AloneAsync(GymConnection sql)
    {
        await sql.RunAsync("SET LOCAL lock_timeout = '5s'").ConfigureAwait(false);
        await sql.RunAsync("SELECT pg_advisory_xact_lock($1)", PostgresGymDatabase.MonthsLock).ConfigureAwait(false);
    }
}
