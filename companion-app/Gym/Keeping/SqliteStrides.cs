using System.Data.Common;

namespace Backstep.Gym.Keeping;

/// <summary>Strides in SQLite: one table.</summary>
internal sealed class SqliteStrides : IStrideTable
{
    private const string Insert = """
        INSERT INTO stride (clip, flash, run, number, session, is_simulated, at, record)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
        """;

    private const string FillIn = """
        UPDATE stride SET session = $5
        WHERE clip = $1 AND flash = $2 AND run = $3 AND number = $4 AND session IS NULL
        """;

    // Ours: some tens of milliseconds of work, so that no batch waits long for it.
    private const int DeletedAtOnce = 10_000;

    /// <inheritdoc/>
    public Task<long> KeepAsync(GymDatabase database, IReadOnlyList<StrideRow> rows,
        Func<GymConnection, Task> besides, CancellationToken cancellationToken) => database.WriteAsync(async sql =>
    {
        long added = 0;
        await using var insert = sql.Command(Insert, "", "", 0, 0L, 0, false, 0L, Array.Empty<byte>());
        foreach (var row in rows)
        {
            Set(insert, row);
            int changed = await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            added += changed;
            if (changed == 0 && row.Session is { } session)
            {
                await sql.RunAsync(FillIn, row.Key.Clip, row.Key.Flash, row.Key.Run, (long)row.Key.Number, session)
                    .ConfigureAwait(false);
            }
        }

        await besides(sql).ConfigureAwait(false);
        return added;
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<long> ForgetBeforeAsync(GymDatabase database, DateTimeOffset moment,
        CancellationToken cancellationToken)
    {
        long forgotten = 0;
        string? clip = await NextAsync("").ConfigureAwait(false);
        while (clip != null)
        {
            string of = clip;
            int gone = await database.WriteAsync(sql => sql.RunAsync("""
                DELETE FROM stride WHERE (clip, flash, run, number) IN (
                    SELECT clip, flash, run, number FROM stride WHERE clip = $1 AND at < $2 LIMIT $3)
                """, of, moment, DeletedAtOnce), cancellationToken).ConfigureAwait(false);
            forgotten += gone;
            clip = gone == DeletedAtOnce ? clip : await NextAsync(clip).ConfigureAwait(false);
        }

        return forgotten;

        // By the index of clip and time: the next clip is one step in it.
        Task<string?> NextAsync(string after) => database.ReadAsync(async sql =>
            (await sql.RowsAsync(row => row.TextOrNull(0), "SELECT min(clip) FROM stride WHERE clip > $1", after)
                .ConfigureAwait(false))[0], cancellationToken);
    }

    private static void Set(DbCommand insert, StrideRow row)
    {
        object?[] values = [row.Key.Clip, row.Key.Flash, row.Key.Run, (long)row.Key.Number, row.Session, row.Simulated,
            row.At.ToUnixTimeMilliseconds(), row.Record];
        for (int i = 0; i < values.Length; i++)
        {
            insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
