namespace Backstep.Companion.Live;

/// <summary>Figures five rows high, readable from two metres.</summary>
public static class BigDigits
{
    /// <summary>Rows of a figure.</summary>
    public const int Height = 5;

    private static readonly Dictionary<char, string[]> Glyphs = new()
    {
        ['0'] = ["█████", "█   █", "█   █", "█   █", "█████"],
        ['1'] = ["  ██ ", "   █ ", "   █ ", "   █ ", "  ███"],
        ['2'] = ["█████", "    █", "█████", "█    ", "█████"],
        ['3'] = ["█████", "    █", " ████", "    █", "█████"],
        ['4'] = ["█   █", "█   █", "█████", "    █", "    █"],
        ['5'] = ["█████", "█    ", "█████", "    █", "█████"],
        ['6'] = ["█████", "█    ", "█████", "█   █", "█████"],
        ['7'] = ["█████", "    █", "   █ ", "  █  ", "  █  "],
        ['8'] = ["█████", "█   █", "█████", "█   █", "█████"],
        ['9'] = ["█████", "█   █", "█████", "    █", "█████"],
        [':'] = [" ", "█", " ", "█", " "],
        ['%'] = ["█   █", "   █ ", "  █  ", " █   ", "█   █"],
        ['-'] = ["     ", "     ", " ███ ", "     ", "     "],
        [' '] = ["     ", "     ", "     ", "     ", "     "],
    };

    /// <summary>The rows of a text of figures, colons, % and -.</summary>
    public static string[] Rows(string text, bool unicode)
    {
        var rows = new string[Height];
        for (int row = 0; row < Height; row++)
        {
            rows[row] = string.Join(' ', text.Select(c => Glyphs.GetValueOrDefault(c, Glyphs['-'])[row]));
            if (!unicode)
            {
                rows[row] = rows[row].Replace('█', '#');
            }
        }

        return rows;
    }

    /// <summary>Columns that a text takes.</summary>
    public static int Width(string text) => Rows(text, true)[0].Length;
}
