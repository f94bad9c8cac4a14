using Backstep.Store;

namespace Backstep.Gym.Keeping;

/// <summary>Users.</summary>
internal static class UserTable
{
    public static async Task<IReadOnlyList<GymUser>> ReadAsync(GymConnection sql) => await sql.RowsAsync(
        row => new GymUser(row.Text(0), RoleOf(row.Text(1)), row.Text(2)),
        "SELECT name, role, password_hash FROM gym_user ORDER BY name").ConfigureAwait(false);

    public static Task<int> KeepAsync(GymConnection sql, GymUser user) => sql.RunAsync("""
        INSERT INTO gym_user (name, role, password_hash) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash
        """, user.Name, WordOf(user.Role), user.PasswordHash);

    private static string WordOf(GymRole role) => role.ToString().ToLowerInvariant();

    // A role that is not known is no role that may be guessed.
    private static GymRole RoleOf(string word)
    {
        foreach (var role in Enum.GetValues<GymRole>())
        {
            if (WordOf(role) == word)
            {
                return role;
            }
        }

        throw new StoreException("a user has a role that this version does not know. It was left as it is: update "
            + "this program.");
    }
}
