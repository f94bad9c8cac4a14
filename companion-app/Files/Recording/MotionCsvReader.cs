using System.Globalization;
using System.Text;
using Backstep.Walks;

namespace Backstep.Files.Recording;

/// <summary>
/// Reads the recording format: any column order, extra columns ignored, comment lines start with #. Streams; holds one
/// line. Every fault is a <see cref="BadInputException"/> that names the file and the line.
/// </summary>
public sealed class MotionCsvReader : IDisposable
{
    private readonly string _name;
    private readonly Stream _stream;
    private readonly LineReader _lines;
    private readonly int[] _fieldOfColumn; // column of the file -> which of the seven, or -1
    private readonly int _columnsNeeded;
    private readonly double[] _fields = new double[MotionColumns.Names.Count];
    private readonly List<string> _comments = [];
    private double _lastSeconds = double.NegativeInfinity;

    /// <summary>Reads from a stream up to the end of the header. The reader closes the stream.</summary>
    /// <param name="stream">The CSV.</param>
    /// <param name="name">What error messages call it.</param>
    public MotionCsvReader(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        _lines = new LineReader(stream);
        _fieldOfColumn = ReadHeader();
        _columnsNeeded = Array.FindLastIndex(_fieldOfColumn, field => field >= 0) + 1;
    }

    /// <summary>What error messages call the recording.</summary>
    public string Name => _name;

    /// <summary>Comment lines seen so far, without the #.</summary>
    public IReadOnlyList<string> Comments => _comments;

    /// <summary>Opens a file.</summary>
    /// <exception cref="BadInputException">It is missing, unreadable or empty, or its header is not that of a
    /// recording.</exception>
    public static MotionCsvReader Open(string path)
    {
        string name = Path.GetFileName(path) is { Length: > 0 } file ? file : path;
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new BadRequestException("the name of the recording is empty. Give a file name.");
        }

        if (Directory.Exists(path))
        {
            throw new BadInputException($"cannot read {path}: it is a folder. Name a CSV file in it.");
        }

        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1,
                FileOptions.SequentialScan);
            try
            {
                return new MotionCsvReader(stream, name);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException(
                $"cannot read {path}: no such file. Check the path, or make a recording with 'backstep record'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new BadInputException(
                $"cannot read {path}: {OneLine.Of(e.Message).TrimEnd('.')}. Check that you may read it.", e);
        }
    }

    /// <summary>The samples, in rising time.</summary>
    public IEnumerable<MotionRow> Rows()
    {
        while (TryReadRow(out var row))
        {
            yield return row;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool TryReadRow(out MotionRow row)
    {
        while (TryReadLine(out var line))
        {
            if (IsBlankOrComment(line))
            {
                continue;
            }

            ParseCells(line);
            double seconds = _fields[0];
            if (seconds <= _lastSeconds)
            {
                string how = seconds < _lastSeconds ? "goes backwards" : "stands still";
                throw Bad($"time {how} ({Invariant(_lastSeconds)} s, then {Invariant(seconds)} s). Sort or cut the "
                    + $"recording so that t_s rises from line to line.");
            }

            _lastSeconds = seconds;
            row = new MotionRow(seconds, _fields[1], _fields[2], _fields[3], _fields[4], _fields[5], _fields[6]);
            return true;
        }

        row = default;
        return false;
    }

    private void ParseCells(ReadOnlySpan<byte> line)
    {
        int column = 0;
        for (; column < _columnsNeeded; column++)
        {
            if (column > 0 && line.IsEmpty && !_moreCells)
            {
                break;
            }

            var cell = TakeCell(ref line);
            int field = _fieldOfColumn[column];
            if (field >= 0)
            {
                _fields[field] = ParseNumber(cell, field);
            }
        }

        if (column < _columnsNeeded)
        {
            throw Bad($"the line has {column} cells where the header has {_fieldOfColumn.Length}. Complete or "
                + $"remove the line.");
        }
    }

    private double ParseNumber(ReadOnlySpan<byte> cell, int field)
    {
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value))
        {
            return value;
        }

        string text = OneLine.Of(Encoding.UTF8.GetString(cell));
        string what = text.Length == 0 ? "an empty cell" : $"'{(text.Length > 20 ? text[..20] + "..." : text)}'";
        throw Bad($"{what} in column {MotionColumns.Names[field]} is not a number. Correct or remove the line.");
    }

    private bool _moreCells;

    /// <summary>Cuts the next cell off the line. Quoted cells are understood, because an extra text column may hold
    /// commas.</summary>
    private ReadOnlySpan<byte> TakeCell(ref ReadOnlySpan<byte> line)
    {
        int from = 0;
        if (line.TrimStart((byte)' ').StartsWith("\""u8))
        {
            int open = line.IndexOf((byte)'"');
            int close = line[(open + 1)..].IndexOf((byte)'"');
            from = close < 0 ? 0 : open + close + 2;
        }

        int comma = line[from..].IndexOf((byte)',');
        _moreCells = comma >= 0;
        var cell = comma < 0 ? line : line[..(from + comma)];
        line = comma < 0 ? default : line[(from + comma + 1)..];
        return cell.Trim(" \t\""u8);
    }

    private int[] ReadHeader()
    {
        while (TryReadLine(out var line))
        {
            if (IsBlankOrComment(line))
            {
                continue;
            }

            return ParseHeader(Encoding.UTF8.GetString(line));
        }

        throw new BadInputException($"{_name} is empty. A recording starts with the header {MotionColumns.Header}.");
    }

    private int[] ParseHeader(string header)
    {
        var names = header.Split(',').Select(name => name.Trim(' ', '\t', '"').ToLowerInvariant()).ToArray();
        var fields = names.Select(name => IndexOfName(name)).ToArray();
        var missing = MotionColumns.Names.Where(name => !names.Contains(name)).ToArray();
        if (missing.Length > 0)
        {
            string hint = header.Any(c => char.IsControl(c) && c != '\t') ? "Is it a CSV file?"
                : header.Contains(';', StringComparison.Ordinal) || header.Contains('\t', StringComparison.Ordinal)
                ? "Columns must be parted by commas."
                : "Rename or add them.";
            throw Bad($"the header lacks {string.Join(", ", missing)}. {hint} Needed, in any order: "
                + $"{MotionColumns.Header}.");
        }

        var twice = names.Where((name, i) => fields[i] >= 0 && Array.IndexOf(names, name) < i).FirstOrDefault();
        if (twice != null)
        {
            throw Bad($"the header has column {twice} twice. Remove or rename one.");
        }

        return fields;
    }

    private static int IndexOfName(string name)
    {
        for (int i = 0; i < MotionColumns.Names.Count; i++)
        {
            if (MotionColumns.Names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsBlankOrComment(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t"u8);
        if (line.StartsWith("#"u8))
        {
            _comments.Add(Encoding.UTF8.GetString(line[1..]).Trim());
            return true;
        }

        return line.IsEmpty;
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        try
        {
            return _lines.TryRead(out line);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{_name}, line {_lines.LineNumber + 1}: {e.Message}. Is it a text file?", e);
        }
        catch (IOException e)
        {
            throw new BadInputException(
                $"{_name}, line {_lines.LineNumber + 1}: reading failed: {OneLine.Of(e.Message).TrimEnd('.')}. Copy "
                + $"the file again.", e);
        }
    }

    private BadInputException Bad(string message) => new($"{_name}, line {_lines.LineNumber}: {message}");

    private static string Invariant(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
