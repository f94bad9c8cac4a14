using Backstep.Files.Csv;
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
    public static Reference Read(string path, Direction direction) =>
        BesideRecording.Read(path, (text, name) => Parse(text, name, direction));

    /// <summary>Reads a table.</summary>
    /// <exception cref="BadInputException">It says what cannot be.</exception>
    public static Reference Parse(TextReader text, string name, Direction direction)
    {
        using var table = new CsvReader(text, name, "A reference starts with the header event,t_s");
        var columns = Columns.Of(table);
        var contacts = new List<ReferenceContact>();
        var footOffs = new List<double>();
        while (table.Read())
        {
            string kind = table.Cell(columns.Event).ToString().ToLowerInvariant();
            if (!Known.Contains(kind))
            {
                throw table.Bad($"'{OneLine.Of(kind)}' is no event. Known are: {string.Join(", ", Known)}. Correct or "
                    + "remove the line.");
            }

            double seconds = table.Number(columns.Time);
            if (kind == "toe_off")
            {
                footOffs.Add(seconds);
            }
            else if (kind == "initial_contact")
            {
                contacts.Add(new ReferenceContact(seconds)
                {
                    Direction = DirectionOf(table, columns.Direction),
                    LengthMeters = table.Cell(columns.Length).IsEmpty ? null : table.Number(columns.Length),
                });
            }
        }

        return Reference.Partial(direction, contacts, footOffs);
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
                Direction = DirectionCheck.Opposite(swing?.Direction ?? Direction.Unknown),
                LengthMeters = swing?.LengthMeters,
            };
        });
        return Reference.Partial(
            DirectionCheck.Opposite(reference.Direction), contacts,
            reference.Contacts.Select(contact => endsSeconds - contact.Seconds));
    }

    private static Direction DirectionOf(CsvReader table, int column)
    {
        string word = table.Cell(column).ToString().ToLowerInvariant();
        return word switch
        {
            "forward" => Direction.Forward,
            "backward" => Direction.Backward,
            "" => Direction.Unknown,
            _ => throw table.Bad($"'{OneLine.Of(word)}' in column direction is neither forward nor backward. Correct "
                + "or remove the line."),
        };
    }

    private sealed record Columns(int Event, int Time, int Direction, int Length)
    {
        public static Columns Of(CsvReader table)
        {
            var columns = new Columns(
                table.Find("event"), table.Find("t_s"), table.Find("direction"), table.Find("length_m"));
            return columns.Event >= 0 && columns.Time >= 0
                ? columns
                : throw new BadInputException(
                    $"{table.Name}: the header lacks {(columns.Event < 0 ? "event" : "t_s")}. A reference starts with "
                    + "the header event,t_s.");
        }
    }
}
