using System.Globalization;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Walks;

namespace Backstep.Lab.Evaluation;

/// <summary>What is taken for granted of a recording that does not say it itself.</summary>
public sealed record RecordingDefaults(MountSpec Mount, FootSide Side, Direction Direction);

/// <summary>One recording, replayed and held against its reference.</summary>
/// <param name="Name">File name without ending.</param>
/// <param name="Synthetic">No person walked so: it says so itself, or it was played backwards.</param>
/// <param name="Counted">Strides that a person counted, or null.</param>
/// <param name="Reference">What it was held against.</param>
/// <param name="Tally">How it fared.</param>
/// <param name="Lengths">How many measured lengths lay beside it.</param>
/// <param name="Waits">The waits for a first stride from random instants, s, null for never: as it was walked, then
/// played backwards.</param>
public sealed record EvaluatedRecording(
    string Name,
    bool Synthetic,
    int? Counted,
    Reference Reference,
    Tally Tally,
    int Lengths,
    (IReadOnlyList<double?> Walked, IReadOnlyList<double?> Reversed) Waits);

/// <summary>From how many random instants each recording is started again.</summary>
/// <param name="Count">How many; 0 for none.</param>
/// <param name="Seed">Which ones.</param>
public sealed record Cuts(int Count, int Seed);

/// <summary>
/// Replays every recording of a folder. Beside NAME.csv may lie NAME.mount, which says how the sensor sat in the words
/// of <c>replay --mount</c>, and NAME_events.csv, the reference, and NAME_lengths.csv, measured stride lengths. Comment
/// lines of the recording itself say the rest: <c># side: left</c>, <c># direction: forward</c>, <c># strides: 58</c>.
/// </summary>
public static class RecordingEvaluation
{
    /// <summary>The recordings of a folder, by name; files that are no recordings are noted and left alone.</summary>
    /// <exception cref="BadInputException">There is none, or one of them cannot be used.</exception>
    public static IReadOnlyList<EvaluatedRecording> Run(string folder, RecordingDefaults defaults, bool reverse,
        Cuts cuts, ICollection<string> notes, CancellationToken stop)
    {
        if (!Directory.Exists(folder))
        {
            throw new BadInputException(
                $"there is no folder {OneLine.Of(folder)}. Name a folder with recordings (CSV) in it.");
        }

        var evaluated = new List<EvaluatedRecording>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            if (path.EndsWith(ReferenceCsv.Ending, StringComparison.OrdinalIgnoreCase)
                || path.EndsWith(LengthsCsv.Ending, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            MotionCsvReader reader;
            try
            {
                reader = MotionCsvReader.Open(path);
            }
            catch (ExplainedException e)
            {
                notes.Add($"left out: {e.Message}");
                continue;
            }

            using (reader)
            {
                evaluated.Add(Evaluate(path, reader, defaults, reverse, cuts, notes, stop));
            }
        }

        return evaluated.Count > 0
            ? evaluated
            : throw new BadInputException(
                $"there is no recording in {OneLine.Of(folder)}. {notes.FirstOrDefault() ?? $"A recording is a .csv "
                + $"file that starts with {MotionColumns.Header}."}");
    }

    private static EvaluatedRecording Evaluate(
        string path, MotionCsvReader reader, RecordingDefaults defaults, bool reverse, Cuts cuts,
        ICollection<string> notes, CancellationToken stop)
    {
        string stem = path[..^".csv".Length];
        string name = Path.GetFileName(stem);
        var about = About(reader, defaults);
        var rows = RowCheck.Hold(reader.Rows(), reader.Name);
        var mount = File.Exists(stem + ".mount") ? ReadMount(stem + ".mount") : defaults.Mount;
        if (ReferenceEquals(mount, MountSpec.Identity) && UprightAxis.IsNotZ(rows))
        {
            notes.Add($"{name}: its z does not point up where the foot stands and no {name}.mount says how the "
                + $"sensor sat, so --mount auto was taken.");
            mount = MountSpec.Auto;
        }

        var result = Replay.Run(rows, reader.Name,
            new ReplayOptions(mount, about.Side, reverse, mount.IsAuto ? about.Direction : Direction.Unknown), stop);
        foreach (string note in result.Notes)
        {
            notes.Add($"{name}: {note}");
        }

        string events = stem + ReferenceCsv.Ending;
        var reference = File.Exists(events) ? ReferenceCsv.Read(events, about.Direction)
            : Reference.None(about.Direction);
        double end = result.StartSeconds + result.DurationSeconds;
        if (reference.Contacts.Count > 0
            && (reference.Contacts[0].Seconds < result.StartSeconds || reference.Contacts[^1].Seconds > end))
        {
            throw new BadInputException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{Path.GetFileName(events)}: contacts from {reference.Contacts[0].Seconds:0.##} to "
                    + $"{reference.Contacts[^1].Seconds:0.##} s do not lie within the recording, "
                    + $"{result.StartSeconds:0.##} to {end:0.##} s. Both files must use the same clock."));
        }

        if (reverse)
        {
            reference = ReferenceCsv.Reversed(reference, result.StartSeconds + end);
        }

        bool synthetic = reverse || reader.IsSynthetic;
        var tally = Tally.Of(reference, result.Strides);
        IReadOnlyList<MeasuredLength> lengths = File.Exists(stem + LengthsCsv.Ending)
            ? LengthsCsv.Read(stem + LengthsCsv.Ending) : [];
        tally.MeasureLengths(reverse ? LengthsCsv.Reversed(lengths, result.StartSeconds + end) : lengths,
            result.Strides);
        return new EvaluatedRecording(name, synthetic, about.Counted, reference, tally, lengths.Count,
            Wait(rows, result, about.Side, reverse, cuts, stop));
    }

