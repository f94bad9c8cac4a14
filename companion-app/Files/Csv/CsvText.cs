using System.Text;

namespace Backstep.Files.Csv;

/// <summary>
/// The text of a CSV file without its comment lines (those that start with #), which RFC 4180 does not know: an empty
/// line stays in place of each, so that lines keep their numbers. Says what no reader should guess at: a quotation mark
/// in the middle of a cell or never closed, and a record without end.
/// </summary>
internal sealed class CsvText(TextReader text) : TextReader
{
    /// <summary>No record of a table comes near this; a file that has one is not a text file. In characters.</summary>
    public const int LongestRecord = 1 << 20;

    private readonly List<string> _comments = [];
    private readonly StringBuilder _comment = new();
    private Place _place = Place.StartOfLine;
    private char _last = ','; // last character of the record so far, blanks left out; a record starts as a cell does
    private int _length;
    private long _linesWithin; // line ends in quoted cells of the record so far

    private enum Place
    {
        StartOfLine,
        Comment,
        Cell,
        QuotedCell,
    }

    /// <summary>Comments passed so far, without the #.</summary>
    public IReadOnlyList<string> Comments => _comments;

    /// <summary>The line on which the record that is being passed on starts, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <summary>Fills the buffer; less comes at the end of the file only. (Given less, Sep 0.17.1 loses the second of
    /// two
    /// carriage returns; a test holds that it does not here.)</summary>
    /// <exception cref="InvalidDataException">See above; <see cref="Line"/> is where.</exception>
    public override int Read(Span<char> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int read = text.Read(buffer[filled..]);
            if (read == 0)
            {
                EndOfFile();
                break;
            }

            filled += Filter(buffer.Slice(filled, read));
        }

        return filled;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }

    private void EndOfFile()
    {
        if (_place == Place.QuotedCell)
        {
            throw new InvalidDataException("a quotation mark is opened here and never closed");
        }

        if (_place == Place.Comment)
        {
            EndComment();
        }
    }

    /// <summary>Moves what is no comment to the front. Returns how much that is.</summary>
    private int Filter(Span<char> chars)
    {
        int kept = 0;
        for (int from = 0, taken; from < chars.Length; from += taken)
        {
            taken = Next(chars[from..], out bool keep);
            if (keep)
            {
                chars.Slice(from, taken).CopyTo(chars[kept..]);
                kept += taken;
            }
        }

        return kept;
    }

    /// <summary>Takes in the next piece that is of one kind. Returns its length.</summary>
    private int Next(ReadOnlySpan<char> rest, out bool keep)
    {
        keep = _place != Place.Comment;
        int end;
        switch (_place)
        {
            case Place.StartOfLine:
                end = rest.IndexOfAnyExcept(' ', '\t');
                end = end < 0 ? rest.Length : end;
                _place = end == rest.Length ? Place.StartOfLine
                    : rest[end] == '#' ? Place.Comment : Place.Cell;
                Grow(end);
                return end;
            case Place.Comment:
                end = rest.IndexOf('\n');
                _comment.Append(end < 0 ? rest : rest[..end]);
                if (end >= 0)
                {
                    EndComment();
                }

                end = end < 0 ? rest.Length : end;
                Grow(end);
                return end;
            case Place.QuotedCell:
                end = rest.IndexOf('"') + 1;
                end = end == 0 ? rest.Length : end;
                _linesWithin += rest[..end].Count('\n');
                _place = rest[end - 1] == '"' ? Place.Cell : Place.QuotedCell;
                _last = '"';
                Grow(end);
                return end;
            default:
                return TakeCells(rest);
        }
    }

    private int TakeCells(ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAny('\n', '"');
        var plain = rest[..(end < 0 ? rest.Length : end)].TrimEnd(" \t");
        _last = plain.IsEmpty ? _last : plain[^1];
        if (end < 0)
        {
            Grow(rest.Length);
            return rest.Length;
        }

        Grow(end + 1);
        if (rest[end] == '\n')
        {
            Line += _linesWithin + 1;
            (_linesWithin, _length, _last, _place) = (0, 0, ',', Place.StartOfLine);
        }
        else if (_last is not (',' or '"'))
        {
            throw new InvalidDataException("a quotation mark stands in the middle of a cell");
        }
        else
        {
            _place = Place.QuotedCell;
        }

        return end + 1;
    }

    private void EndComment()
    {
        _comments.Add(_comment.ToString()[1..].Trim());
        _comment.Clear();
        _place = Place.Cell; // of the empty line that stays
    }

    private void Grow(int characters)
    {
        _length += characters;
        if (_length > LongestRecord)
        {
            throw new InvalidDataException("a line is longer than 1 MB");
        }
    }
}
