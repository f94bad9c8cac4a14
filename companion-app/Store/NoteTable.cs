using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>What walkers noted besides pain, and which of all their notes was the last: that is told by a count of its
/// own, because a walk may be noted for a day before. Whoever calls guards and commits.</summary>
internal sealed class NoteTable(SqliteConnection connection)
{
    /// <summary>The number of a note that is entered now, in SQL.</summary>
    public const string Next =
        "1 + max((SELECT ifnull(max(entered), 0) FROM pain), (SELECT ifnull(max(entered), 0) FROM note))";

    private const string NoteColumns = "walker_id, at, offset_minutes, mode, walked_ms, text";

    /// <summary>Adds one.</summary>
    public int Add(WalkerNote note) => connection.Run(
        $"INSERT INTO note ({NoteColumns}, entered) VALUES ($1, $2, $3, $4, $5, $6, {Next})",
        note.WalkerId,
        note.At.ToUnixTimeMilliseconds(),
        (int)note.At.Offset.TotalMinutes,
        (int)note.Mode,
        (long?)note.Walked?.TotalMilliseconds,
        note.Text);

    /// <summary>A walker's, oldest first.</summary>
    public List<WalkerNote> OfWalker(long walkerId) =>
        connection.Rows(Note, $"SELECT {NoteColumns} FROM note WHERE walker_id = $1 ORDER BY at, id", walkerId);

    /// <summary>The one that was entered last, and where it stands; null when there is none.</summary>
    public (string Table, long Id, TakenBack Note)? Last(long walkerId)
    {
        var rows = connection.Rows(
            reader => (Table: reader.GetString(0), Id: reader.GetInt64(1)),
            """
            SELECT * FROM (
                SELECT 'pain', id, entered, at FROM pain WHERE walker_id = $1
                UNION ALL SELECT 'note', id, entered, at FROM note WHERE walker_id = $1)
            ORDER BY entered DESC, at DESC, id DESC LIMIT 1
            """,
            walkerId);
        return rows is not [var (table, id)] ? null
            : table == "pain"
            ? (table, id, new TakenBack(PainTable.At(connection, id), null))
            : (table, id, new TakenBack(null,
                connection.Rows(Note, $"SELECT {NoteColumns} FROM note WHERE id = $1", id)[0]));
    }

    /// <summary>Takes that one back.</summary>
    public TakenBack? TakeBack(long walkerId)
    {
        if (Last(walkerId) is not var (table, id, note))
        {
            return null;
        }

        connection.Run($"DELETE FROM {table} WHERE id = $1", id);
        return note;
    }

    private static WalkerNote Note(SqliteDataReader reader) =>
        new(reader.GetInt64(0), Sql.Moment(reader.Whole(1), reader.GetInt32(2)))
        {
            Mode = reader.Kind<WalkMode>(3),
            Walked = reader.TimeOrNull(4),
            Text = reader.IsDBNull(5) ? null : reader.GetString(5),
        };
}
