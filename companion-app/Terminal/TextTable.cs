using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>A table whose first column is words and the others are figures: in 80 columns for a terminal, or as
/// Markdown.</summary>
public sealed class TextTable(params string[] header)
{
    private const int Columns = 80;

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row of as many cells as the header has.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(OneLine.Cleaned)]);

    /// <summary>Aligned with blanks. When it would be wider than 80 columns, the words are cut short.</summary>
    public void WritePlain(TextWriter writer)
    {
        int[] widths = [.. header.Select((name, c) => _rows.Select(row => row[c].Length).Append(name.Length).Max())];
        widths[0] = Math.Min(widths[0], Columns - widths.Skip(1).Sum(width => width + 1));
        foreach (string[] row in _rows.Prepend(header))
        {
            string words = row[0].Length > widths[0] ? row[0][..(widths[0] - 1)] + "~" : row[0].PadRight(widths[0]);
            string line = words + string.Concat(row.Skip(1).Select((cell, c) => " " + cell.PadLeft(widths[c + 1])));
            writer.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>As Markdown, whole.</summary>
    public void WriteMarkdown(TextWriter writer)
    {
        WriteMarkdownRow(writer, header);
        WriteMarkdownRow(writer, header.Select((_, c) => c == 0 ? "---" : "---:"));
        foreach (string[] row in _rows)
        {
            WriteMarkdownRow(writer, row);
        }
    }

    private static void WriteMarkdownRow(TextWriter writer, IEnumerable<string> cells) =>
        writer.WriteLine(
            "| " + string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))) + " |");
}
