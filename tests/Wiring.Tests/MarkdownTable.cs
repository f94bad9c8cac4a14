namespace Wiring.Tests;

/// <summary>A table of the page, found by its header row.</summary>
public sealed class MarkdownTable
{
    private MarkdownTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Columns = columns;
        Rows = rows;
    }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>The only table with exactly these columns.</summary>
    public static MarkdownTable Find(string markdown, params string[] columns)
    {
        string[] lines = markdown.Split('\n');
        int header = Enumerable.Range(0, lines.Length)
            .Single(i => lines[i].StartsWith('|') && Cells(lines[i]).SequenceEqual(columns));
        var rows = lines.Skip(header + 2).TakeWhile(l => l.StartsWith('|')).Select(Cells).ToList();
        Assert.All(rows, row => Assert.Equal(columns.Length, row.Count));
        Assert.NotEmpty(rows);
        return new MarkdownTable(columns, rows);
    }

    /// <summary>The text of a cell without its code marks.</summary>
    public static string Plain(string cell) => cell.Trim('`');

    private static IReadOnlyList<string> Cells(string line) =>
        [.. line.Trim().Trim('|').Split('|').Select(c => c.Trim())];
}
