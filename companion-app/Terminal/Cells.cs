using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Backstep.Terminal;

/// <summary>
/// Text measured in the cells of a terminal: a letter with its accents takes one, most characters of East Asia and most
/// emoji take two. What is counted is what the screen's library counts, so that tables and the live view agree.
/// </summary>
public static class Cells
{
    private const string CutSign = "~";

    /// <summary>Cells that a text takes.</summary>
    public static int Width(string text) => Ascii.IsValid(text) ? text.Length : text.GetCellWidth();

    /// <summary>Filled with blanks at its end.</summary>
    public static string PadRight(string text, int cells) => text + Blanks(text, cells);

    /// <summary>Filled with blanks at its beginning.</summary>
    public static string PadLeft(string text, int cells) => Blanks(text, cells) + text;

    /// <summary>As much of it as fits, and a sign that there was more; no character is cut in two.</summary>
    public static string Cut(string text, int cells)
    {
        if (Width(text) <= cells)
        {
            return text;
        }

        var cut = new StringBuilder();
        int room = cells - CutSign.Length;
        var characters = StringInfo.GetTextElementEnumerator(text);
        while (characters.MoveNext() && Width(characters.GetTextElement()) is var width && width <= room)
        {
            cut.Append(characters.GetTextElement());
            room -= width;
        }

        return cells < CutSign.Length ? "" : cut + CutSign;
    }

    private static string Blanks(string text, int cells) => new(' ', Math.Max(0, cells - Width(text)));
}
