using System.Text;
using Backstep.Gym.Messages;
using Backstep.Store;

namespace Backstep.Gym.Keeping;

/// <summary>Sessions, as they were told, beside what they are found by.</summary>
internal static class GymSessionTable
{
    /// <summary>A flash that the clip did not tell: its session numbers may come again at its next start.</summary>
    private const string NoFlash = "00000000";

    // Told twice, by two gateways perhaps: the one that counted more strides stays, of two that counted the same the
    // one whose text is first in the order of bytes. So the order in which they come does not matter.
    private const string Keep = """
        INSERT INTO session (clip, flash, key_run, session, begun_at, ended_at, kept_at, strides, told)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (clip, flash, key_run, session) DO UPDATE SET begun_at = excluded.begun_at,
            ended_at = excluded.ended_at, strides = excluded.strides, told = excluded.told
        WHERE excluded.strides > session.strides
            OR (excluded.strides = session.strides AND excluded.told < session.told)
        """;

    public static async Task KeepAsync(GymConnection sql, IReadOnlyList<ClipSession> sessions, DateTimeOffset now)
    {
        string keep = sql.IsPostgres ? Keep.Replace("session.told)", "session.told COLLATE \"C\")",
            StringComparison.Ordinal) : Keep;
        foreach (var one in sessions.OrderBy(one => one.Clip, StringComparer.Ordinal)
            .ThenBy(one => one.Flash, StringComparer.Ordinal).ThenBy(KeyRun).ThenBy(one => one.Session))
        {
            long strides = (one.BackwardStrides ?? 0L) + (one.ForwardStrides ?? 0L) + (one.UnknownStrides ?? 0L);
            var elapsed = TimeSpan.FromSeconds(one.ElapsedSeconds ?? 0);
            await sql.RunAsync(keep, one.Clip, one.Flash, KeyRun(one), one.Session,
                one.StartedAt ?? one.EndedAt - elapsed, one.EndedAt ?? one.StartedAt + elapsed, now, strides,
                Encoding.UTF8.GetString(GymMessage.Bytes(one, MessageJson.Default.ClipSession)))
                .ConfigureAwait(false);
        }
    }

    public static async Task<IReadOnlyList<ClipSession>> ReadAsync(GymConnection sql, string clip, DateTimeOffset from,
        DateTimeOffset until) => await sql.RowsAsync(row => Read(row.Text(0)), """
            SELECT told FROM session WHERE clip = $1 AND ended_at > $2 AND begun_at < $3
            ORDER BY begun_at, ended_at, flash, key_run, session
            """, clip, from, until).ConfigureAwait(false);

    public static Task<int> ForgetAsync(GymConnection sql, string clip, DateTimeOffset from, DateTimeOffset until) =>
        sql.RunAsync("DELETE FROM session WHERE clip = $1 AND ended_at > $2 AND begun_at < $3", clip, from, until);

    /// <summary>One whose time is not known is as old as its row.</summary>
    public static Task<int> ForgetBeforeAsync(GymConnection sql, DateTimeOffset moment) =>
        sql.RunAsync("DELETE FROM session WHERE kept_at < $1 OR ended_at < $1", moment);

    private static int KeyRun(ClipSession session) => session.Flash == NoFlash ? session.Run : 0;

    private static ClipSession Read(string told) =>
        GymMessage.Read(Encoding.UTF8.GetBytes(told), MessageJson.Default.ClipSession, out string problem)
            ?? throw new StoreException($"a session is damaged ({problem}). The store was left as it is: put a backup "
                + "in its place.");
}
