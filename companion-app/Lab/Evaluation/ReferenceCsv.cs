using System.Globalization;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Walks;

namespace Backstep.Lab.Evaluation;

/// <summary>
/// Reads NAME_events.csv: columns <c>event,t_s</c> in any order, others ignored, # comments; one line an event,
/// <c>initial_contact</c> or <c>toe_off</c> (<c>mid_stance</c> is allowed and not used), in the time of the recording.
/// A contact's line may have <c>direction</c> and <c>length_m</c>.
/// </summary>
public static class ReferenceCsv
{
    /// <summary>What the file's name ends with.</summary>
    public const string Ending = "_events.csv";

    // A foot-off belongs to the contact that follows within this time, s: no swing is longer.
    private const double LongestSwingSeconds = 1.5;

    private static readonly string[] Known = ["initial_contact", "toe_off", "mid_stance"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="direction">Direction of contacts that do not say.</param>
    /// <exception cref="BadInputException">It cannot be read or says what cannot be.</exception>
    public static Reference Read(string path, Direction direction)
    {
        try
        {
            return Parse(File.ReadLines(path), Path.GetFileName(path), direction);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"cannot read {path}: {OneLine.Of(e.Message)} Check that you may read it.", e);
        }
    }

    /// <summary>Reads lines.</summary>
    /// <exception cref="BadInputException">They say what cannot be.</exception>
    public static Reference Parse(IEnumerable<string> lines, string name, Direction direction)
    {
        Columns? columns = null;
        var contacts = new List<ReferenceContact>();
        var footOffs = new List<double>();
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            var cells = line.TrimStart('\uFEFF').Split(',').Select(cell => cell.Trim(' ', '\t', '"')).ToArray();
            if (columns is null)
            {
                columns = Columns.Of(cells, name);
                continue;
            }

            string kind = Cell(cells, columns.Event).ToLowerInvariant();
            if (!Known.Contains(kind))
            {
                throw Bad(name, number, $"'{OneLine.Of(kind)}' is no event. Known are: {string.Join(", ", Known)}");
            }

            double seconds = Number(Cell(cells, columns.Time), name, number, "t_s");
            if (kind == "toe_off")
            {
                footOffs.Add(seconds);
            }
            else if (kind == "initial_contact")
            {
                contacts.Add(new ReferenceContact(seconds)
                {
                    Direction = DirectionOf(Cell(cells, columns.Direction), name, number),
                    LengthMeters = Cell(cells, columns.Length) is { Length: > 0 } length
                        ? Number(length, name, number, "length_m") : null,
                });
            }
        }

        return columns is null
            ? throw new BadInputException($"{name} is empty. A reference starts with the header event,t_s.")
            : Reference.Partial(direction, contacts, footOffs);
    }

    /// <summary>The same walk played backwards: the foot touches where it had left, and goes the other way.</summary>
    /// <param name="reference">As it was walked.</param>
    /// <param name="endsSeconds">First and last time of the recording, added.</param>
    public static Reference Reversed(Reference reference, double endsSeconds)
    {
        var contacts = reference.FootOffs.Select(off =>
        {
            var swing =
                reference.Contacts.FirstOrDefault(
                    contact => contact.Seconds > off && contact.Seconds <= off + LongestSwingSeconds);
            return new ReferenceContact(endsSeconds - off)
            {
                Direction = WalkersWord.Opposite(swing?.Direction ?? Direction.Unknown),
                LengthMeters = swing?.LengthMeters,
            };
        });
        return Reference.Partial(
            WalkersWord.Opposite(reference.Direction), contacts,
            reference.Contacts.Select(contact => endsSeconds - contact.Seconds));
    }

    private static string Cell(string[] cells, int column) => column >= 0 && column < cells.Length ? cells[column] : "";

    private static Direction DirectionOf(string cell, string name, int number) => cell.ToLowerInvariant() switch
    {
        "forward" => Direction.Forward,
        "backward" => Direction.Backward,
        "" => Direction.Unknown,
        _ => throw Bad(name, number, $"'{OneLine.Of(cell)}' in column direction is neither forward nor backward"),
    };

    private static double Number(string cell, string name, int number, string column) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw Bad(name, number, $"'{OneLine.Of(cell)}' in column {column} is not a number");

    private static BadInputException Bad(string name, int number, string what) =>
        new($"{name}, line {number}: {what}. Correct or remove the line.");

    private sealed record Columns(int Event, int Time, int Direction, int Length)
    {
        public static Columns Of(string[] header, string name)
        {
            int Find(string column) =>
                Array.FindIndex(header, cell => cell.Equals(column, StringComparison.OrdinalIgnoreCase));
            var columns = new Columns(Find("event"), Find("t_s"), Find("direction"), Find("length_m"));
            return columns.Event >= 0 && columns.Time >= 0
                ? columns
                : throw new BadInputException(
                    $"{name}: the header lacks {(columns.Event < 0 ? "event" : "t_s")}. A reference starts with the "
                    + $"header event,t_s.");
        }
    }
}
