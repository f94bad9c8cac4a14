using Backstep.Protocol;
using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>Adds strides to the table of a session, each once (<see cref="RunsToldApart"/>).</summary>
internal sealed class StrideTable(SqliteConnection connection, long sessionId)
{
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
            if (RunsToldApart.RunFor(kept, Runs(kept.Sensor), other => Record(kept, other, find),
                other => Began(kept.Sensor, other)) is not { } run)
            {
                continue;
            }

            insert.Parameters[1].Value = kept.Sensor;
            insert.Parameters[2].Value = run;
            insert.Parameters[3].Value = (long)kept.Stride.Sequence;
            insert.Parameters[4].Value = Milliseconds(kept);
            insert.Parameters[5].Value = (int)kept.Rails;
            insert.Parameters[6].Value = StrideRecord.Bytes(kept.Stride);
            added += insert.ExecuteNonQuery();
            Note(kept, run);
        }

        return added;
    }

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
            _began[(kept.Sensor, run)] = RunsToldApart.Began(kept);
        }
    }

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
