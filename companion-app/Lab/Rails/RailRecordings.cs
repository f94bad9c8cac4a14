using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.Walks;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Lab.Rails;

/// <summary>A recording of which it is known whether the rails were held.</summary>
/// <param name="Name">File name without ending.</param>
/// <param name="Posture">Held or free, the whole of it.</param>
/// <param name="Synthetic">It says itself that nobody walked so.</param>
/// <param name="Strides">What the engine found in it.</param>
/// <param name="Wrist">A unit on the wrist, recorded at the same time; null when there was none.</param>
public sealed record RailRecording(string Name, Posture Posture, bool Synthetic, IReadOnlyList<ReplayedStride> Strides,
    IReadOnlyList<RecordedWrist>? Wrist);

/// <summary>
/// Reads an owner's labelled recordings: NAME.csv with a line <c># rails: held</c> or <c># rails: free</c> above the
/// header, or with a name that begins with one of the two words. Mount and side are said as for any evaluation. A wrist
/// recorded at the same time lies beside it as NAME.wrist.csv.
/// </summary>
public static class RailRecordings
{
    /// <summary>All of a folder that say what they are.</summary>
    /// <exception cref="BadInputException">There is no folder, or none of held or of free.</exception>
    public static IReadOnlyList<RailRecording> Read(string folder, RecordingDefaults defaults,
        ICollection<string> notes, CancellationToken stop)
    {
        if (!Directory.Exists(folder))
        {
            throw new BadInputException(
                $"there is no folder {OneLine.Of(folder)}. Name a folder with two recordings in it: one with the "
                + $"rails held, one with free hands.");
        }

        var found = new List<RailRecording>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal).Where(IsOfShoe))
        {
            using var reader = MotionCsvReader.Open(path);
            string name = Path.GetFileNameWithoutExtension(path);
            var posture = LabelOf(reader, name);
            if (posture == Posture.Unknown)
            {
                notes.Add($"left out: {name} does not say whether the rails were held. Write '# rails: held' or '# "
                    + $"rails: free' above its header.");
                continue;
            }

            string mountFile = Path.ChangeExtension(path, ".mount");
            var mount = File.Exists(mountFile) ? MountSpec.Parse(File.ReadAllText(mountFile).Trim()) : defaults.Mount;
            var side = Comment(reader, "side") switch { "left" => FootSide.Left, "right" => FootSide.Right,
                _ => defaults.Side };
            var result = Replay.Run(reader,
                new ReplayOptions(mount, side, false, mount.IsAuto ? defaults.Direction : Direction.Unknown), stop);
            foreach (string note in result.Notes)
            {
                notes.Add($"{name}: {note}");
            }

            found.Add(new RailRecording(name, posture, reader.IsSynthetic, result.Strides,
                WristRecording.Beside(path, stop)));
        }

        foreach (var posture in new[] { Posture.Held, Posture.Free })
        {
            if (found.TrueForAll(recording => recording.Posture != posture))
            {
                throw new BadInputException(
                    $"no recording in {OneLine.Of(folder)} says '# rails: {StrideText.Of(posture)}'. "
                    + $"{notes.FirstOrDefault() ?? "Record one: backstep record --help."}");
            }
        }

        return found;
    }

    private static bool IsOfShoe(string path) =>
        !path.EndsWith(ReferenceCsv.Ending, StringComparison.OrdinalIgnoreCase)
            && !path.EndsWith(WristRecording.Ending, StringComparison.OrdinalIgnoreCase);

    private static Posture LabelOf(MotionCsvReader reader, string name) =>
        (Comment(reader, "rails") ?? name.ToLowerInvariant()) switch
    {
        var word when word.StartsWith("held", StringComparison.Ordinal) => Posture.Held,
        var word when word.StartsWith("free", StringComparison.Ordinal) => Posture.Free,
        _ => Posture.Unknown,
    };

    private static string? Comment(MotionCsvReader reader, string key) => reader.Comments
        .Select(comment => comment.Split(':', 2))
        .Where(parts => parts.Length == 2 && parts[0].Trim().Equals(key, StringComparison.OrdinalIgnoreCase))
        .Select(parts => parts[1].Trim().ToLowerInvariant())
        .FirstOrDefault();
}
