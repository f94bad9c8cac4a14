using System.Globalization;
using Backstep.Gym.Messages;
using Microsoft.Data.Sqlite;

namespace Backstep.Gym.Gateway;

/// <summary>
/// What a gateway has of its clips and the server has not confirmed, on disk: nothing is published that is not here,
/// and nothing is deleted here that the server has not stored. Beside it, in the same transactions, how far each clip's
/// strides are had, so that a gateway that was killed goes on where it was. To be called by one at a time.
/// </summary>
/// <exception cref="OutboxException">Any call that writes: nothing was written; the message says why.</exception>
public sealed class Outbox : IDisposable
{
    /// <summary>The first of the runs that a gateway counts for clips that cannot (see
    /// <see cref="StrideBatch.Run"/>).</summary>
    public const int FirstOwnRun = 65536;

    // Ours: a flash holds some hundred sessions, a gym some hundred clips.
    private const int MostSessionsOfClip = 500;
    private const int MostClips = 1000;
    private const int EntriesBetweenTidying = 10_000;

    private readonly string _path;
    private readonly string _gateway;
    private readonly TimeProvider _time;
    private readonly SqliteConnection _connection;
    private long _next;
    private int _nextRun;
    private int _sinceTidied = EntriesBetweenTidying; // the first time soon after the start

    /// <summary>Opens the outbox of a data folder, or makes it.</summary>
    /// <exception cref="Store.StoreException">It is damaged, none of ours, or of a newer version.</exception>
    /// <exception cref="Walks.CannotWriteException">It cannot be written.</exception>
    public Outbox(string folder, string gateway, TimeProvider time)
    {
        (_path, _gateway, _time) = (Path.Combine(folder, OutboxFile.Name), gateway, time);
        _connection = OutboxFile.Open(folder);
        Identity = Rows("SELECT outbox FROM identity", row => row.GetString(0)).Single();
        _nextRun = (int)Rows("SELECT next_run FROM identity", row => row.GetInt64(0)).Single();
        _next = 1 + Rows("SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'batch'",
            row => row.GetInt64(0)).Single();
        Waiting = Rows("SELECT count(*) FROM batch WHERE refused IS NULL", row => row.GetInt64(0)).Single();
        Refused = Rows("SELECT count(*) FROM batch WHERE refused IS NOT NULL", row => row.GetInt64(0)).Single();
    }

    /// <summary>16 hexadecimal digits.</summary>
    public string Identity { get; }

    /// <summary>Batches that nobody has confirmed.</summary>
    public long Waiting { get; private set; }

    /// <summary>Batches that the server will never store: set aside for a person.</summary>
    public long Refused { get; private set; }

    /// <summary>The connection, for tests that fill the disk.</summary>
    internal SqliteConnection Connection => _connection;

    /// <summary>A number for a run of a clip that cannot count its own; never given twice, once an entry that names it
    /// is written. From any thread.</summary>
    public int NextRun() => Interlocked.Increment(ref _nextRun) - 1;

