using System.Globalization;
using Backstep.Walks;

namespace Backstep.Lab.Evaluation;

/// <summary>A stride whose length somebody measured.</summary>
/// <param name="FromSeconds">An instant of the stance before it, on the recording's clock.</param>
/// <param name="ToSeconds">An instant of the stance after it.</param>
/// <param name="LengthMeters">Between the two, m.</param>
public readonly record struct MeasuredLength(double FromSeconds, double ToSeconds, double LengthMeters);

/// <summary>
/// Reads NAME_lengths.csv: columns <c>from_s,to_s,length_m</c> in any order, others ignored, # comments; one line a
/// stride, from a moment of one stance to a moment of the next, in the time of the recording. A found stride belongs to
/// the line within which its contact lies.
/// </summary>
public static class LengthsCsv
{
    /// <summary>What the file's name ends with.</summary>
    public const string Ending = "_lengths.csv";

    private static readonly string[] Header = ["from_s", "to_s", "length_m"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It cannot be read or says what cannot be.</exception>
    public static IReadOnlyList<MeasuredLength> Read(string path)
    {
        try
        {
            return Parse(File.ReadLines(path), Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"cannot read {path}: {OneLine.Of(e.Message)} Check that you may read it.", e);
        }
    }

    /// <summary>Reads lines.</summary>
    /// <exception cref="BadInputException">They say what cannot be.</exception>
    public static IReadOnlyList<MeasuredLength> Parse(IEnumerable<string> lines, string name)
    {
        int[]? columns = null;
        var lengths = new List<MeasuredLength>();
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            string[] cells = [.. line.TrimStart('\uFEFF').Split(',').Select(cell => cell.Trim(' ', '\t', '"'))];
            if (columns is null)
            {
                columns =
                    [
                        .. Header.Select(
                            column => Array.FindIndex(cells,
                                cell => cell.Equals(column, StringComparison.OrdinalIgnoreCase)))];
                if (columns.Contains(-1))
                {
                    throw new BadInputException(
                        $"{name}: the header lacks {Header[Array.IndexOf(columns, -1)]}. Lengths start with the "
                        + $"header {string.Join(',', Header)}.");
                }

                continue;
            }

            double[] values =
                [
                    .. columns.Select(
                        (column, i) => Number(column < cells.Length ? cells[column] : "", name, number, Header[i]))];
            var length = new MeasuredLength(values[0], values[1], values[2]);
            if (length.ToSeconds <= length.FromSeconds || length.LengthMeters <= 0
                || (lengths.Count > 0 && length.FromSeconds < lengths[^1].ToSeconds - 1e-6))
            {
                throw Bad(name, number,
                    "a stride must end after it began, begin no earlier than the one before it ended, and be longer "
                    + "than 0 m");
            }

            lengths.Add(length);
        }

        return columns is null
            ? throw new BadInputException(
                $"{name} is empty. Lengths start with the header {string.Join(',', Header)}.") : lengths;
    }

    /// <summary>The same strides played backwards.</summary>
    /// <param name="lengths">As they were walked.</param>
    /// <param name="endsSeconds">First and last time of the recording, added.</param>
    public static IReadOnlyList<MeasuredLength> Reversed(IReadOnlyList<MeasuredLength> lengths, double endsSeconds) =>
        [
            .. lengths.Reverse()
                .Select(
                    one => new MeasuredLength(endsSeconds - one.ToSeconds, endsSeconds - one.FromSeconds,
                        one.LengthMeters))];

    private static double Number(string cell, string name, int number, string column) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw Bad(name, number, $"'{OneLine.Of(cell)}' in column {column} is not a number");

    private static BadInputException Bad(string name, int number, string what) =>
        new($"{name}, line {number}: {what}. Correct or remove the line.");
}
