using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>The tables of the store, as numbered steps. A step that was ever released is never changed: a change is
/// another step.</summary>
internal static class StoreLayout
{
    /// <summary>"bstp" in the file's header (SQLite file format 1.3.17): tells a store of Backstep from any other
    /// database.</summary>
    public const int ApplicationId = 0x62737470;

    // Times are unix milliseconds; a session's own offset from UTC stands beside. A stride is the sensor's 20-byte
    // record (Protocol/StrideCodec) and its place in the session: 45 bytes in all, against 53 with a column for each
    // field, and read five times faster.
    private const string First = """
        CREATE TABLE walker (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE UNIQUE,
            created_at INTEGER NOT NULL,
            used_at INTEGER NOT NULL
        );
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            walker_id INTEGER NOT NULL REFERENCES walker ON DELETE CASCADE,
            started_at INTEGER NOT NULL,
            offset_minutes INTEGER NOT NULL,
            is_start_unknown INTEGER NOT NULL,
            mode INTEGER NOT NULL,
            is_simulated INTEGER NOT NULL,
            target_ms INTEGER,
            incline_percent REAL,
            state INTEGER NOT NULL,
            touched_at INTEGER NOT NULL,
            elapsed_ms INTEGER NOT NULL DEFAULT 0,
            active_ms INTEGER NOT NULL DEFAULT 0,
            backward INTEGER NOT NULL DEFAULT 0,
            forward INTEGER NOT NULL DEFAULT 0,
            unknown INTEGER NOT NULL DEFAULT 0,
            landed INTEGER NOT NULL DEFAULT 0,
            toe_first INTEGER NOT NULL DEFAULT 0,
            postured INTEGER NOT NULL DEFAULT 0,
            held INTEGER NOT NULL DEFAULT 0,
            cadence REAL,
            foot_strike_degrees REAL,
            tilt_degrees REAL,
            distance_meters REAL,
            belt_meters_per_second REAL,
            settled_after_ms INTEGER
        );
        CREATE INDEX session_by_start ON session (started_at);
        CREATE INDEX session_by_walker ON session (walker_id, started_at);
        CREATE INDEX session_open ON session (touched_at) WHERE state = 0;
        CREATE TABLE sensor (
            session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            address TEXT COLLATE NOCASE,
            placement INTEGER NOT NULL,
            session_number INTEGER,
            PRIMARY KEY (session_id, position)
        ) WITHOUT ROWID;
        CREATE INDEX sensor_by_address ON sensor (address, session_number) WHERE address IS NOT NULL;
        CREATE TABLE stride (
            session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            sensor INTEGER NOT NULL,
            run INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            rails INTEGER NOT NULL,
            record BLOB NOT NULL,
            PRIMARY KEY (session_id, sensor, run, sequence)
        ) WITHOUT ROWID;
        CREATE TABLE mark (
            session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            at_ms INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            PRIMARY KEY (session_id, at_ms, kind)
        ) WITHOUT ROWID;
        CREATE TABLE pain (
            id INTEGER PRIMARY KEY,
            walker_id INTEGER NOT NULL REFERENCES walker ON DELETE CASCADE,
            session_id INTEGER REFERENCES session ON DELETE CASCADE,
            at INTEGER NOT NULL,
            offset_minutes INTEGER NOT NULL,
            moment INTEGER NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 10),
            UNIQUE (session_id, moment)
        );
        CREATE INDEX pain_by_walker ON pain (walker_id, at);
        CREATE TABLE setting (
            walker_id INTEGER NOT NULL REFERENCES walker ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (walker_id, key)
        ) WITHOUT ROWID;
        """;

    // The identity of the flash under which a sensor's session number never comes again (Protocol/README.md, "What a
    // walk is called"): a u32; null when it was not told.
    private const string Second = "ALTER TABLE sensor ADD COLUMN flash INTEGER";

    // What was noted before a walk belongs to it, and did not until now: of each session the last note in the four
    // hours before it.
    private const string Third = """
        WITH belongs AS (
            SELECT p.id AS note, (
                SELECT s.id FROM session s
                WHERE s.walker_id = p.walker_id AND s.is_simulated = 0 AND s.is_start_unknown = 0
                    AND s.started_at BETWEEN p.at AND p.at + 14400000
                ORDER BY s.started_at LIMIT 1) AS session
            FROM pain p WHERE p.moment = 0 AND p.session_id IS NULL)
        UPDATE OR IGNORE pain SET session_id = (SELECT session FROM belongs WHERE note = pain.id)
        WHERE id IN (SELECT max(note) FROM belongs WHERE session IS NOT NULL GROUP BY session)
        """;

    // How far of the way it went backward: up a hill, and not down again. Null for a session that was closed before: it
    // is worked out when one looks at it.
    private const string Fourth = "ALTER TABLE session ADD COLUMN backward_meters REAL";

    // A second note of the same moment no longer takes the place of the first: a lower number would undo an alarm. What
    // is noted besides pain has a table of its own; the numbers of both say which was entered last.
    private const string Fifth = """
        CREATE TABLE pain_beside (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            walker_id INTEGER NOT NULL REFERENCES walker ON DELETE CASCADE,
            session_id INTEGER REFERENCES session ON DELETE CASCADE,
            at INTEGER NOT NULL,
            offset_minutes INTEGER NOT NULL,
            moment INTEGER NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 10),
            entered INTEGER NOT NULL DEFAULT 0
        );
        INSERT INTO pain_beside (id, walker_id, session_id, at, offset_minutes, moment, level)
            SELECT id, walker_id, session_id, at, offset_minutes, moment, level FROM pain;
        DROP TABLE pain;
        ALTER TABLE pain_beside RENAME TO pain;
        CREATE INDEX pain_by_walker ON pain (walker_id, at);
        CREATE INDEX pain_by_session ON pain (session_id, at);
        CREATE TABLE note (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            walker_id INTEGER NOT NULL REFERENCES walker ON DELETE CASCADE,
            at INTEGER NOT NULL,
            offset_minutes INTEGER NOT NULL,
            mode INTEGER NOT NULL,
            walked_ms INTEGER,
            text TEXT,
            entered INTEGER NOT NULL
        );
        CREATE INDEX note_by_walker ON note (walker_id, at)
        """;

    // The incline that the shoe measured, beside the one that the walker told, and how long it was walked while that
    // was known: a session that goes on counts on from there. Null: not measured.
    private const string Sixth = """
        ALTER TABLE session ADD COLUMN measured_incline_percent REAL;
        ALTER TABLE session ADD COLUMN incline_measured_ms INTEGER
        """;

    /// <summary>The steps: number i + 1 leads from layout i to layout i + 1.</summary>
    public static IReadOnlyList<string> Steps { get; } = [First, Second, Third, Fourth, Fifth, Sixth];

    /// <summary>Brings a store up to the newest layout, each step whole or not at all. Another process may be at it
    /// too: who comes second finds it done.</summary>
    public static void Update(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        while (connection.Number("PRAGMA user_version") < steps.Count)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            long layout = connection.Number("PRAGMA user_version");
            if (layout < steps.Count)
            {
                connection.Run(steps[(int)layout]);
                connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = "
                    + $"{ApplicationId}; PRAGMA "
                    + $"user_version = {layout + 1}"));
            }

            transaction.Commit();
        }
    }
}
