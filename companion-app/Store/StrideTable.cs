using Backstep.Protocol;
using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>
/// Adds strides to the table of a session. Sensor, run and number name one stride only where the sensor counts its
/// starts. One that cannot write its flash says run 0 after every start: its starts are told apart here, by the moment
/// at which the sensor's clock began. No stride ever takes the place of another, and none is kept twice.
/// </summary>
internal sealed class StrideTable(SqliteConnection connection, long sessionId)
{
    // Placing a stride by the sensor's clock is right to a second or so; a sensor that starts anew within five of its
    // last start has walked nothing.
    private const long SameStartMilliseconds = 5000;

    private readonly Dictionary<int, List<int>> _runs = [];
    private readonly Dictionary<(int Sensor, int Run), long> _began = [];

    // A stride that comes again comes within some sessions of its own.
    private const int SessionsLookedAt = 20;

    /// <summary>Keeps those strides that are in no other session of their sensor, as a sensor may tell them again
    /// after a restart, under the name of another walk.</summary>
    /// <returns>How many were new.</returns>
    public int AddNew(IReadOnlyList<KeptStride> strides)
    {
        // All at once: looking for each by itself walks through the strides of those sessions for each. CROSS keeps the
        // order, and the plus off the index of addresses: else SQLite walks through all sessions of the sensor.
        var told = strides.Count == 0 ? [] : connection.Rows(
            reader => (reader.GetInt32(0), Convert.ToHexString(reader.GetFieldValue<byte[]>(1))),
            """
            SELECT here.position, t.record FROM sensor here
            CROSS JOIN sensor n ON n.session_id > here.session_id - $2 AND n.session_id < here.session_id + $2
                AND n.session_id <> here.session_id AND +n.address = here.address
            CROSS JOIN stride t ON t.session_id = n.session_id AND t.sensor = n.position
            WHERE here.session_id = $1 AND t.sequence BETWEEN $3 AND $4
            """,
            sessionId, SessionsLookedAt, (long)strides.Min(kept => kept.Stride.Sequence),
            (long)strides.Max(kept => kept.Stride.Sequence)).ToHashSet();
        return Add([.. strides.Where(kept => !told.Contains((kept.Sensor, StrideRecord.Name(kept.Stride))))]);
    }

    /// <summary>Keeps strides; those that are kept already are left as they are.</summary>
    /// <returns>How many were new.</returns>
    public int Add(IReadOnlyList<KeptStride> strides)
    {
        using var insert = connection.Command(
            "INSERT INTO stride (session_id, sensor, run, sequence, at_ms, rails, record) VALUES ($1, $2, "
            + "$3, $4, $5, $6, $7)",
            sessionId, 0, 0, 0L, 0L, 0, Array.Empty<byte>());
        using var find = connection.Command(
            "SELECT record FROM stride WHERE session_id = $1 AND sensor = $2 AND run = $3 AND sequence = $4",
            sessionId, 0, 0, 0L);
        int added = 0;
        foreach (var kept in strides)
        {
            byte[] record = StrideRecord.Bytes(kept.Stride);
            if (RunFor(kept, record, find) is not { } run)
            {
                continue;
            }

            insert.Parameters[1].Value = kept.Sensor;
            insert.Parameters[2].Value = run;
            insert.Parameters[3].Value = (long)kept.Stride.Sequence;
            insert.Parameters[4].Value = Milliseconds(kept);
            insert.Parameters[5].Value = (int)kept.Rails;
            insert.Parameters[6].Value = record;
            added += insert.ExecuteNonQuery();
            Note(kept, run);
        }

        return added;
    }

    /// <summary>The run under which to keep a stride; null when it is kept already.</summary>
    private int? RunFor(KeptStride kept, byte[] record, SqliteCommand find)
    {
        var runs = Runs(kept.Sensor);
        bool isTaken = false;
        foreach (int run in runs)
        {
            bool mayBeSame = run == kept.Run || kept.Run == 0 || run is 0 or >= KeptStride.FirstRunToldApart;
            if (mayBeSame && Record(kept, run, find) is { } there)
            {
                if (there.AsSpan().SequenceEqual(record))
                {
                    return null;
                }

                isTaken |= run == kept.Run;
            }
        }

        if (kept.Run != 0)
        {
            return isTaken ? Fresh(runs) : kept.Run;
        }

        int[] nameless = [.. runs.Where(run => run is 0 or >= KeptStride.FirstRunToldApart)];
        foreach (int run in nameless)
        {
            if (Math.Abs(unchecked((int)(uint)(Began(kept) - Began(kept.Sensor, run)))) <= SameStartMilliseconds
                && Record(kept, run, find) == null)
            {
                return run;
            }
        }

        return nameless.Length == 0 ? 0 : Fresh(runs);
    }

    private static int Fresh(List<int> runs) =>
        Math.Max(KeptStride.FirstRunToldApart, runs.DefaultIfEmpty(0).Max() + 1);

    private static byte[]? Record(KeptStride kept, int run, SqliteCommand find)
    {
        find.Parameters[1].Value = kept.Sensor;
        find.Parameters[2].Value = run;
        find.Parameters[3].Value = (long)kept.Stride.Sequence;
        return find.ExecuteScalar() as byte[];
    }

    private List<int> Runs(int sensor)
    {
        if (!_runs.TryGetValue(sensor, out var runs))
        {
            runs = connection.Rows(reader => reader.GetInt32(0),
                "SELECT DISTINCT run FROM stride WHERE session_id = $1 AND sensor = $2", sessionId, sensor);
            _runs.Add(sensor, runs);
        }

        return runs;
    }

    private void Note(KeptStride kept, int run)
    {
        if (!Runs(kept.Sensor).Contains(run))
        {
            Runs(kept.Sensor).Add(run);
            _began[(kept.Sensor, run)] = Began(kept);
        }
    }

    /// <summary>When the sensor's clock began, in ms of the session; it wraps with the sensor's clock.</summary>
    private static long Began(KeptStride kept) => Milliseconds(kept) - kept.Stride.ContactMilliseconds;

    private long Began(int sensor, int run)
    {
        if (!_began.TryGetValue((sensor, run), out long began))
        {
            began = connection.Rows(
                reader => reader.GetInt64(0) - (StrideCodec.Decode(reader.GetFieldValue<byte[]>(1), out _)
                    ?.ContactMilliseconds ?? 0),
                "SELECT at_ms, record FROM stride WHERE session_id = $1 AND sensor = $2 AND run = $3 LIMIT 1",
                sessionId, sensor, run).FirstOrDefault();
            _began.Add((sensor, run), began);
        }

        return began;
    }

    private static long Milliseconds(KeptStride kept) => (long)kept.At.TotalMilliseconds;
}
