namespace Backstep.Gym.Keeping;

/// <summary>Strides in PostgreSQL: a table in months, so that what is too old is dropped and not deleted. The month is
/// a run's, not a stride's (README.md, "Months").</summary>
internal sealed class PostgresStrides : IStrideTable
{
    private const string Insert = """
        INSERT INTO stride (month, clip, flash, run, number, session, is_simulated, at, record)
        SELECT run_of.month, given.clip, given.flash, given.run, number, session, is_simulated, at, record
        FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::integer[], $6::boolean[],
            $7::timestamptz[], $8::bytea[])
            AS given (clip, flash, run, number, session, is_simulated, at, record)
        JOIN stride_run run_of USING (clip, flash, run)
        ON CONFLICT DO NOTHING
        """;

    private const string FillIn = """
        UPDATE stride SET session = given.session
        FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::integer[])
            AS given (clip, flash, run, number, session)
        JOIN stride_run run_of USING (clip, flash, run)
        WHERE stride.month = run_of.month AND stride.clip = given.clip AND stride.flash = given.flash
            AND stride.run = given.run AND stride.number = given.number
            AND stride.session IS NULL AND given.session IS NOT NULL
        """;

    // Ours: between the two tries another server's retention may have dropped the month; not again and again.
    private const int Tries = 5;

    /// <inheritdoc/>
    public async Task<long> KeepAsync(GymDatabase database, IReadOnlyList<StrideRow> rows,
        Func<GymConnection, Task> besides, CancellationToken cancellationToken)
    {
        for (int tried = 1; ; tried++)
        {
            var (added, missing) = await database.WriteAsync(async sql =>
            {
                var without = await LockAsync(sql, rows).ConfigureAwait(false);
                if (without.Count > 0)
                {
                    return (0, without);
                }

                long count = await InsertAsync(sql, rows).ConfigureAwait(false);
                await besides(sql).ConfigureAwait(false);
                return (count, without);
            }, cancellationToken).ConfigureAwait(false);
            if (missing.Count == 0)
            {
                return added;
            }

            if (tried == Tries)
            {
                throw new Store.StoreException("the tables of a month are dropped as fast as they are made.");
            }

            foreach (var month in missing)
            {
                await PostgresMonths.MakeAsync(database, month, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public Task<long> ForgetBeforeAsync(GymDatabase database, DateTimeOffset moment,
        CancellationToken cancellationToken) => PostgresMonths.ForgetBeforeAsync(database, moment, cancellationToken);

    // All servers take the same locks in the same order: the months' shared, then the clips' by number. So none waits
    // for another that waits for it. With the locks the runs' months are fixed; which have no table yet is said.
    private static async Task<IReadOnlyList<DateOnly>> LockAsync(GymConnection sql, IReadOnlyList<StrideRow> rows)
    {
        string[] clips = [.. rows.Select(row => row.Key.Clip).Distinct(StringComparer.Ordinal)];
        await sql.RunAsync("SELECT pg_advisory_xact_lock_shared($1)", PostgresGymDatabase.MonthsLock)
            .ConfigureAwait(false);
        await sql.RunAsync("""
            SELECT pg_advisory_xact_lock(key)
            FROM (SELECT DISTINCT hashtextextended(clip, 0) AS key FROM unnest($1::text[]) AS clip ORDER BY 1) keys
            """, [clips]).ConfigureAwait(false);
        var runs = rows.GroupBy(row => row.Key with { Number = 0 })
            .Select(run => (run.Key, Month: PostgresMonths.Of(run.Min(row => row.At)))).ToArray();
        object[] keys = [runs.Select(run => run.Key.Clip).ToArray(), runs.Select(run => run.Key.Flash).ToArray(),
            runs.Select(run => run.Key.Run).ToArray()];
        await sql.RunAsync("""
            INSERT INTO stride_run (clip, flash, run, month)
            SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::date[]) ON CONFLICT DO NOTHING
            """, [.. keys, runs.Select(run => run.Month).ToArray()]).ConfigureAwait(false);
        var months = await sql.RowsAsync(row => row.Day(0), """
            SELECT DISTINCT month FROM stride_run
            JOIN unnest($1::text[], $2::text[], $3::integer[]) AS given (clip, flash, run) USING (clip, flash, run)
            WHERE to_regclass('stride_' || to_char(month, 'YYYY_MM')) IS NULL
            """, keys).ConfigureAwait(false);
        return months;
    }

    private static async Task<long> InsertAsync(GymConnection sql, IReadOnlyList<StrideRow> rows)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        object[] keys = [rows.Select(row => row.Key.Clip).ToArray(), rows.Select(row => row.Key.Flash).ToArray(),
            rows.Select(row => row.Key.Run).ToArray(), rows.Select(row => (long)row.Key.Number).ToArray(),
            rows.Select(row => row.Session).ToArray()];
        int added = await sql.RunAsync(Insert, [.. keys, rows.Select(row => row.Simulated).ToArray(),
            rows.Select(row => row.At.UtcDateTime).ToArray(), rows.Select(row => row.Record).ToArray()])
            .ConfigureAwait(false);
        if (added < rows.Count)
        {
            await sql.RunAsync(FillIn, keys).ConfigureAwait(false);
        }

        return added;
    }
}
