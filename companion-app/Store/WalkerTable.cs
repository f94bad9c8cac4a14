using Backstep.Walks;
using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>Walkers and what each has set. Whoever calls guards and commits.</summary>
internal sealed class WalkerTable(SqliteConnection connection, TimeProvider time)
{
    /// <summary>All, by name.</summary>
    public List<WalkerProfile> All() =>
        connection.Rows(Walker, "SELECT id, name, created_at FROM walker ORDER BY name");

    /// <summary>The one of that key.</summary>
    public WalkerProfile Of(long id) =>
        connection.Rows(Walker, "SELECT id, name, created_at FROM walker WHERE id = $1", id)[0];

    /// <summary>The one of that name; null when there is none.</summary>
    public WalkerProfile? Find(string name) => WalkerNames.Find(name, All());

    /// <summary>The one used last; null when there is none.</summary>
    public WalkerProfile? Last() =>
        connection.Rows(Walker, "SELECT id, name, created_at FROM walker ORDER BY used_at DESC, id DESC LIMIT 1")
            .FirstOrDefault();

    /// <summary>Makes one unless there is one of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isGuest">Not taken for whoever walks on this computer.</param>
    public WalkerProfile Make(string name, bool isGuest) => Find(name) ?? connection.Rows(Walker,
        "INSERT INTO walker (name, created_at, used_at) VALUES ($1, $2, $3) RETURNING id, name, created_at",
        WalkerNames.Clean(name), Now(), isGuest ? 0 : Now())[0];

    /// <summary>Gives another name. False when somebody has it.</summary>
    public bool Rename(long id, string name) =>
        All().TrueForAll(other => other.Id == id || !NameReading.IsSame(other.Name, name))
            && connection.Run("UPDATE walker SET name = $2 WHERE id = $1", id, WalkerNames.Clean(name)) == 1;

    /// <summary>Forgets one with all that is theirs.</summary>
    public int Remove(long id) => connection.Run("DELETE FROM walker WHERE id = $1", id);

    /// <summary>Walks now: is the last from now on.</summary>
    public int Use(long walkerId) =>
        connection.Run("UPDATE walker SET used_at = max((SELECT max(used_at) FROM walker) + 1, $2) WHERE id = $1",
            walkerId, Now()); // later than all, whatever clock told theirs

    /// <summary>What a walker has set; null when nothing.</summary>
    public string? Setting(long walkerId, string key) =>
        connection.Rows(reader => reader.GetString(0), "SELECT value FROM setting WHERE walker_id = $1 AND key = $2",
            walkerId, key).FirstOrDefault();

    /// <summary>Sets; null: sets no longer.</summary>
    public int Keep(long walkerId, string key, string? value) => value == null
        ? connection.Run("DELETE FROM setting WHERE walker_id = $1 AND key = $2", walkerId, key)
        : connection.Run("INSERT INTO setting (walker_id, key, value) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET "
            + "value = excluded.value", walkerId, key, value);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static WalkerProfile Walker(SqliteDataReader reader) =>
        new(reader.GetInt64(0), reader.GetString(1), Sql.Moment(reader.Whole(2), 0));
}
