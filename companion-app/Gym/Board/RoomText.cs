using System.Globalization;
using System.Text;
using Backstep.Walks;

namespace Backstep.Gym.Board;

/// <summary>Names out of the air or from a phone, fit to be shown: one line, nothing unseen, nothing that turns the
/// line round or grows over its neighbours.</summary>
public static class RoomText
{
    /// <summary>The longest nickname, in characters. Ours: it must fit a belt's part of the wall.</summary>
    public const int LongestNickname = 20;

    /// <summary>The longest name of a clip that is shown. BLE's own bound is 29 bytes in an advertisement.</summary>
    public const int LongestName = 40;

    private const int MostMarks = 2; // on one letter: Vietnamese needs two (Unicode 16, 7.1)

    /// <summary>The text cut to so many characters; null for one with nothing to read.</summary>
    public static string? Name(string? text, int longest)
    {
        if (text == null || NameReading.Of(text.Length > 400 ? text[..400] : text).Length == 0)
        {
            return null;
        }

        string line = OneLine.Of(text.Length > 400 ? text[..400] : text).Normalize(NormalizationForm.FormC);
        var kept = new StringBuilder();
        int letters = 0;
        int marks = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            bool isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;
            marks = isMark ? marks + 1 : 0;
            letters += isMark ? 0 : 1;
            if (letters > longest)
            {
                break;
            }

            if (marks <= MostMarks && rune != Rune.ReplacementChar)
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString().Trim() is { Length: > 0 } name ? name : null;
    }
}
