namespace Backstep.Gym.Keeping;

/// <summary>The tables, as numbered steps, for both databases. A step that was ever released is never changed: a change
/// is another step. README.md beside this file says what each table is for.</summary>
internal static class GymLayout
{
    // SQLite takes any word for a type: a timestamptz is milliseconds there, a boolean 0 or 1.
    private const string FirstShared = """
        CREATE TABLE clip (
            clip text PRIMARY KEY,
            number integer,
            name text,
            belt integer,
            gateway text,
            is_simulated boolean NOT NULL,
            firmware text,
            battery_percent integer,
            last_seen_at timestamptz
        );
        CREATE TABLE clip_gateway (
            clip text NOT NULL,
            gateway text NOT NULL,
            PRIMARY KEY (clip, gateway)
        );
        CREATE TABLE belt (
            number integer PRIMARY KEY,
            key text NOT NULL UNIQUE
        );
        CREATE TABLE belt_walk (
            id text PRIMARY KEY,
            belt integer NOT NULL,
            clip text NOT NULL,
            begun_at timestamptz NOT NULL,
            ended_at timestamptz,
            nickname text,
            target_ms bigint,
            is_on_wall boolean NOT NULL,
            code_hash text
        );
        CREATE UNIQUE INDEX belt_walk_by_code ON belt_walk (code_hash) WHERE code_hash IS NOT NULL;
        CREATE INDEX belt_walk_open ON belt_walk (begun_at) WHERE ended_at IS NULL;
        CREATE INDEX belt_walk_ended ON belt_walk (ended_at);
        CREATE TABLE gym_user (
            name text PRIMARY KEY,
            role text NOT NULL,
            password_hash text NOT NULL
        );
        CREATE TABLE setting (
            key text PRIMARY KEY,
            value text NOT NULL
        );
        CREATE TABLE session (
            clip text NOT NULL,
            flash text NOT NULL,
            key_run integer NOT NULL,
            session integer NOT NULL,
            begun_at timestamptz,
            ended_at timestamptz,
            kept_at timestamptz NOT NULL,
            strides bigint NOT NULL,
            told text NOT NULL,
            PRIMARY KEY (clip, flash, key_run, session)
        );
        CREATE INDEX session_by_end ON session (clip, ended_at);
        CREATE INDEX session_by_keeping ON session (kept_at);
        """;

    private const string FirstSqlite = FirstShared + """
        CREATE TABLE stride (
            clip text NOT NULL,
            flash text NOT NULL,
            run integer NOT NULL,
            number integer NOT NULL,
            session integer,
            is_simulated boolean NOT NULL,
            at timestamptz NOT NULL,
            record blob NOT NULL,
            PRIMARY KEY (clip, flash, run, number)
        ) WITHOUT ROWID;
        CREATE INDEX stride_by_time ON stride (clip, at);
        """;

    // The month of a run is fixed by its first stride that came: a stride that is sent again falls on its key, whatever
    // the month is then and whoever sends it.
    private const string FirstPostgres = FirstShared + """
        CREATE TABLE stride_run (
            clip text NOT NULL,
            flash text NOT NULL,
            run integer NOT NULL,
            month date NOT NULL,
            PRIMARY KEY (clip, flash, run)
        );
        CREATE INDEX stride_run_by_month ON stride_run (month);
        CREATE TABLE stride (
            month date NOT NULL,
            clip text NOT NULL,
            flash text NOT NULL,
            run integer NOT NULL,
            number bigint NOT NULL,
            session integer,
            is_simulated boolean NOT NULL,
            at timestamptz NOT NULL,
            record bytea NOT NULL,
            PRIMARY KEY (month, clip, flash, run, number)
        ) PARTITION BY RANGE (month);
        CREATE INDEX stride_by_time ON stride (clip, at);
        """;

    /// <summary>Step number i + 1 leads from layout i to layout i + 1.</summary>
    public static IReadOnlyList<string> Sqlite { get; } = [FirstSqlite];

    /// <summary>The same for PostgreSQL.</summary>
    public static IReadOnlyList<string> Postgres { get; } = [FirstPostgres];
}
