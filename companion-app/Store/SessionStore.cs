using System.Globalization;
using Backstep.Gait;
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
    // The sensor's log of 192 KB holds so many of 17 strides (firmware/Sensor/Storage/README.md). Looking through all
    // of ten thousand sessions takes seconds.
    private const int SessionsOfAFlash = 500;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly WalkerTable _walkers;
    private readonly SessionTable _sessions;
    private readonly PainTable _pain;
    private readonly NoteTable _notes;

    private SessionStore(SqliteConnection connection, string path, TimeProvider time)
    {
        _connection = connection;
        _path = path;
        _walkers = new WalkerTable(connection, time);
        _sessions = new SessionTable(connection, path, time);
        _pain = new PainTable(connection, time);
        _notes = new NoteTable(connection);
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
    public IReadOnlyList<WalkerProfile> Walkers() => Read(_walkers.All);

    /// <inheritdoc/>
    public WalkerProfile WalkerNamed(string name) => Named(name, isGuest: false);

    /// <inheritdoc/>
    public WalkerProfile GuestNamed(string name) => Named(name, isGuest: true);

    /// <inheritdoc/>
    public WalkerProfile LastWalker() => Read(_walkers.Last) ?? WalkerNamed(WalkerProfile.DefaultName);

    /// <inheritdoc/>
    public bool Rename(long walkerId, string name) => Write(() => _walkers.Rename(walkerId, name));

    /// <inheritdoc/>
    public void Remove(long walkerId) => Write(() => _walkers.Remove(walkerId));

    /// <inheritdoc/>
    public SessionHeader Begin(SessionHeader header) => Write(() =>
    {
        _walkers.Use(header.WalkerId);
        return Insert(header);
    });

    /// <inheritdoc/>
    public void Add(long sessionId, IReadOnlyList<KeptStride> strides)
    {
        if (strides.Count > 0)
        {
            Write(() => new StrideTable(_connection, sessionId).AddNew(strides) + _sessions.Touch(sessionId));
        }
    }

    /// <inheritdoc/>
    public void Name(long sessionId, int sensor, int sessionNumber, uint? flash) => Write(() => _connection.Run(
        "UPDATE sensor SET session_number = $3, flash = $4 WHERE session_id = $1 AND position = $2 AND session_number "
        + "IS NULL", sessionId, sensor, sessionNumber, flash));

    /// <inheritdoc/>
    public void Measure(long sessionId, MeasuredIncline incline) =>
        Write(() => _sessions.Measure(sessionId, incline));

    /// <inheritdoc/>
    public void Add(long sessionId, SessionMark mark) =>
        Write(() => _sessions.Insert(sessionId, mark) + _sessions.Touch(sessionId));

    /// <inheritdoc/>
    public void Close(long sessionId) =>
        Write(() => _sessions.Close(sessionId, _sessions.TotalsOf(sessionId), isComplete: true));

    /// <inheritdoc/>
    public void Reopen(long sessionId) => Write(() => _sessions.Reopen(sessionId));

    /// <inheritdoc/>
    public void Touch(long sessionId) => Write(() => _sessions.Touch(sessionId));

    /// <inheritdoc/>
    public int CloseAbandoned(TimeSpan patience) =>
        Read(() => _sessions.Abandoned(patience)).Count == 0 ? 0 : Write(() =>
        {
            var abandoned = _sessions.Abandoned(patience); // once more: now nobody else writes
            foreach (long id in abandoned)
            {
                _sessions.Close(id, _sessions.TotalsOf(id), isComplete: false);
            }

            return abandoned.Count;
        });

    /// <inheritdoc/>
    public SessionHeader Keep(KeptSession session) => Write(() =>
    {
        var header = Insert(session.Summary.Header);
        new StrideTable(_connection, header.Id).Add(session.Strides);
        foreach (var mark in session.Marks)
        {
            _sessions.Insert(header.Id, mark);
        }

        foreach (var pain in session.Pain)
        {
            _pain.Insert(pain with { SessionId = header.Id, WalkerId = header.WalkerId });
        }

        if (session.Summary.MeasuredIncline is { } incline)
        {
            _sessions.Measure(header.Id, incline);
        }

        _sessions.Close(header.Id, session.Summary.Totals, session.Summary.IsComplete);
        return header;
    });

    /// <inheritdoc/>
    public IReadOnlyList<SessionSummary> Summaries(long? walkerId = null, DateTimeOffset? since = null,
        int? atMost = null) => Read(() => _sessions.Summaries(walkerId, since, atMost));

    /// <inheritdoc/>
    public IReadOnlyList<CuedSession> Cued(long walkerId, bool ofSimulated, DateTimeOffset since,
        DateTimeOffset until) => Read(() => _sessions.Cued(walkerId, ofSimulated, since, until));

    /// <inheritdoc/>
    public KeptSession? Find(long sessionId) => Read(() => _sessions.Find(sessionId) is { } summary
        ? new KeptSession(_sessions.WithBackwardMeters(summary), _walkers.Of(summary.Header.WalkerId),
            _sessions.Strides(sessionId), _sessions.Marks(sessionId), _pain.OfSession(sessionId))
        : null);

    /// <inheritdoc/>
    public IReadOnlyList<SessionSummary> OfSensor(string address, int sessionNumber) =>
        Read(() => _sessions.OfSensor(address, sessionNumber));

    /// <inheritdoc/>
    public IReadOnlyList<Stride> NotHeld(string address, IReadOnlyList<Stride> strides) => Read(() =>
    {
        var held = _connection.Rows(
            reader => Convert.ToHexString(reader.GetFieldValue<byte[]>(0)),
            """
            SELECT t.record FROM
                (SELECT session_id, position FROM sensor WHERE address = $1 ORDER BY session_id DESC LIMIT $4) n
            CROSS JOIN stride t ON t.session_id = n.session_id AND t.sensor = n.position
            WHERE t.sequence BETWEEN $2 AND $3
            """,
            address, (long)strides.Min(stride => stride.Sequence), (long)strides.Max(stride => stride.Sequence),
            SessionsOfAFlash).ToHashSet();
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
        _walkers.Use(pain.WalkerId);
        return _pain.Insert(pain);
    });

    /// <inheritdoc/>
    public void Note(WalkerNote note) => Write(() =>
    {
        _walkers.Use(note.WalkerId);
        return _notes.Add(note);
    });

    /// <inheritdoc/>
    public IReadOnlyList<WalkerNote> Notes(long walkerId) => Read(() => _notes.OfWalker(walkerId));

    /// <inheritdoc/>
    public TakenBack? LastNote(long walkerId) => Read(() => _notes.Last(walkerId)) is var (_, _, last) ? last : null;

    /// <inheritdoc/>
    public TakenBack? Undo(long walkerId) => Write(() => _notes.TakeBack(walkerId));

    /// <inheritdoc/>
    public IReadOnlyList<PainNote> Pain(long walkerId) => Read(() => _pain.OfWalker(walkerId));

    /// <inheritdoc/>
    public string? Setting(long walkerId, string key) => Read(() => _walkers.Setting(walkerId, key));

    /// <inheritdoc/>
    public void Keep(long walkerId, string key, string? value) => Write(() => _walkers.Keep(walkerId, key, value));

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

    private T Read<T>(Func<T> action) => StoreTrouble.Guard(_path, action);

    /// <summary>All of it or nothing.</summary>
    private T Write<T>(Func<T> action) => StoreTrouble.Guard(_path, () =>
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

    private WalkerProfile Named(string name, bool isGuest) =>
        Read(() => _walkers.Find(name)) ?? Write(() => _walkers.Make(name, isGuest));

    private SessionHeader Insert(SessionHeader header)
    {
        var begun = _sessions.Insert(header);
        _pain.TakeBefore(begun);
        return begun;
    }
}
