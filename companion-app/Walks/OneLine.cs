using System.Globalization;
using System.Text;

namespace Backstep.Walks;

/// <summary>Keeps what others wrote (names out of the air, file cells, system messages) to one line that shows what it
/// says: nothing in it moves a cursor, turns the line round, or is there and not seen.</summary>
public static class OneLine
{
    private const int ZeroWidthJoiner = 0x200D; // holds an emoji together, and letters of several scripts
    private const int ZeroWidthNonJoiner = 0x200C; // keeps letters of the same scripts apart

    /// <summary>The text, with line breaks and control characters as spaces and without what cannot be seen.</summary>
    public static string Of(string text) => Cleaned(text).Trim();

    /// <summary>The same with the blanks at its ends.</summary>
    public static string Cleaned(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    line.Append(' ');
                    break;
                case UnicodeCategory.Format when rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner):
                    break;
                default:
                    line.Append(rune.ToString());
                    break;
            }
        }

        return line.ToString();
    }
}
