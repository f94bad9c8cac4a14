using System.Globalization;
using System.Text;
using Backstep.Files.Csv;
using Backstep.Walks;

namespace Backstep.Files.Recording;

/// <summary>
/// Reads the recording format: any column order, extra columns ignored, comment lines start with #. Streams; holds one
/// record. Every fault is a <see cref="BadInputException"/> that names the file and the line.
/// </summary>
public sealed class MotionCsvReader : IDisposable
{
    private readonly CsvReader _table;
    private readonly int[] _columns; // where each of the seven stands
    private readonly double[] _fields = new double[MotionColumns.Names.Count];
    private double _lastSeconds = double.NegativeInfinity;

    /// <summary>Reads from a stream up to the end of the header. The reader closes the stream.</summary>
    /// <param name="stream">The CSV.</param>
    /// <param name="name">What error messages call it.</param>
    public MotionCsvReader(Stream stream, string name)
    {
        _table = new CsvReader(new StreamReader(stream, Encoding.UTF8, true, 1 << 16), name,
            $"A recording starts with the header {MotionColumns.Header}");
        _columns = FindColumns();
    }

    /// <summary>What error messages call the recording.</summary>
    public string Name => _table.Name;

    /// <summary>Comment lines seen so far, without the #.</summary>
    public IReadOnlyList<string> Comments => _table.Comments;

    /// <summary>Whether a comment seen so far says that no sensor measured it.</summary>
    public bool IsSynthetic =>
        Comments.Any(comment => comment.StartsWith("synthetic", StringComparison.OrdinalIgnoreCase));

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
    public void Dispose() => _table.Dispose();

    private bool TryReadRow(out MotionRow row)
    {
        if (!_table.Read())
        {
            row = default;
            return false;
        }

        for (int field = 0; field < _fields.Length; field++)
        {
            if (_columns[field] >= _table.CellCount)
            {
                throw _table.Bad(string.Create(CultureInfo.InvariantCulture, $"the line has {_table.CellCount} "
                    + $"cells where the header has {_table.Header.Count}. "
                    + $"Complete or remove the line."));
            }

            _fields[field] = _table.Number(_columns[field]);
        }

        double seconds = _fields[0];
        if (seconds <= _lastSeconds)
        {
            string how = seconds < _lastSeconds ? "goes backwards" : "stands still";
            throw _table.Bad($"time {how} ({Invariant(_lastSeconds)} s, then {Invariant(seconds)} s). Sort or cut the "
                + "recording so that t_s rises from line to line.");
        }

        _lastSeconds = seconds;
        row = new MotionRow(seconds, _fields[1], _fields[2], _fields[3], _fields[4], _fields[5], _fields[6]);
        return true;
    }

    private int[] FindColumns()
    {
        string[] missing = [.. MotionColumns.Names.Where(name => _table.Find(name) < 0)];
        if (missing.Length > 0)
        {
            string header = _table.HeaderText;
            string hint = header.Any(c => char.IsControl(c) && c != '\t') ? "Is it a CSV file?"
                : header.AsSpan().ContainsAny(';', '\t') ? "Columns must be parted by commas."
                : "Rename or add them.";
            throw _table.Bad($"the header lacks {string.Join(", ", missing)}. {hint} Needed, in any order: "
                + $"{MotionColumns.Header}.");
        }

        string? twice = MotionColumns.Names.FirstOrDefault(name => _table.Header.Count(other => other == name) > 1);
        return twice != null
            ? throw _table.Bad($"the header has column {twice} twice. Remove or rename one.")
            : [.. MotionColumns.Names.Select(_table.Find)];
    }

    private static string Invariant(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