    private static (IReadOnlyList<double?> Walked, IReadOnlyList<double?> Reversed) Wait(
        List<MotionRow> rows, ReplayResult result, FootSide side, bool reversed, Cuts cuts, CancellationToken stop)
    {
        if (cuts.Count == 0)
        {
            return ([], []);
        }

        IReadOnlyList<double?> Play(bool reverse)
        {
            var uncut = reverse == reversed ? result.Strides
                : Replay.Run(rows, "", new ReplayOptions(MountSpec.Of("", result.Mount), side, reverse), stop).Strides;
            return FirstStrides.Of(reverse ? [.. TimeReversal.Reverse(rows)] : rows, uncut, result.Mount, side,
                cuts.Count, cuts.Seed);
        }

        return (Play(false), Play(true));
    }

    private static MountSpec ReadMount(string path)
    {
        try
        {
            return MountSpec.Parse(File.ReadAllText(path).Trim());
        }
        catch (ExplainedException e)
        {
            throw new BadInputException($"{Path.GetFileName(path)}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"cannot read {path}: {OneLine.Of(e.Message)} Check that you may read it.", e);
        }
    }

    /// <summary>What the comments above the header say.</summary>
    private static (FootSide Side, Direction Direction, int? Counted) About(MotionCsvReader reader,
        RecordingDefaults defaults)
    {
        var (side, direction, counted) = (defaults.Side, defaults.Direction, (int?)null);
        foreach (string comment in reader.Comments)
        {
            int colon = comment.IndexOf(':', StringComparison.Ordinal);
            string value = colon < 0 ? "" : comment[(colon + 1)..].Trim().ToLowerInvariant();
            switch (colon < 0 ? "" : comment[..colon].Trim().ToLowerInvariant())
            {
                case "side":
                    side = value switch { "left" => FootSide.Left, "right" => FootSide.Right,
                        _ => throw Bad(reader, comment, "left or right") };
                    break;
                case "direction":
                    direction = value switch { "forward" => Direction.Forward, "backward" => Direction.Backward,
                        _ => throw Bad(reader, comment, "forward or backward") };
                    break;
                case "strides":
                    counted = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                        ? count : throw Bad(reader, comment, "a whole number");
                    break;
                default:
                    break;
            }
        }

        return (side, direction, counted);
    }

    private static BadInputException Bad(MotionCsvReader reader, string comment, string expected) =>
        new($"{reader.Name}: '# {OneLine.Of(comment)}' should say {expected}. Correct or remove the line.");
}
