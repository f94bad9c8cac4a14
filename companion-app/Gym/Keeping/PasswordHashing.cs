using System.Security.Cryptography;
using Backstep.Gym.Messages;
using Backstep.Walks;
using Microsoft.AspNetCore.Identity;

namespace Backstep.Gym.Keeping;

/// <summary>Passwords as ASP.NET's own hasher keeps them (PBKDF2 with a salt of its own).</summary>
public static class PasswordHashing
{
    /// <summary>The shortest. Ours, above NIST SP 800-63B's 8: these are typed once.</summary>
    public const int ShortestLength = 10;

    /// <summary>Ours: longer is no password, and hashing it costs.</summary>
    public const int LongestLength = 256;

    private static readonly PasswordHasher<GymUser> Hasher = new();

    // Somebody who is not known is refused as slowly as somebody who is.
    private static readonly GymUser Nobody = new("nobody", GymRole.Reader,
        Hasher.HashPassword(null!, Convert.ToHexString(RandomNumberGenerator.GetBytes(16))));

    /// <summary>A user with a password.</summary>
    /// <exception cref="BadRequestException">The name or the password will not do.</exception>
    public static GymUser Make(string name, GymRole role, string password)
    {
        GymTopics.Name(name, "user");
        string? problem = password.Length < ShortestLength ? $"it has fewer than {ShortestLength} characters"
            : password.Length > LongestLength ? $"it has more than {LongestLength} characters"
            : password.Contains(name, StringComparison.OrdinalIgnoreCase) && password.Length - name.Length < 6
                ? "it is little more than the name"
            : password.Distinct().Count() < 4 ? "it repeats a few characters" : null;
        return problem != null ? throw new BadRequestException($"that password will not do: {problem}.")
            : new GymUser(name, role, Hasher.HashPassword(null!, password));
    }

    /// <summary>Whether it is the user's. For nobody it takes as long, and it is not.</summary>
    public static bool IsRight(GymUser? user, string password)
    {
        try
        {
            var asked = user ?? Nobody;
            return password.Length <= LongestLength
                && Hasher.VerifyHashedPassword(asked, asked.PasswordHash, password) != PasswordVerificationResult.Failed
                && user != null;
        }
        catch (FormatException)
        {
            return false; // the hash is none
        }
    }
}
