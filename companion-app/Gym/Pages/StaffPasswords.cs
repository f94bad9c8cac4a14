using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Microsoft.AspNetCore.Identity;

namespace Backstep.Gym.Pages;

/// <summary>Passwords, by ASP.NET's own hasher.</summary>
public static class StaffPasswords
{
    private static readonly PasswordHasher<GymUser> Hasher = new();
    private static readonly GymUser Nobody = WithPassword("nobody", GymRole.Reader, RoomDesk.Secret());

    /// <summary>A user with that password.</summary>
    public static GymUser WithPassword(string name, GymRole role, string password)
    {
        var user = new GymUser(name, role, "");
        return user with { PasswordHash = Hasher.HashPassword(user, password) };
    }

    /// <summary>Whether it is the user's password. For nobody it takes as long, and it is not.</summary>
    public static bool IsRight(GymUser? user, string password) =>
        Hasher.VerifyHashedPassword(user ?? Nobody, (user ?? Nobody).PasswordHash, password)
            != PasswordVerificationResult.Failed && user != null;

    /// <summary>Changes with the password and tells nothing of it: a session that was begun under another is
    /// over.</summary>
    internal static string Stamp(GymUser user) => RoomDesk.Hash(user.PasswordHash)[..16];
}
