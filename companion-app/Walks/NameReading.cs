using System.Text;

namespace Backstep.Walks;

/// <summary>Whether names read the same to a person: whatever the case, however accents, widths and blanks are encoded,
/// and whatever is in them that cannot be seen. Letters of other scripts that only look alike are others.</summary>
public static class NameReading
{
    private const int BrailleBlank = 0x2800; // a pattern without a dot (Unicode chart 2800)

    /// <summary>What is the same for all names that read the same; empty for one with nothing to read.</summary>
    public static string Of(string name)
    {
        string seen = string.Concat(OneLine.Cleaned(name).EnumerateRunes().Where(rune => !OneLine.IsUnseen(rune)));
        string folded = seen.Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant()
            .Normalize(NormalizationForm.FormKC);
        var blank = new Rune(' ');
        string spaced = string.Concat(folded.EnumerateRunes()
            .Select(rune => Rune.IsWhiteSpace(rune) || rune.Value == BrailleBlank ? blank : rune));
        return string.Join(' ', spaced.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether two read the same.</summary>
    public static bool IsSame(string one, string other) => string.Equals(Of(one), Of(other), StringComparison.Ordinal);
}
