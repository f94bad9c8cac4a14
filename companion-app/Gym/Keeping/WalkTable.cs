namespace Backstep.Gym.Keeping;

/// <summary>Walks at belts, and belts.</summary>
internal static class WalkTable
{
    private const string Columns = "id, belt, clip, begun_at, ended_at, nickname, target_ms, is_on_wall, code_hash";

    public static async Task<IReadOnlyList<RoomBelt>> BeltsAsync(GymConnection sql) => await sql.RowsAsync(
        row => new RoomBelt(row.Number(0), row.Text(1)), "SELECT number, key FROM belt ORDER BY number")
        .ConfigureAwait(false);

    public static Task<int> KeepAsync(GymConnection sql, BeltWalk walk) => sql.RunAsync($"""
        INSERT INTO belt_walk ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET belt = excluded.belt, clip = excluded.clip, begun_at = excluded.begun_at,
            ended_at = excluded.ended_at, nickname = excluded.nickname, target_ms = excluded.target_ms,
            is_on_wall = excluded.is_on_wall, code_hash = excluded.code_hash
        """, walk.Id, walk.Belt, walk.Clip, walk.BegunAt, walk.EndedAt, walk.Nickname,
        (long?)walk.Target?.TotalMilliseconds, walk.IsOnWall, walk.CodeHash);

    public static async Task<IReadOnlyList<BeltWalk>> OpenAsync(GymConnection sql) => await sql.RowsAsync(Read,
        $"SELECT {Columns} FROM belt_walk WHERE ended_at IS NULL ORDER BY begun_at, id").ConfigureAwait(false);

    public static async Task<BeltWalk?> OfCodeAsync(GymConnection sql, string codeHash) => (await sql.RowsAsync(Read,
        $"SELECT {Columns} FROM belt_walk WHERE code_hash = $1", codeHash).ConfigureAwait(false)).FirstOrDefault();

    public static async Task<int> ForgetAsync(GymConnection sql, BeltWalk walk, DateTimeOffset until)
    {
        await GymSessionTable.ForgetAsync(sql, walk.Clip, walk.BegunAt, until).ConfigureAwait(false);
        await sql.RunAsync("DELETE FROM stride WHERE clip = $1 AND at >= $2 AND at <= $3", walk.Clip, walk.BegunAt,
            until).ConfigureAwait(false);
        return await sql.RunAsync("DELETE FROM belt_walk WHERE id = $1", walk.Id).ConfigureAwait(false);
    }

    private static BeltWalk Read(GymRow row) => new(row.Text(0), row.Number(1), row.Text(2), row.Moment(3),
        row.MomentOrNull(4), row.TextOrNull(5),
        row.LongOrNull(6) is { } target ? TimeSpan.FromMilliseconds(target) : null, row.Flag(7), row.TextOrNull(8));
}
