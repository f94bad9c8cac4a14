using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Walks;
using Microsoft.AspNetCore.Identity;

namespace Backstep.Gym.Server;

/// <summary>Passwords as ASP.NET's own hasher keeps them (PBKDF2 with a salt of its own).</summary>
public sealed class PasswordHashing
{
    /// <summary>The shortest. Ours, above NIST SP 800-63B's 8: these are typed once.</summary>
    public const int ShortestLength = 10;

    // Ours: longer is no password, and hashing it costs.
    private const int LongestLength = 256;

    private readonly PasswordHasher<GymUser> _hasher = new();

    /// <summary>A user with a password.</summary>
    /// <exception cref="BadRequestException">The name or the password will not do.</exception>
    public GymUser Make(string name, GymRole role, string password)
    {
        GymTopics.Name(name, "user");
        string? problem = password.Length < ShortestLength ? $"it has fewer than {ShortestLength} characters"
            : password.Length > LongestLength ? $"it has more than {LongestLength} characters"
            : password.Contains(name, StringComparison.OrdinalIgnoreCase) && password.Length - name.Length < 6
                ? "it is little more than the name"
            : password.Distinct().Count() < 4 ? "it repeats a few characters" : null;
        return problem != null ? throw new BadRequestException($"that password will not do: {problem}.")
            : new GymUser(name, role, _hasher.HashPassword(null!, password));
    }

    /// <summary>Whether it is the user's.</summary>
    public bool IsRight(GymUser user, string password)
    {
        try
        {
            return password.Length <= LongestLength
                && _hasher.VerifyHashedPassword(user, user.PasswordHash, password) != PasswordVerificationResult.Failed;
        }
        catch (FormatException)
        {
            return false; // the hash is none
        }
    }
}
