using System.Globalization;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>Sessions with their sensors and marks. Whoever calls guards and commits.</summary>
/// <param name="connection">The store.</param>
/// <param name="path">What to call it when it is damaged.</param>
/// <param name="time">What tells when a session was touched.</param>
internal sealed class SessionTable(SqliteConnection connection, string path, TimeProvider time)
{
    private const int StateOpen = 0;
    private const int StateComplete = 1;
    private const int StateBrokenOff = 2;

    private const string SessionColumns = """
        s.id, s.walker_id, s.started_at, s.offset_minutes, s.mode, s.is_simulated, s.target_ms, s.incline_percent,
        s.state,
        s.elapsed_ms, s.active_ms, s.backward, s.forward, s.unknown, s.landed, s.toe_first, s.postured, s.held,
        s.cadence, s.foot_strike_degrees, s.tilt_degrees, s.distance_meters, s.belt_meters_per_second,
        s.settled_after_ms,
        s.is_start_unknown, s.backward_meters, s.measured_incline_percent, s.incline_measured_ms
        """;

    private const string SensorColumns = "name, address, placement, session_number, flash";
    private const string StrideColumns = "sensor, run, at_ms, rails, record";

    // What is said to begin later was dated by a clock that was wrong: it is never the last session.
    private static readonly TimeSpan Tomorrow = TimeSpan.FromHours(1);

    /// <summary>Makes a row of a session that begins.</summary>
    public SessionHeader Insert(SessionHeader header)
    {
        long id = connection.Number(
            """
            INSERT INTO session (walker_id, started_at, offset_minutes, is_start_unknown, mode, is_simulated, target_ms,
                incline_percent, state, touched_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
            """,
            header.WalkerId,
            header.StartedAt.ToUnixTimeMilliseconds(),
            (int)header.StartedAt.Offset.TotalMinutes,
            header.IsStartUnknown,
            (int)header.Mode,
            header.IsSimulated,
            Milliseconds(header.Target),
            header.InclinePercent,
            StateOpen,
            Now());
        for (int i = 0; i < header.Sensors.Count; i++)
        {
            var sensor = header.Sensors[i];
            connection.Run(
                "INSERT INTO sensor (session_id, position, name, address, placement, session_number, flash) VALUES "
                + "($1, $2, $3, $4, $5, $6, $7)",
                id,
                i,
                sensor.Name,
                sensor.Address,
                (int)sensor.Placement,
                sensor.SessionNumber,
                sensor.Flash);
        }

        return header with { Id = id };
    }

    /// <summary>Makes a row of a mark.</summary>
    public int Insert(long sessionId, SessionMark mark) => connection.Run(
        "INSERT OR IGNORE INTO mark (session_id, at_ms, kind) VALUES ($1, $2, $3)", sessionId,
        (long)mark.At.TotalMilliseconds, (int)mark.Kind);

    /// <summary>The incline that was measured.</summary>
    public int Measure(long sessionId, MeasuredIncline incline) => connection.Run(
        "UPDATE session SET measured_incline_percent = $2, incline_measured_ms = $3 WHERE id = $1", sessionId,
        incline.Percent, Milliseconds(incline.Walked));

    /// <summary>A session goes on.</summary>
    public int Touch(long sessionId) =>
        connection.Run("UPDATE session SET touched_at = $2 WHERE id = $1", sessionId, Now());

    /// <summary>A session has ended, with these totals.</summary>
    public int Close(long sessionId, SessionTotals totals, bool isComplete) => connection.Run(
        """
        UPDATE session SET state = $2, elapsed_ms = $3, active_ms = $4, backward = $5, forward = $6, unknown = $7,
            landed = $8, toe_first = $9, postured = $10, held = $11,
            cadence = $12, foot_strike_degrees = $13, tilt_degrees = $14, distance_meters = $15,
            belt_meters_per_second = $16, settled_after_ms = $17, backward_meters = $18 WHERE id = $1
        """,
        sessionId,
        isComplete ? StateComplete : StateBrokenOff,
        Milliseconds(totals.Elapsed),
        Milliseconds(totals.Active),
        totals.BackwardStrides,
        totals.ForwardStrides,
        totals.UnknownStrides,
        totals.LandedStrides,
        totals.ToeFirstStrides,
        totals.PosturedStrides,
        totals.HeldStrides,
        totals.CadenceStepsPerMinute,
        totals.FootStrikeDegrees,
        totals.TiltDegrees,
        totals.DistanceMeters,
        totals.BeltMetersPerSecond,
        Milliseconds(totals.RhythmSettledAfter),
        totals.BackwardMeters);