    /// <summary>How far a clip's strides are had; null when nothing is.</summary>
    public HadStrides? HadOf(string clip) => Rows(
        "SELECT flash, run, next, started_at FROM clip WHERE clip = $1",
        row => new HadStrides(row.GetString(0), row.GetInt32(1), (uint)row.GetInt64(2),
            row.IsDBNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))), clip).SingleOrDefault();

    /// <summary>The sessions of a clip that were handed over, in part at least, the last one first.</summary>
    public IReadOnlyList<HandedSession> HandedOf(string clip) => Rows(
        "SELECT flash, run, session, backward, forward, unknown, first, last, is_exact, is_whole FROM session "
        + "WHERE clip = $1 ORDER BY touched_at DESC, session DESC",
        row => new HandedSession(row.GetString(0), row.GetInt32(1), row.GetInt32(2),
            new SessionCounts(row.GetInt32(3), row.GetInt32(4), row.GetInt32(5)),
            row.IsDBNull(6) ? null : (uint)row.GetInt64(6), row.IsDBNull(7) ? null : (uint)row.GetInt64(7),
            row.GetBoolean(8), row.GetBoolean(9)), clip);

    /// <summary>All clips of which something was ever had.</summary>
    public IReadOnlyList<string> Clips() => Rows("SELECT clip FROM clip ORDER BY clip", row => row.GetString(0));

    /// <summary>Batches that wait, oldest first.</summary>
    /// <param name="after">Only those with a higher number.</param>
    /// <param name="most">So many at most.</param>
    public IReadOnlyList<WaitingBatch> Next(long after, int most) => Rows(
        "SELECT id, clip, is_session, payload FROM batch WHERE id > $1 AND refused IS NULL ORDER BY id LIMIT $2",
        row => new WaitingBatch(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), (byte[])row.GetValue(3)),
        after, most);

    /// <summary>What was refused, and why.</summary>
    public IReadOnlyList<RefusedBatch> RefusedBatches() => Rows(
        "SELECT id, refused FROM batch WHERE refused IS NOT NULL ORDER BY id",
        row => new RefusedBatch(row.GetInt64(0), row.GetString(1)));

    /// <summary>Writes news, forgets what is stored, sets aside what is refused: in one transaction.</summary>
    /// <returns>How many batches are new.</returns>
    public int Write(IReadOnlyList<OutboxEntry> entries, IReadOnlyCollection<long> stored,
        IReadOnlyCollection<RefusedBatch> refused)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            long next = _next;
            foreach (var entry in entries)
            {
                next = Append(entry, next);
            }

            int deleted = stored.Sum(id => Run("DELETE FROM batch WHERE id = $1 AND refused IS NULL", id));
            int aside = refused.Sum(one =>
                Run("UPDATE batch SET refused = $2 WHERE id = $1 AND refused IS NULL", one.Batch, one.Reason));
            Tidy(entries.Count);
            transaction.Commit();
            int added = (int)(next - _next);
            _next = next;
            Waiting += added - deleted - aside;
            Refused += aside;
            return added;
        }
        catch (SqliteException e)
        {
            throw new OutboxException(OutboxFile.Words(e, _path), e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private long Append(OutboxEntry entry, long next)
    {
        if (entry.Strides is { } strides)
        {
            Insert(next, entry.Clip, false, GymMessage.Bytes(
                strides with { Gateway = _gateway, Outbox = Identity, Batch = next },
                MessageJson.Default.StrideBatch));
            next++;
        }

        if (entry.Session is { } session)
        {
            Insert(next, entry.Clip, true, GymMessage.Bytes(
                session with { Gateway = _gateway, Outbox = Identity, Batch = next },
                MessageJson.Default.ClipSession));
            next++;
        }

        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (entry.Had is { } had)
        {
            Run("INSERT INTO clip (clip, flash, run, next, started_at, touched_at) VALUES ($1, $2, $3, $4, $5, $6) "
                + "ON CONFLICT DO UPDATE SET flash = $2, run = $3, next = $4, started_at = $5, touched_at = $6",
                entry.Clip, had.Flash, had.Run, (long)had.Next, had.StartedAt?.ToUnixTimeMilliseconds(), now);
            NoteRun(had.Run);
        }

        if (entry.Handed is { } handed)
        {
            Run("INSERT INTO session (clip, flash, run, session, backward, forward, unknown, first, last, is_exact, "
                + "is_whole, touched_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO "
                + "UPDATE SET backward = $5, forward = $6, unknown = $7, first = $8, last = $9, is_exact = $10, "
                + "is_whole = $11, touched_at = $12",
                entry.Clip, handed.Flash, handed.Run, handed.Session, handed.Placed.Backward, handed.Placed.Forward,
                handed.Placed.Unknown, (long?)handed.First, (long?)handed.Last, handed.IsExact, handed.IsWhole, now);
            NoteRun(handed.Run);
        }

        return next;
    }

    private void Insert(long id, string clip, bool isSession, byte[] payload) =>
        Run("INSERT INTO batch (id, clip, is_session, payload) VALUES ($1, $2, $3, $4)", id, clip, isSession, payload);

    private void NoteRun(int run)
    {
        if (run >= FirstOwnRun)
        {
            Run("UPDATE identity SET next_run = max(next_run, $1)", run + 1);
        }
    }

    // Now and then: what is handed over long ago is not asked for any more.
    private void Tidy(int entries)
    {
        _sinceTidied += entries;
        if (_sinceTidied < EntriesBetweenTidying)
        {
            return;
        }

        _sinceTidied = 0;
        Run("DELETE FROM clip WHERE clip IN (SELECT clip FROM clip ORDER BY touched_at DESC LIMIT -1 OFFSET $1)",
            MostClips);
        Run("DELETE FROM session WHERE clip NOT IN (SELECT clip FROM clip)");
        Run("DELETE FROM session WHERE (clip, flash, run, session) IN (SELECT clip, flash, run, session FROM ("
            + "SELECT *, row_number() OVER (PARTITION BY clip ORDER BY touched_at DESC, session DESC) AS place "
            + "FROM session) WHERE place > $1)", MostSessionsOfClip);
    }

    private int Run(string text, params ReadOnlySpan<object?> values)
    {
        using var command = Command(text, values);
        return command.ExecuteNonQuery();
    }

    private List<T> Rows<T>(string text, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        try
        {
            using var command = Command(text, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (SqliteException e)
        {
            throw new OutboxException(OutboxFile.Words(e, _path), e);
        }
    }

    private SqliteCommand Command(string text, ReadOnlySpan<object?> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"),
                values[i] ?? DBNull.Value);
        }

        return command;
    }
}

/// <summary>The outbox cannot be read or written now: in words. Nothing was written.</summary>
public sealed class OutboxException(string message, Exception? innerException = null)
    : Exception(message, innerException);
