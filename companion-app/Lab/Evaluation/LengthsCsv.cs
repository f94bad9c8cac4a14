using Backstep.Files.Csv;
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
    public static IReadOnlyList<MeasuredLength> Read(string path) => BesideRecording.Read(path, Parse);

    /// <summary>Reads a table.</summary>
    /// <exception cref="BadInputException">It says what cannot be.</exception>
    public static IReadOnlyList<MeasuredLength> Parse(TextReader text, string name)
    {
        using var table = new CsvReader(text, name, $"Lengths start with the header {string.Join(',', Header)}");
        int[] columns = [.. Header.Select(table.Find)];
        if (columns.Contains(-1))
        {
            throw new BadInputException(
                $"{name}: the header lacks {Header[Array.IndexOf(columns, -1)]}. Lengths start with the header "
                + $"{string.Join(',', Header)}.");
        }

        var lengths = new List<MeasuredLength>();
        while (table.Read())
        {
            var length = new MeasuredLength(
                table.Number(columns[0]), table.Number(columns[1]), table.Number(columns[2]));
            if (length.ToSeconds <= length.FromSeconds || length.LengthMeters <= 0
                || (lengths.Count > 0 && length.FromSeconds < lengths[^1].ToSeconds - 1e-6))
            {
                throw table.Bad("a stride must end after it began, begin no earlier than the one before it ended, and "
                    + "be longer than 0 m. Correct or remove the line.");
            }

            lengths.Add(length);
        }

        return lengths;
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
}
