using System.Globalization;
using Backstep.Walks;
using nietras.SeparatedValues;

namespace Backstep.Files.Csv;

/// <summary>
/// Reads a table: RFC 4180 with a header, columns found by name (case and order do not matter), blank lines and #
/// comments allowed. Streams; holds one record. Every fault is a <see cref="BadInputException"/> that names the file
/// and the line.
/// </summary>
public sealed class CsvReader : IDisposable
{
    private static readonly SepReaderOptions Options = Sep.New(',').Reader(o => o with
    {
        HasHeader = false, // comments may stand before it
        DisableColCountCheck = true, // a row may end early when nothing that is needed is lost
        Unescape = true,
        Trim = SepTrim.Outer,
    });

    private readonly CsvText _text;
    private readonly SepReader _records;
    private readonly Func<bool> _moveNext;
    private readonly string _whatItStartsWith;
    private string? _firstRecord;
    private string[]? _quoted; // cells of the present record, if there are quotes in it

    /// <summary>Reads up to the end of the header.</summary>
    /// <param name="text">The table. The reader closes it.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="whatItStartsWith">Said of an empty file: the kind of table, and its header.</param>
    public CsvReader(TextReader text, string name, string whatItStartsWith)
    {
        Name = name;
        _whatItStartsWith = whatItStartsWith;
        _text = new CsvText(text);
        _records = Guarded(() => Options.From(_text));
        _moveNext = _records.MoveNext;
        Header = ReadHeader();
    }

    /// <summary>What error messages call the table.</summary>
    public string Name { get; }

    /// <summary>Comment lines seen so far, without the #.</summary>
    public IReadOnlyList<string> Comments => _text.Comments;

    /// <summary>Names of the columns, in lower case.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The header as it stands in the file.</summary>
    public string HeaderText => _firstRecord ?? "";

    /// <summary>Number of the line on which the present record starts.</summary>
    public long Line { get; private set; }

    /// <summary>How many cells the present record has.</summary>
    public int CellCount => _records.Current.ColCount;

    /// <summary>Goes to the next record that is not blank. False at the end.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or is no CSV.</exception>
    public bool Read()
    {
        while (Guarded(_moveNext))
        {
            var record = _records.Current;
            Line = record.RowIndex == 0 ? 1 : record.LineNumberFrom; // without a header, Sep counts the first one twice
            if (record.ColCount == 1 && record.Span.IsWhiteSpace())
            {
                continue;
            }

            _firstRecord ??= record.ToString();
            _quoted = record.Span.Contains('"') ? Unquoted(record) : null;
            return true;
        }

        return false;
    }

    /// <summary>A cell of the present record, without quotes and the blanks around it. Empty when the record ends
    /// before it, or there is no such column (-1). Valid until the next record.</summary>
    public ReadOnlySpan<char> Cell(int column) =>
        column < 0
            || column >= CellCount ? [] : _quoted != null ? _quoted[column] : _records.Current[column].Span.Trim();

    /// <summary>A cell as a finite number.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public double Number(int column)
    {
        var cell = Cell(column);
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value))
        {
            return value;
        }

        string text = OneLine.Of(cell.ToString());
        string what = text.Length == 0 ? "an empty cell" : $"'{(text.Length > 20 ? text[..20] + "..." : text)}'";
        throw Bad($"{what} in column {Header[column]} is not a number. Correct or remove the line.");
    }

    /// <summary>Where a column stands; -1 when there is none of this name.</summary>
    public int Find(string column)
    {
        for (int i = 0; i < Header.Count; i++)
        {
            if (Header[i] == column)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A fault of the present record.</summary>
    public BadInputException Bad(string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Name}, line {Line}: {message}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        _records.Dispose();
        _text.Dispose();
    }

    private string[] ReadHeader()
    {
        if (!Read())
        {
            throw new BadInputException($"{Name} is empty. {_whatItStartsWith}.");
        }

        var names = new string[CellCount];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Cell(i).ToString().ToLowerInvariant();
        }

        return names;
    }

    // Sep takes the quotes off in place, and so once more each time that a cell is asked for.
    private static string[] Unquoted(SepReader.Row record)
    {
        var cells = new string[record.ColCount];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = record[i].Span.Trim().ToString();
        }

        return cells;
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{Name}, line {_text.Line}: {e.Message}. Is it a CSV file? A cell with commas, "
                + $"quotation marks or line ends stands in quotation marks, and those within it are written twice."),
                e);
        }
        catch (IOException e)
        {
            throw new BadInputException(
                string.Create(CultureInfo.InvariantCulture, $"{Name}, line {_text.Line}: reading failed: "
                + $"{OneLine.Of(e.Message).TrimEnd('.')}. Copy the file again."), e);
        }
    }
}
