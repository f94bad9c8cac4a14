using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>Notes of pain. Whoever calls guards and commits.</summary>
internal sealed class PainTable(SqliteConnection connection, TimeProvider time)
{
    private const string PainColumns = "walker_id, session_id, at, offset_minutes, moment, level";

    /// <summary>A walker's, in order; none in the future.</summary>
    public IReadOnlyList<PainNote> OfWalker(long walkerId) => PainNote.Dated(time.GetUtcNow(),
        connection.Rows(Note, $"SELECT {PainColumns} FROM pain WHERE walker_id = $1 ORDER BY id", walkerId));

    /// <summary>A session's, in order.</summary>
    public List<PainNote> OfSession(long sessionId) =>
        connection.Rows(Note, $"SELECT {PainColumns} FROM pain WHERE session_id = $1 ORDER BY at, id", sessionId);

    /// <summary>The one of that number.</summary>
    public static PainNote At(SqliteConnection connection, long id) =>
        connection.Rows(Note, $"SELECT {PainColumns} FROM pain WHERE id = $1", id)[0];

    /// <summary>Keeps one, beside what there is of that moment.</summary>
    public int Insert(PainNote pain) => connection.Run(
        $"""
        INSERT INTO pain (walker_id, session_id, at, offset_minutes, moment, level, entered)
        VALUES ($1, $2, $3, $4, $5, $6, {NoteTable.Next})
        """,
        pain.WalkerId,
        pain.SessionId,
        pain.At.ToUnixTimeMilliseconds(),
        (int)pain.At.Offset.TotalMinutes,
        (int)pain.Moment,
        pain.Level);

    /// <summary>The last note before a walk belongs to it, when it was made in the hours before.</summary>
    public void TakeBefore(SessionHeader header)
    {
        if (!header.IsSimulated && !header.IsStartUnknown)
        {
            long start = header.StartedAt.ToUnixTimeMilliseconds();
            connection.Run(
                """
                UPDATE OR IGNORE pain SET session_id = $1 WHERE id = (
                    SELECT id FROM pain
                    WHERE walker_id = $2 AND session_id IS NULL AND moment = $3 AND at BETWEEN $4 AND $5
                    ORDER BY at DESC, id DESC LIMIT 1)
                """,
                header.Id, header.WalkerId, (int)PainMoment.Before,
                start - (long)PainNote.BelongsToAWalkWithin.TotalMilliseconds, start);
        }
    }

    private static PainNote Note(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.IsDBNull(1) ? null : reader.GetInt64(1),
        Sql.Moment(reader.Whole(2), reader.GetInt32(3)),
        reader.Kind<PainMoment>(4),
        reader.GetInt32(5));
}
