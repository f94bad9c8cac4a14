using System.Globalization;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Walks;
using Backstep.WebEngine.Shown;

namespace Backstep.WebEngine.Replays;

/// <summary>The sensor's own engine over a recording that somebody gave the page.</summary>
public static class ReplayedFile
{
    /// <summary>Runs it.</summary>
    /// <param name="name">What messages call the recording.</param>
    /// <param name="csv">The recording.</param>
    /// <param name="told">What is known of it.</param>
    /// <exception cref="ExplainedException">The recording, or what was told of it, cannot be used.</exception>
    public static ReplayedJson Run(string name, byte[] csv, ReplayOptionsJson told)
    {
        var options = new ReplayOptions(told.Mount is { Length: > 0 } mount ? MountSpec.Parse(mount)
            : MountSpec.Identity, SideOf(told.Side));
        using var reader = new MotionCsvReader(new MemoryStream(csv, writable: false), name);
        var result = Replay.Run(reader, options);
        using var events = new StringWriter(CultureInfo.InvariantCulture);
        StrideEventsCsv.Write(events, result.Strides);
        return new ReplayedJson(
            events.ToString(),
            ReplayJson.From(name, options, result, events: null, reader.IsSynthetic),
            [.. result.Strides.Select(replayed =>
                ShownStrideJson.From(replayed.ContactSeconds, replayed.Stride, replayed.Stride.Posture))]);
    }

    private static FootSide SideOf(string? side) => side switch
    {
        null or "" => FootSide.Unknown,
        "left" => FootSide.Left,
        "right" => FootSide.Right,
        _ => throw new BadRequestException($"the side is left or right, not '{OneLine.Of(side)}'."),
    };
}
