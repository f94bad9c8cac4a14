using System.Globalization;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>
/// The archive in an SQLite file. Several processes may use it at once; one that is killed loses nothing that a call of
/// it had returned from. Not for use by several threads at once.
/// </summary>
public sealed class SessionStore : ISessionArchive
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
        s.is_start_unknown
        """;

    // What is said to begin later was dated by a clock that was wrong: it is never the last session.
    private static readonly TimeSpan Tomorrow = TimeSpan.FromHours(1);

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _time;

    private SessionStore(SqliteConnection connection, string path, TimeProvider time)
    {
        _connection = connection;
        _path = path;
        _time = time;
    }

    /// <summary>Opens the store in a folder to read and write; makes both if need be.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">What tells when walkers were made.</param>
    /// <exception cref="ExplainedException">It cannot be: damaged, from a newer version, not writable. It is left as it
    /// is.</exception>
    public static SessionStore Open(string folder, TimeProvider time)
    {
        string path = PathIn(folder);
        return new SessionStore(StoreFile.Open(path, StoreLayout.Steps), path, time);
    }

    /// <summary>Opens the store in a folder to look at it: makes nothing where there is none, and is content with one
    /// that cannot be written.</summary>
    /// <exception cref="ExplainedException">It cannot be: damaged, from a newer version. It is left as it
    /// is.</exception>
    public static SessionStore OpenForReading(string folder, TimeProvider time)
    {
        string path = PathIn(folder);
        return !StoreFile.Exists(path) ? InMemory(time)
            : StoreFile.IsReadOnly(path)
            || StoreFile.IsReadOnly(Path.GetDirectoryName(path)!)
            ? new SessionStore(StoreFile.OpenReadOnly(path, StoreLayout.Steps), path, time)
            : Open(folder, time);
    }

    /// <summary>An empty store that is kept nowhere.</summary>
    public static SessionStore InMemory(TimeProvider time) =>
        new(StoreFile.OpenInMemory(StoreLayout.Steps), "the store in memory", time);

    /// <summary>The file of the store in a folder.</summary>
    public static string PathIn(string folder) => Path.Combine(Path.GetFullPath(folder), StoreFile.Name);

    /// <inheritdoc/>
    public bool Waits { get; set; } = true;

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <inheritdoc/>
    public IReadOnlyList<WalkerProfile> Walkers() =>
        Read(() => _connection.Rows(Walker, "SELECT id, name, created_at FROM walker ORDER BY name"));

    /// <inheritdoc/>
    public WalkerProfile WalkerNamed(string name) => WalkerNamed(name, Now());

    /// <inheritdoc/>
    public WalkerProfile GuestNamed(string name) => WalkerNamed(name, usedAt: 0);

    private WalkerProfile WalkerNamed(string name, long usedAt) => FindWalker(name) ?? Write(() =>
    {
        _connection.Run("INSERT OR IGNORE INTO walker (name, created_at, used_at) VALUES ($1, $2, $3)", name.Trim(),
            Now(), usedAt);
        return _connection.Rows(Walker, "SELECT id, name, created_at FROM walker WHERE name = $1", name.Trim())[0];
    });

    /// <inheritdoc/>
    public WalkerProfile LastWalker() =>
        Read(() => _connection.Rows(Walker, "SELECT id, name, created_at FROM walker ORDER BY used_at DESC, id DESC "
            + "LIMIT 1")) is [var last]
            ? last
            : WalkerNamed(WalkerProfile.DefaultName);

    /// <inheritdoc/>
    public bool Rename(long walkerId, string name)
    {
        if (FindWalker(name) is { } other && other.Id != walkerId)
        {
            return false;
        }

        return Write(
            () => _connection.Run("UPDATE OR IGNORE walker SET name = $2 WHERE id = $1", walkerId, name.Trim())) == 1;
    }

    /// <inheritdoc/>
    public void Remove(long walkerId) => Write(() => _connection.Run("DELETE FROM walker WHERE id = $1", walkerId));

    /// <inheritdoc/>
    public SessionHeader Begin(SessionHeader header) => Write(() =>
    {
        Use(header.WalkerId);
        return Insert(header);
    });

    /// <summary>The last note before a walk belongs to it, when it was made in the hours before.</summary>
    private void TakePainBefore(SessionHeader header)
    {
        if (!header.IsSimulated && !header.IsStartUnknown)
        {
            long start = header.StartedAt.ToUnixTimeMilliseconds();
            _connection.Run(
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

    /// <inheritdoc/>
    public void Add(long sessionId, IReadOnlyList<KeptStride> strides)
    {
        if (strides.Count > 0)
        {
            Write(() => new StrideTable(_connection, sessionId).AddNew(strides) + TouchRow(sessionId));
        }
    }

    /// <inheritdoc/>
    public void Name(long sessionId, int sensor, int sessionNumber, uint? flash) => Write(() => _connection.Run(
        "UPDATE sensor SET session_number = $3, flash = $4 WHERE session_id = $1 AND position = $2 AND session_number "
        + "IS NULL", sessionId, sensor, sessionNumber, flash));

    /// <inheritdoc/>
    public void Add(long sessionId, SessionMark mark) => Write(() => Insert(sessionId, mark) + TouchRow(sessionId));

    /// <inheritdoc/>
    public void Close(long sessionId) => Write(() => CloseRow(sessionId, TotalsOf(sessionId), isComplete: true));

    /// <inheritdoc/>
    public void Reopen(long sessionId) =>
        Write(
            () => _connection.Run("UPDATE session SET state = $2, touched_at = $3 WHERE id = $1", sessionId, StateOpen,
                Now()));

    /// <inheritdoc/>
    public void Touch(long sessionId) => Write(() => TouchRow(sessionId));

    /// <inheritdoc/>
    public int CloseAbandoned(TimeSpan patience)
    {
        long before = Now() - (long)patience.TotalMilliseconds;
        long after = Now() + (long)patience.TotalMilliseconds; // touched by a clock that was ahead
        const string Abandoned = "SELECT id FROM session WHERE state = 0 AND (touched_at < $1 OR touched_at > $2)";
        return Read(() => _connection.Rows(Key, Abandoned, before, after)).Count == 0 ? 0 : Write(() =>
        {
            var abandoned = _connection.Rows(Key, Abandoned, before, after); // once more: now nobody else writes
            foreach (long id in abandoned)
            {
                CloseRow(id, TotalsOf(id), isComplete: false);
            }

            return abandoned.Count;
        });
    }

    /// <inheritdoc/>
    public SessionHeader Keep(KeptSession session) => Write(() =>
    {
        var header = Insert(session.Summary.Header);
        Insert(header.Id, session.Strides);
        foreach (var mark in session.Marks)
        {
            Insert(header.Id, mark);
        }

        foreach (var pain in session.Pain)
        {
            Insert(pain with { SessionId = header.Id, WalkerId = header.WalkerId });
        }

        CloseRow(header.Id, session.Summary.Totals, session.Summary.IsComplete);
        return header;
    });

    /// <inheritdoc/>
    public IReadOnlyList<SessionSummary> Summaries(long? walkerId = null, DateTimeOffset? since = null,
        int? atMost = null) => Read(() =>
    {
        const string Chosen =
            "FROM session s WHERE ($1 IS NULL OR s.walker_id = $1) AND ($2 IS NULL OR s.started_at >= $2) ORDER BY "
            + "s.started_at > $4, s.started_at DESC, s.id DESC LIMIT $3";
        long latest = Now() + (long)Tomorrow.TotalMilliseconds;
        object?[] values = [walkerId, since?.ToUnixTimeMilliseconds(), atMost ?? -1, latest];
        var sensors = _connection.Rows(
            reader => (Session: reader.GetInt64(0), Sensor: Sensor(reader, 1)),
            $"SELECT n.session_id, n.name, n.address, n.placement, n.session_number, n.flash FROM sensor n WHERE "
            + $"n.session_id IN (SELECT s.id {Chosen}) ORDER BY n.session_id, n.position",
            values).ToLookup(row => row.Session, row => row.Sensor);
        return _connection.Rows(reader => Summary(reader, [.. sensors[reader.GetInt64(0)]]),
            $"SELECT {SessionColumns} {Chosen}", values)
            .ConvertAll(WithTotalsSoFar);
    });

    /// <inheritdoc/>
    public KeptSession? Find(long sessionId) => Read(() =>
    {
        if (SummaryOf("s.id = $1", sessionId) is not { } summary)
        {
            return null;
        }

        return new KeptSession(
            summary,
            _connection.Rows(Walker, "SELECT id, name, created_at FROM walker WHERE id = $1",
                summary.Header.WalkerId)[0],
            Strides(sessionId),
            Marks(sessionId),
            _connection.Rows(NoteTable.Pain,
                $"SELECT {NoteTable.PainColumns} FROM pain WHERE session_id = $1 ORDER BY at, id", sessionId));
    });

    /// <inheritdoc/>
    public IReadOnlyList<SessionSummary> OfSensor(string address, int sessionNumber) => Read(() => _connection
        .Rows(Key, "SELECT session_id FROM sensor WHERE address = $1 AND session_number = $2 ORDER BY session_id DESC",
            address, sessionNumber)
        .ConvertAll(id => SummaryOf("s.id = $1", id)!));

    /// <inheritdoc/>
    public IReadOnlyList<Stride> NotHeld(string address, IReadOnlyList<Stride> strides) => Read(() =>
    {
        var held = _connection.Rows(
            reader => Convert.ToHexString(reader.GetFieldValue<byte[]>(0)),
            """
            SELECT t.record FROM sensor n JOIN stride t ON t.session_id = n.session_id AND t.sensor = n.position
            WHERE n.address = $1 AND t.sequence BETWEEN $2 AND $3
            """,
            address, (long)strides.Min(stride => stride.Sequence), (long)strides.Max(stride => stride.Sequence))
            .ToHashSet();
        return strides.Where(stride => !held.Contains(StrideRecord.Name(stride))).ToArray();
    });

    /// <inheritdoc/>
    public StrideMark? LastWithoutGap(string address) => Read<StrideMark?>(() =>
    {
        var strides = _connection.Rows(
            reader => new StrideMark(reader.GetInt32(0), (uint)reader.GetInt64(1)) { Flash = (uint)reader.GetInt64(2) },
            """
            SELECT t.run, t.sequence, ifnull(n.flash, 0)
            FROM sensor n JOIN stride t ON t.session_id = n.session_id AND t.sensor = n.position
            WHERE n.address = $1 AND n.session_id = (SELECT max(session_id) FROM sensor WHERE address = $1)
            ORDER BY t.run, t.sequence
            """,
            address);
        if (strides.Count == 0 || strides[^1].Run is 0 or >= KeptStride.FirstRunToldApart)
        {
            return null; // a sensor that cannot count its starts: numbers say nothing of what is kept
        }

        var last = strides.First(stride => stride.Run == strides[^1].Run); // the newest start of the sensor
        foreach (var stride in strides.Where(stride => stride.Run == last.Run && stride.Sequence == last.Sequence + 1))
        {
            last = stride;
        }

        return last;
    });

    /// <inheritdoc/>
    public bool Delete(long sessionId) =>
        Write(() => _connection.Run("DELETE FROM session WHERE id = $1", sessionId)) == 1;

    /// <inheritdoc/>
    public void Note(PainNote pain) => Write(() =>
    {
        Use(pain.WalkerId);
        return Insert(pain);
    });

    /// <inheritdoc/>
    public void Note(WalkerNote note) => Write(() =>
    {
        Use(note.WalkerId);
        return new NoteTable(_connection).Add(note);
    });

    /// <inheritdoc/>
    public IReadOnlyList<WalkerNote> Notes(long walkerId) => Read(() => new NoteTable(_connection).Notes(walkerId));

    /// <inheritdoc/>
    public TakenBack? LastNote(long walkerId) =>
        Read(() => new NoteTable(_connection).Last(walkerId)) is var (_, _, last) ? last : null;

    /// <inheritdoc/>
    public TakenBack? Undo(long walkerId) => Write(() => new NoteTable(_connection).TakeBack(walkerId));

    /// <inheritdoc/>
    public IReadOnlyList<PainNote> Pain(long walkerId) =>
        Read(
            () => _connection.Rows(NoteTable.Pain,
                $"SELECT {NoteTable.PainColumns} FROM pain WHERE walker_id = $1 ORDER BY at, id", walkerId));

    /// <inheritdoc/>
    public string? Setting(long walkerId, string key) =>
        Read(() => _connection.Rows(reader => reader.GetString(0), "SELECT value FROM setting WHERE walker_id = $1 "
            + "AND key = $2", walkerId, key).FirstOrDefault());

    /// <inheritdoc/>
    public void Keep(long walkerId, string key, string? value) => Write(() => value == null
        ? _connection.Run("DELETE FROM setting WHERE walker_id = $1 AND key = $2", walkerId, key)
        : _connection.Run("INSERT INTO setting (walker_id, key, value) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET "
            + "value = excluded.value", walkerId, key, value));

    /// <summary>Copies all that is kept, as it is at one moment, into a new file. Others may go on writing.</summary>
    /// <param name="path">The file; what there is of it is replaced.</param>
    /// <exception cref="ExplainedException">It cannot be written, or the store is damaged.</exception>
    public void CopyTo(string path) => Read(() =>
    {
        StoreFile.CopyTo(_connection, path);
        return true;
    });

    /// <summary>As if the disk were full: for tests.</summary>
    internal void LimitPages(int pages) =>
        _connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));

    private T Read<T>(Func<T> action) => StoreFile.Guard(_path, action);

    /// <summary>All of it or nothing.</summary>
    private T Write<T>(Func<T> action) => StoreFile.Guard(_path, () =>
    {
        if (!Waits)
        {
            return StoreFile.AtOnce(_connection, _path, action);
        }

        using var transaction = _connection.BeginTransaction(deferred: false);
        var result = action();
        transaction.Commit();
        return result;
    });

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private WalkerProfile? FindWalker(string name) =>
        Read(
            () => _connection.Rows(Walker, "SELECT id, name, created_at FROM walker WHERE name = $1", name.Trim())
                .FirstOrDefault());

    private void Use(long walkerId) =>
        _connection.Run("UPDATE walker SET used_at = max((SELECT max(used_at) FROM walker) + 1, $2) WHERE id = $1",
            walkerId, Now()); // later than all, whatever clock told theirs

    private SessionHeader Insert(SessionHeader header)
    {
        long id = _connection.Number(
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
            _connection.Run(
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

        TakePainBefore(header with { Id = id });
        return header with { Id = id };
    }

    private int Insert(long sessionId, IReadOnlyList<KeptStride> strides) =>
        new StrideTable(_connection, sessionId).Add(strides);

    private int Insert(long sessionId, SessionMark mark) => _connection.Run(
        "INSERT OR IGNORE INTO mark (session_id, at_ms, kind) VALUES ($1, $2, $3)", sessionId,
        (long)mark.At.TotalMilliseconds, (int)mark.Kind);

    private int Insert(PainNote pain) => new NoteTable(_connection).Add(pain);

    private int TouchRow(long sessionId) =>
        _connection.Run("UPDATE session SET touched_at = $2 WHERE id = $1", sessionId, Now());

    private int CloseRow(long sessionId, SessionTotals totals, bool isComplete) => _connection.Run(
        """
        UPDATE session SET state = $2, elapsed_ms = $3, active_ms = $4, backward = $5, forward = $6, unknown = $7,
            landed = $8, toe_first = $9, postured = $10, held = $11,
            cadence = $12, foot_strike_degrees = $13, tilt_degrees = $14, distance_meters = $15,
            belt_meters_per_second = $16, settled_after_ms = $17 WHERE id = $1
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
        Milliseconds(totals.RhythmSettledAfter));

    private SessionSummary? SummaryOf(string where, params ReadOnlySpan<object?> values) =>
        _connection.Rows(reader => Summary(reader, []), $"SELECT {SessionColumns} FROM session s WHERE {where}",
            values) is [var found]
            ? WithTotalsSoFar(found with { Header = found.Header with { Sensors = Sensors(found.Header.Id) } })
            : null;

    /// <summary>While a session goes on, its row has no totals yet.</summary>
    private SessionSummary WithTotalsSoFar(SessionSummary summary) => summary.IsOpen
        ? summary with { Totals = TotalsOf(summary.Header.Id) }
        : summary;

    private SessionTotals TotalsOf(long id) => SessionTotals.Of(Sensors(id), Strides(id), Marks(id));

    private List<SessionSensor> Sensors(long sessionId) => _connection.Rows(
        reader => Sensor(reader, 0),
        "SELECT name, address, placement, session_number, flash FROM sensor WHERE session_id = $1 ORDER BY position",
        sessionId);

    private KeptStride[] Strides(long sessionId) =>
    [
        .. _connection.Rows(
            reader => new KeptStride(
                reader.GetInt32(0),
                reader.GetInt32(1),
                reader.Time(2),
                StrideCodec.Decode(reader.GetFieldValue<byte[]>(4), out _) ?? throw StoreFile.Damaged(_path, null),
                reader.Kind<Posture>(3)),
            "SELECT sensor, run, at_ms, rails, record FROM stride WHERE session_id = $1",
            sessionId).OrderBy(stride => stride.At),
    ];

    private List<SessionMark> Marks(long sessionId) => _connection.Rows(
        reader => new SessionMark(reader.Time(0), reader.Kind<MarkKind>(1)),
        "SELECT at_ms, kind FROM mark WHERE session_id = $1 ORDER BY at_ms, kind", sessionId);

    private static long? Milliseconds(TimeSpan? time) => (long?)time?.TotalMilliseconds;

    private static long Key(SqliteDataReader reader) => reader.GetInt64(0);

    // An offset beyond 14 hours, or a year beyond 9999, throws.
    internal static DateTimeOffset Moment(long milliseconds, int offsetMinutes) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToOffset(TimeSpan.FromMinutes(offsetMinutes));

    private static WalkerProfile Walker(SqliteDataReader reader) =>
        new(reader.GetInt64(0), reader.GetString(1), Moment(reader.GetInt64(2), 0));

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
            StartedAt = Moment(reader.GetInt64(2), reader.GetInt32(3)),
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
            BeltMetersPerSecond = reader.RealOrNull(22),
            RhythmSettledAfter = reader.TimeOrNull(23),
        },
        IsComplete: reader.GetInt32(8) == StateComplete)
    {
        IsOpen = reader.GetInt32(8) == StateOpen,
    };
}
