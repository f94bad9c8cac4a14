using System.Globalization;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Gateway;

/// <summary>What a clip is called in topics.</summary>
public static class ClipName
{
    private const uint Offset = 2166136261; // FNV-1a's (RFC 9923), 32 bits
    private const uint Prime = 16777619;

    /// <summary>Its address in lower case without colons. Where that is no Bluetooth address and cannot stand in a
    /// topic: what of it can, and a check sum, so that two addresses are two names.</summary>
    public static string Of(string address)
    {
        string lower = address.ToLowerInvariant();
        string plain = lower.Length == 17 && lower.Where((_, i) => i % 3 == 2).All(mark => mark == ':')
            ? lower.Replace(":", "", StringComparison.Ordinal) : lower;
        if (GymTopics.IsName(plain) && plain != GymTopics.Clips)
        {
            return plain;
        }

        const int Kept = 20;
        char[] letters = [.. plain.Where(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            .Take(Kept)];
        uint sum = Offset;
        foreach (char letter in address)
        {
            sum = unchecked((sum ^ letter) * Prime);
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"clip-{new string(letters)}-{sum:x6}");
        return name.Replace("--", "-", StringComparison.Ordinal);
    }

    /// <summary>A flash's identity in messages.</summary>
    public static string OfFlash(uint flash) => flash.ToString("x8", CultureInfo.InvariantCulture);
}
