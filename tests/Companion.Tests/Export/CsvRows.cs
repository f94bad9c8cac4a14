using System.Text;

namespace Backstep.Companion.Tests.Export;

/// <summary>Reads a table by RFC 4180, quotes and all.</summary>
internal static class CsvRows
{
    public static IReadOnlyList<IReadOnlyList<string>> Of(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\n' && !quoted)
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        Assert.False(quoted);
        Assert.Equal(0, cell.Length);
        return rows;
    }
}
