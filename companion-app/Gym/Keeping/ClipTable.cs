namespace Backstep.Gym.Keeping;

/// <summary>Clips, and the gateways that they belonged to.</summary>
internal static class ClipTable
{
    private const string Columns =
        "clip, number, name, belt, gateway, is_simulated, firmware, battery_percent, last_seen_at";

    public static async Task<IReadOnlyList<RoomClip>> ReadAsync(GymConnection sql) =>
        await sql.RowsAsync(Read, $"SELECT {Columns} FROM clip ORDER BY number IS NULL, number, clip")
            .ConfigureAwait(false);

    public static async Task<int> KeepAsync(GymConnection sql, RoomClip clip)
    {
        await sql.RunAsync($"""
            INSERT INTO clip ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (clip) DO UPDATE SET number = excluded.number, name = excluded.name, belt = excluded.belt,
                gateway = excluded.gateway, is_simulated = excluded.is_simulated, firmware = excluded.firmware,
                battery_percent = excluded.battery_percent, last_seen_at = excluded.last_seen_at
            """, clip.Clip, clip.Number, clip.Name, clip.Belt, clip.Gateway, clip.Simulated, clip.Firmware,
            clip.BatteryPercent, clip.LastSeenAt).ConfigureAwait(false);
        return clip.Gateway == null ? 0 : await RememberAsync(sql, clip.Clip, clip.Gateway).ConfigureAwait(false);
    }

    /// <summary>See <see cref="IClipRegister.ClaimAsync"/>. New clips are numbered one after another: on PostgreSQL
    /// under a lock of its own, on SQLite nobody else writes meanwhile.</summary>
    public static async Task<RoomClip> ClaimAsync(GymConnection sql, string clip, string gateway, string? from,
        bool isSimulated)
    {
        if (sql.IsPostgres)
        {
            await sql.RunAsync("SELECT pg_advisory_xact_lock($1)", PostgresGymDatabase.ClipsLock).ConfigureAwait(false);
        }

        var now = await OneAsync(sql, clip).ConfigureAwait(false);
        if (now == null)
        {
            // The next free number: the smallest that follows one which is taken, or 1.
            await sql.RunAsync("""
                INSERT INTO clip (clip, number, gateway, is_simulated)
                SELECT $1, min(before.number) + 1, $2, $3
                FROM (SELECT 0 AS number UNION SELECT number FROM clip WHERE number IS NOT NULL) before
                WHERE NOT EXISTS (SELECT 1 FROM clip taken WHERE taken.number = before.number + 1)
                """, clip, gateway, isSimulated).ConfigureAwait(false);
        }
        else if (now.Gateway == from)
        {
            await sql.RunAsync("UPDATE clip SET gateway = $2, is_simulated = $3 WHERE clip = $1", clip, gateway,
                isSimulated).ConfigureAwait(false);
        }
        else
        {
            return now;
        }

        await RememberAsync(sql, clip, gateway).ConfigureAwait(false);
        return (await OneAsync(sql, clip).ConfigureAwait(false))!;
    }

    public static Task<int> SeeAsync(GymConnection sql, string clip, string? name, string? firmware, int? battery,
        DateTimeOffset at) => sql.RunAsync("""
            UPDATE clip SET name = coalesce($2, name), firmware = coalesce($3, firmware),
                battery_percent = coalesce($4, battery_percent), last_seen_at = $5
            WHERE clip = $1
            """, clip, name, firmware, battery, at);

    public static async Task<IReadOnlyList<(string Clip, string Gateway)>> GatewaysAsync(GymConnection sql) =>
        await sql.RowsAsync(row => (row.Text(0), row.Text(1)), "SELECT clip, gateway FROM clip_gateway")
            .ConfigureAwait(false);

    private static Task<int> RememberAsync(GymConnection sql, string clip, string gateway) => sql.RunAsync(
        "INSERT INTO clip_gateway (clip, gateway) VALUES ($1, $2) ON CONFLICT DO NOTHING", clip, gateway);

    private static async Task<RoomClip?> OneAsync(GymConnection sql, string clip) =>
        (await sql.RowsAsync(Read, $"SELECT {Columns} FROM clip WHERE clip = $1", clip).ConfigureAwait(false))
            .FirstOrDefault();

    private static RoomClip Read(GymRow row) => new(row.Text(0), row.NumberOrNull(1), row.TextOrNull(2),
        row.NumberOrNull(3), row.TextOrNull(4), row.Flag(5), row.TextOrNull(6), row.NumberOrNull(7),
        row.MomentOrNull(8));
}
