using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backstep.Link;
using Backstep.Protocol;

namespace Backstep.Rehearsal.Room;

/// <summary>What a clip of a simulated room has counted, by its own word.</summary>
/// <param name="Address">Which clip.</param>
/// <param name="Flash">The flash that counts its starts, as eight hexadecimal digits.</param>
/// <param name="Run">Which start.</param>
/// <param name="LastStride">Number of its last stride since then; 0 for none.</param>
/// <param name="StartedAt">When it was switched on.</param>
/// <param name="ContactSeconds">True initial contacts of its walkers until now, in s since
/// <paramref name="StartedAt"/>, in order.</param>
public sealed record ClipTruth(string Address, string Flash, int Run, uint LastStride, DateTimeOffset StartedAt,
    IReadOnlyList<double> ContactSeconds);

/// <summary>What a whole room has counted.</summary>
/// <param name="Clips">Each clip.</param>
public sealed record RoomTruth(IReadOnlyList<ClipTruth> Clips)
{
    // A clip is mostly waited for: its time is real.
    private const int AskedAtOnce = 32;

    /// <summary>Asks every clip. None may have a central by now.</summary>
    /// <exception cref="SensorLinkException">One does not answer.</exception>
    public static async Task<RoomTruth> AskAsync(SimulatedRoom room, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var air = room.Air();
        await using var close = air.ConfigureAwait(false);
        var told = new ClipTruth[room.Clips.Count];
        await Parallel.ForAsync(0, told.Length, new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce,
            CancellationToken = cancellationToken }, async (at, stop) =>
            told[at] = await AskAsync(air, room.Clips[at], time, stop).ConfigureAwait(false)).ConfigureAwait(false);
        return new RoomTruth(told);
    }

    private static async Task<ClipTruth> AskAsync(IBluetooth air, SimulatedClip clip, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var conversation = new SensorConversation(
            air.LinkTo(new SensorSighting(clip.Name, clip.Address, null, null, false)), time);
        await using var end = conversation.ConfigureAwait(false);
        await conversation.ConnectAsync(cancellationToken).ConfigureAwait(false);
        // Asked for a replay that nobody could hear, it refuses, and tells nothing.
        await conversation.SubscribeAsync(Uuids.Log, _ => { }, cancellationToken).ConfigureAwait(false);
        var reply = await conversation.AskAsync(ControlCommand.ReplayLog(uint.MaxValue), cancellationToken)
            .ConfigureAwait(false);
        double now = clip.Elapsed.TotalSeconds;
        return new ClipTruth(clip.Address, reply.Log.Flash.ToString("x8", CultureInfo.InvariantCulture),
            reply.Log.Run, reply.Log.LastSequence, clip.StartedAt, [.. clip.Walkers.ContactSeconds
                .Where(contact => contact <= now).Select(contact => Math.Round(contact, 3))]);
    }

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RoomTruthJson.Default.RoomTruth);

    /// <summary>From JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RoomTruth FromJson(string json) => JsonSerializer.Deserialize(json, RoomTruthJson.Default.RoomTruth)
        ?? throw new JsonException("no room");
}

/// <summary>For a file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RoomTruth))]
internal sealed partial class RoomTruthJson : JsonSerializerContext;