    /// <summary>A closed session goes on.</summary>
    public int Reopen(long sessionId) => connection.Run(
        "UPDATE session SET state = $2, touched_at = $3 WHERE id = $1", sessionId, StateOpen, Now());

    /// <summary>Keys of open sessions that nobody has touched for so long.</summary>
    public List<long> Abandoned(TimeSpan patience)
    {
        long before = Now() - (long)patience.TotalMilliseconds;
        long after = Now() + (long)patience.TotalMilliseconds; // touched by a clock that was ahead
        return connection.Rows(Key,
            "SELECT id FROM session WHERE state = 0 AND (touched_at < $1 OR touched_at > $2)", before, after);
    }

    /// <summary>As <see cref="ISessionArchive.Summaries"/>.</summary>
    public List<SessionSummary> Summaries(long? walkerId, DateTimeOffset? since, int? atMost)
    {
        const string Chosen =
            "FROM session s WHERE ($1 IS NULL OR s.walker_id = $1) AND ($2 IS NULL OR s.started_at >= $2) ORDER BY "
            + "s.started_at > $4, s.started_at DESC, s.id DESC LIMIT $3";
        long latest = Now() + (long)Tomorrow.TotalMilliseconds;
        object?[] values = [walkerId, since?.ToUnixTimeMilliseconds(), atMost ?? -1, latest];
        var sensors = connection.Rows(
            reader => (Session: reader.GetInt64(0), Sensor: Sensor(reader, 1)),
            $"SELECT session_id, {SensorColumns} FROM sensor WHERE session_id IN (SELECT s.id {Chosen}) "
            + "ORDER BY session_id, position",
            values).ToLookup(row => row.Session, row => row.Sensor);
        return connection.Rows(reader => Summary(reader, [.. sensors[reader.GetInt64(0)]]),
            $"SELECT {SessionColumns} {Chosen}", values)
            .ConvertAll(WithTotalsSoFar);
    }

    /// <summary>One session, or null when there is none of that key.</summary>
    public SessionSummary? Find(long id) =>
        connection.Rows(reader => Summary(reader, []), $"SELECT {SessionColumns} FROM session s WHERE s.id = $1", id)
            is [var found]
            ? WithTotalsSoFar(found with { Header = found.Header with { Sensors = Sensors(id) } })
            : null;

    /// <summary>As <see cref="IWalkArchive.OfSensor"/>.</summary>
    public List<SessionSummary> OfSensor(string address, int sessionNumber) => connection
        .Rows(Key, "SELECT session_id FROM sensor WHERE address = $1 AND session_number = $2 ORDER BY session_id DESC",
            address, sessionNumber)
        .ConvertAll(id => Find(id)!);

    /// <summary>While a session goes on, its row has no totals yet.</summary>
    private SessionSummary WithTotalsSoFar(SessionSummary summary) => summary.IsOpen
        ? summary with { Totals = TotalsOf(summary.Header.Id) }
        : summary;

    /// <summary>The way that went backward, of a session that an older version closed without it.</summary>
    public SessionSummary WithBackwardMeters(SessionSummary summary) => summary.Totals.BackwardMeters != null ? summary
        : summary with { Totals = summary.Totals with { BackwardMeters = TotalsOf(summary.Header.Id).BackwardMeters } };

    /// <summary>What its strides and marks come to.</summary>
    public SessionTotals TotalsOf(long id) => SessionTotals.Of(Sensors(id), Strides(id), Marks(id));

    /// <summary>As <see cref="ISessionArchive.Cued"/>: a query for all sessions, not one for each.</summary>
    public List<CuedSession> Cued(long walkerId, bool ofSimulated, DateTimeOffset since, DateTimeOffset until)
    {
        string chosen = string.Create(CultureInfo.InvariantCulture, $"""
            FROM session s WHERE s.walker_id = $1 AND s.is_simulated = $2 AND s.is_start_unknown = 0
                AND s.started_at BETWEEN $3 AND $4 AND EXISTS (SELECT 1 FROM mark c WHERE c.session_id = s.id
                    AND c.kind IN ({(int)MarkKind.CuesOn}, {(int)MarkKind.CuesQuiet}))
            """);
        object?[] values = [walkerId, ofSimulated, since.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds()];
        string ofThose = $"WHERE session_id IN (SELECT s.id {chosen})";
        var sensors = Of(reader => Sensor(reader, 1), $"SELECT session_id, {SensorColumns} FROM sensor {ofThose} "
            + "ORDER BY session_id, position");
        var strides = Of(reader => Stride(reader, 1), $"SELECT session_id, {StrideColumns} FROM stride {ofThose}");
        var marks = Of(reader => Mark(reader, 1), $"SELECT session_id, at_ms, kind FROM mark {ofThose}");
        return connection.Rows(
            reader => new CuedSession(Sql.Moment(reader.Whole(1), reader.GetInt32(2)), [.. sensors[Key(reader)]],
                strides[Key(reader)], marks[Key(reader)]),
            $"SELECT s.id, s.started_at, s.offset_minutes {chosen}", values);

        ILookup<long, T> Of<T>(Func<SqliteDataReader, T> row, string text) => connection
            .Rows(reader => (Session: Key(reader), Row: row(reader)), text, values)
            .ToLookup(read => read.Session, read => read.Row);
    }

