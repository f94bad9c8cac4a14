using System.Text;
using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>A table whose first column is words and the others are figures: in 80 columns for a terminal, or as
/// Markdown.</summary>
public sealed class TextTable(params string[] header)
{
    private const int Columns = 80;

    private readonly List<(string[] Cells, string Remark)> _rows = [];

    /// <summary>Adds a row of as many cells as the header has.</summary>
    public void Add(params string[] cells) => AddRemarked("", cells);

    /// <summary>The same with a remark behind the words of the first cell, which is never cut short.</summary>
    public void AddRemarked(string remark, params string[] cells) =>
        _rows.Add(([.. cells.Select(OneLine.Cleaned)], remark));

    /// <summary>Aligned with blanks, in cells of a terminal. When it would be wider than 80 columns, the words are cut
    /// short.</summary>
    public void WritePlain(TextWriter writer)
    {
        int[] widths = [.. header.Select((name, c) => _rows.Select(row => Width(row, c)).Append(Cells.Width(name))
            .Max())];
        widths[0] = Math.Min(widths[0], Columns - widths.Skip(1).Sum(width => width + 1));
        var text = new StringBuilder(); // written at once: the console makes a call of the system of each line
        foreach (var (cells, remark) in _rows.Prepend((header, "")))
        {
            string words = Cells.Cut(cells[0], widths[0] - Cells.Width(remark)) + remark;
            string line = Cells.PadRight(words, widths[0])
                + string.Concat(cells.Skip(1).Select((cell, c) => " " + Cells.PadLeft(cell, widths[c + 1])));
            text.Append(line.TrimEnd()).Append(writer.NewLine);
        }

        writer.Write(text.ToString());
    }

    /// <summary>As Markdown, whole.</summary>
    public void WriteMarkdown(TextWriter writer)
    {
        WriteMarkdownRow(writer, header);
        WriteMarkdownRow(writer, header.Select((_, c) => c == 0 ? "---" : "---:"));
        foreach (var row in _rows)
        {
            WriteMarkdownRow(writer, Whole(row));
        }
    }

    private static int Width((string[] Cells, string Remark) row, int c) =>
        Cells.Width(c == 0 ? row.Cells[0] + row.Remark : row.Cells[c]);

    private static string[] Whole((string[] Cells, string Remark) row) =>
        [row.Cells[0] + row.Remark, .. row.Cells[1..]];

    private static void WriteMarkdownRow(TextWriter writer, IEnumerable<string> cells) =>
        writer.WriteLine(
            "| " + string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))) + " |");
}
