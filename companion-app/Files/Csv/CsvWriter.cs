using nietras.SeparatedValues;

namespace Backstep.Files.Csv;

/// <summary>Writes a table: RFC 4180, but lines end with a line feed alone, on every system. A row with more or fewer
/// cells than the header has is a fault of the program and throws.</summary>
public sealed class CsvWriter : IDisposable
{
    private static readonly SepWriterOptions Options = Sep.New(',').Writer(o => o with { Escape = true });

    private readonly SepWriter _rows;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Where to; stays open.</param>
    /// <param name="columns">Names of the columns.</param>
    public CsvWriter(TextWriter writer, IReadOnlyList<string> columns)
    {
        writer.NewLine = "\n";
        _rows = Options.To(writer, leaveOpen: true);
        _rows.Header.Add(columns);
        _rows.Header.Write();
    }

    /// <summary>Writes a row.</summary>
    /// <param name="cells">One for each column.</param>
    public void Write(params ReadOnlySpan<string> cells)
    {
        using var row = _rows.NewRow();
        for (int i = 0; i < cells.Length; i++)
        {
            row[i].Set(cells[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
