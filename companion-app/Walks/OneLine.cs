using System.Globalization;
using System.Text;

namespace Backstep.Walks;

/// <summary>Keeps what others wrote (names out of the air, file cells, system messages) to one line that shows what it
/// says: nothing in it moves a cursor, turns the line round, or is there and not seen.</summary>
public static class OneLine
{
    private const int ZeroWidthJoiner = 0x200D; // holds an emoji together, and letters of several scripts
    private const int ZeroWidthNonJoiner = 0x200C; // keeps letters of the same scripts apart

    // Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt) where the category does not tell: fillers
    // that are letters, variation selectors and a joiner that are marks, places that are kept free; and what is no
    // character (FDD0 to FDEF).
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x3164, 0x3164),
        (0xFDD0, 0xFDEF), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
    ];

    /// <summary>The text, with line breaks and control characters as spaces and without what cannot be seen.</summary>
    public static string Of(string text) => Cleaned(text).Trim();

    /// <summary>The same with the blanks at its ends.</summary>
    public static string Cleaned(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text; // as most are, and lists have many
        }

        var line = new StringBuilder(text.Length);
        string joiner = "";
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner)
            {
                // It holds an emoji together, and shapes letters of several scripts; alone it is there and not seen.
                joiner = line.Length > 0 && !char.IsWhiteSpace(line[^1]) ? rune.ToString() : "";
            }
            else if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
            {
                line.Append(' ');
                joiner = "";
            }
            else if (!IsUnseen(rune))
            {
                bool isJoined = rune.Value > sbyte.MaxValue && !Rune.IsWhiteSpace(rune);
                line.Append(isJoined ? joiner : "").Append(rune.ToString());
                joiner = "";
            }
        }

        return line.ToString();
    }

    /// <summary>Whether a character takes no place and shows nothing, or is none: the last two of every plane, which
    /// nothing may hold.</summary>
    internal static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || (rune.Value & 0xFFFE) == 0xFFFE
        || Array.Exists(Ignorable, range => rune.Value >= range.First && rune.Value <= range.Last);
}
