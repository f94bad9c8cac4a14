namespace Backstep.Companion.Screen;

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
    /// <param name="text">The text.</param>
    /// <param name="unicode">Whether the terminal shows blocks.</param>
    /// <param name="scale">How many columns and rows a dot takes.</param>
    public static string[] Rows(string text, bool unicode, int scale = 1)
    {
        var rows = new string[Height * scale];
        for (int row = 0; row < rows.Length; row++)
        {
            string dots = string.Join(' ', text.Select(c => Glyphs.GetValueOrDefault(c, Glyphs['-'])[row / scale]));
            rows[row] = string.Concat(dots.Select(dot => new string(dot == ' ' ? ' ' : unicode ? '█' : '#', scale)));
        }

        return rows;
    }

    /// <summary>A row of a figure, blocks and blanks.</summary>
    public static string Dots(char figure, int row) => Glyphs.GetValueOrDefault(figure, Glyphs['-'])[row];

    /// <summary>Columns that a text takes.</summary>
    public static int Width(string text, int scale = 1) => Rows(text, true, scale)[0].Length;
}