    private List<SessionSensor> Sensors(long sessionId) => connection.Rows(reader => Sensor(reader, 0),
        $"SELECT {SensorColumns} FROM sensor WHERE session_id = $1 ORDER BY position", sessionId);

    /// <summary>Its strides, in order.</summary>
    public KeptStride[] Strides(long sessionId) =>
    [
        .. connection.Rows(reader => Stride(reader, 0), $"SELECT {StrideColumns} FROM stride WHERE session_id = $1",
            sessionId).OrderBy(stride => stride.At),
    ];

    /// <summary>Its marks, in order.</summary>
    public List<SessionMark> Marks(long sessionId) => connection.Rows(reader => Mark(reader, 0),
        "SELECT at_ms, kind FROM mark WHERE session_id = $1 ORDER BY at_ms, kind", sessionId);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long? Milliseconds(TimeSpan? time) => (long?)time?.TotalMilliseconds;

    private static long Key(SqliteDataReader reader) => reader.GetInt64(0);

    private static SessionMark Mark(SqliteDataReader reader, int from) =>
        new(reader.Time(from), reader.Kind<MarkKind>(from + 1));

    /// <summary>From the columns of <see cref="StrideColumns"/>.</summary>
    private KeptStride Stride(SqliteDataReader reader, int from) => new(
        reader.GetInt32(from),
        reader.GetInt32(from + 1),
        reader.Time(from + 2),
        StrideCodec.Decode(reader.GetFieldValue<byte[]>(from + 4), out _) ?? throw StoreTrouble.Damaged(path, null),
        reader.Kind<Posture>(from + 3));

    /// <summary>From the columns of <see cref="SensorColumns"/>.</summary>
    private static SessionSensor Sensor(SqliteDataReader reader, int from) =>
        new(reader.GetString(from), reader.IsDBNull(from + 1) ? null : reader.GetString(from + 1),
            reader.Kind<Placement>(from + 2))
        {
            SessionNumber = reader.IsDBNull(from + 3) ? null : reader.GetInt32(from + 3),
            Flash = reader.IsDBNull(from + 4) ? null : (uint)reader.GetInt64(from + 4),
        };

    /// <summary>From the columns of <see cref="SessionColumns"/>.</summary>
    private static SessionSummary Summary(SqliteDataReader reader, IReadOnlyList<SessionSensor> sensors) => new(
        new SessionHeader
        {
            Id = reader.GetInt64(0),
            WalkerId = reader.GetInt64(1),
            StartedAt = Sql.Moment(reader.Whole(2), reader.GetInt32(3)),
            Mode = reader.Kind<WalkMode>(4),
            IsStartUnknown = reader.GetBoolean(24),
            IsSimulated = reader.GetBoolean(5),
            Target = reader.TimeOrNull(6),
            InclinePercent = reader.RealOrNull(7),
            Sensors = sensors,
        },
        new SessionTotals
        {
            Elapsed = reader.Time(9),
            Active = reader.Time(10),
            BackwardStrides = reader.Count(11),
            ForwardStrides = reader.Count(12),
            UnknownStrides = reader.Count(13),
            LandedStrides = reader.Count(14),
            ToeFirstStrides = reader.Count(15),
            PosturedStrides = reader.Count(16),
            HeldStrides = reader.Count(17),
            CadenceStepsPerMinute = reader.RealOrNull(18),
            FootStrikeDegrees = reader.RealOrNull(19),
            TiltDegrees = reader.RealOrNull(20),
            DistanceMeters = reader.RealOrNull(21),
            BackwardMeters = reader.RealOrNull(25),
            BeltMetersPerSecond = reader.RealOrNull(22),
            RhythmSettledAfter = reader.TimeOrNull(23),
        },
        IsComplete: reader.GetInt32(8) == StateComplete)
    {
        IsOpen = reader.GetInt32(8) == StateOpen,
        MeasuredIncline = reader.RealOrNull(26) is { } percent
            ? new MeasuredIncline(percent, reader.TimeOrNull(27) ?? TimeSpan.Zero) : null,
    };
}
