namespace Backstep.Companion.Screen;

/// <summary>Words in letters of blocks, as large as a room is: whole words, never cut.</summary>
public static class BigLetters
{
    /// <summary>Dots of a letter, in columns and rows; one more column lies between two letters.</summary>
    private const int Size = 5;

    // Larger is not read from farther away.
    private const int MostScale = 6;

    private static readonly Dictionary<char, string[]> Glyphs = new()
    {
        ['A'] = [" ███ ", "█   █", "█████", "█   █", "█   █"],
        ['B'] = ["████ ", "█   █", "████ ", "█   █", "████ "],
        ['C'] = [" ████", "█    ", "█    ", "█    ", " ████"],
        ['D'] = ["████ ", "█   █", "█   █", "█   █", "████ "],
        ['E'] = ["█████", "█    ", "████ ", "█    ", "█████"],
        ['F'] = ["█████", "█    ", "████ ", "█    ", "█    "],
        ['G'] = [" ████", "█    ", "█  ██", "█   █", " ████"],
        ['H'] = ["█   █", "█   █", "█████", "█   █", "█   █"],
        ['I'] = [" ███ ", "  █  ", "  █  ", "  █  ", " ███ "],
        ['J'] = ["    █", "    █", "    █", "█   █", " ███ "],
        ['K'] = ["█   █", "█  █ ", "███  ", "█  █ ", "█   █"],
        ['L'] = ["█    ", "█    ", "█    ", "█    ", "█████"],
        ['M'] = ["█   █", "██ ██", "█ █ █", "█   █", "█   █"],
        ['N'] = ["█   █", "██  █", "█ █ █", "█  ██", "█   █"],
        ['O'] = [" ███ ", "█   █", "█   █", "█   █", " ███ "],
        ['P'] = ["████ ", "█   █", "████ ", "█    ", "█    "],
        ['Q'] = [" ███ ", "█   █", "█   █", "█  █ ", " ██ █"],
        ['R'] = ["████ ", "█   █", "████ ", "█  █ ", "█   █"],
        ['S'] = [" ████", "█    ", " ███ ", "    █", "████ "],
        ['T'] = ["█████", "  █  ", "  █  ", "  █  ", "  █  "],
        ['U'] = ["█   █", "█   █", "█   █", "█   █", " ███ "],
        ['V'] = ["█   █", "█   █", "█   █", " █ █ ", "  █  "],
        ['W'] = ["█   █", "█   █", "█ █ █", "██ ██", "█   █"],
        ['X'] = ["█   █", " █ █ ", "  █  ", " █ █ ", "█   █"],
        ['Y'] = ["█   █", " █ █ ", "  █  ", "  █  ", "  █  "],
        ['Z'] = ["█████", "   █ ", "  █  ", " █   ", "█████"],
        [' '] = ["   ", "   ", "   ", "   ", "   "],
    };

    /// <summary>Whether every character of a text can be drawn.</summary>
    public static bool CanDraw(string text) => text.All(c => Glyphs.ContainsKey(c) || char.IsAsciiDigit(c));

    /// <summary>Rows of the text as large as fits, with an empty one above and below where there is room; none when
    /// not even the smallest letters fit.</summary>
    /// <param name="text">Capitals, digits and blanks.</param>
    /// <param name="columns">The room.</param>
    /// <param name="rows">The room.</param>
    /// <param name="unicode">Whether the terminal shows blocks.</param>
    public static string[] Fill(string text, int columns, int rows, bool unicode)
    {
        (string[] Lines, int Across, int Down)? best = null;
        for (int down = 1; down <= MostScale; down++)
        {
            // A cell is about twice as high as it is wide: letters may be up to twice as many dots wide.
            for (int across = down; across <= 2 * down; across++)
            {
                string[] lines = [.. WordRows.Wrap(text, ColumnsToLetters(columns, across))];
                if (Height(lines.Length, down) <= rows && lines.All(line => Width(line, across) <= columns)
                    && (best is not { } known || across * down > known.Across * known.Down))
                {
                    best = (lines, across, down);
                }
            }
        }

        if (best is not var (found, x, y))
        {
            return [];
        }

        int spare = rows - Height(found.Length, y);
        return [
            .. spare > 1 ? [""] : Array.Empty<string>(),
            .. found.SelectMany((line, i) => i == 0 ? Draw(line, x, y, unicode)
                : Enumerable.Repeat("", y).Concat(Draw(line, x, y, unicode))),
            .. spare > 0 ? [""] : Array.Empty<string>()];
    }

    private static int Height(int lines, int down) => ((lines * Size) + lines - 1) * down;

    private static int Width(string line, int across) => Dots(line, 0).Length * across;

    private static int ColumnsToLetters(int columns, int across) => ((columns / across) + 1) / (Size + 1);

    private static IEnumerable<string> Draw(string line, int across, int down, bool unicode) =>
        Enumerable.Range(0, Size * down).Select(row => string.Concat(Dots(line, row / down)
            .Select(dot => new string(dot == ' ' ? ' ' : unicode ? '█' : '#', across))));

    private static string Dots(string line, int row) => string.Join(' ',
        line.Select(c => Glyphs.TryGetValue(c, out string[]? glyph) ? glyph[row] : BigDigits.Dots(c, row)));
}
