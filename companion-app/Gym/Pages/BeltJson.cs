using System.Text.Json.Serialization;
using Backstep.Gym.Board;
using Backstep.Walks.Coaching;

namespace Backstep.Gym.Pages;

/// <summary>A belt over HTTP. Every key is always there; null is not known. README.md beside this file tells
/// them.</summary>
public sealed record BeltJson(
    int Number,
    string? Nickname,
    string State,
    bool Simulated,
    bool Stale,
    int? WalkedSeconds,
    int? TargetSeconds,
    int LimitSeconds,
    int? RemainingSeconds,
    int? CadenceStepsPerMinute,
    int? ToeFirstPercent,
    DateTimeOffset? LastContactAt,
    string Marks,
    BeltCueJson? Cue,
    string Rails,
    bool RhythmSettled,
    double? BeltMetersPerSecond,
    string? BeltSpeed,
    double? InclinePercent,
    int? BatteryPercent,
    bool BatteryLow,
    string? Link)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.gym.belt/1";

    /// <summary>From a view, in words of a language.</summary>
    public static BeltJson From(BeltView belt, Texts texts, BoardOptions options) => new(
        Number: belt.Number,
        Nickname: belt.Nickname,
        State: belt.State,
        Simulated: belt.IsSimulated,
        Stale: belt.IsStale,
        WalkedSeconds: belt.WalkedSeconds,
        TargetSeconds: belt.TargetSeconds,
        LimitSeconds: belt.LimitSeconds,
        RemainingSeconds: belt.RemainingSeconds,
        CadenceStepsPerMinute: belt.CadenceStepsPerMinute,
        ToeFirstPercent: belt.ToeFirstPercent,
        LastContactAt: belt.LastContactAt,
        Marks: belt.Marks,
        Cue: belt.Cue is { } cue ? BeltCueJson.From(texts.Cues.Of(cue)) : null,
        Rails: belt.Rails,
        RhythmSettled: belt.IsRhythmSettled,
        BeltMetersPerSecond: belt.BeltMetersPerSecond,
        BeltSpeed: belt.BeltMetersPerSecond is { } speed ? texts.Speed(speed, options.Units) : null,
        InclinePercent: belt.InclinePercent,
        BatteryPercent: belt.BatteryPercent,
        BatteryLow: belt.IsBatteryLow,
        Link: belt.Link);
}

/// <summary>The one thing to say.</summary>
/// <param name="Kind">What it is about, as <see cref="CueKind"/> names it.</param>
/// <param name="Tone">safety, enough, call, correction, neutral, praise.</param>
/// <param name="Headline">In one to three words.</param>
/// <param name="Text">In a sentence.</param>
public sealed record BeltCueJson(string Kind, string Tone, string Headline, string Text)
{
    internal static BeltCueJson From(Cue cue) => new(Camel(cue.Kind.ToString()),
        cue.Tone.ToString().ToLowerInvariant(), cue.Headline, cue.Text);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>All belts.</summary>
public sealed record BeltsJson(IReadOnlyList<BeltJson> Belts)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.gym.belts/1";
}

/// <summary>Which belts there are.</summary>
internal sealed record RoomEventJson(IReadOnlyList<int> Belts);

/// <summary>The server is there; and for how long each clip has been silent that is.</summary>
internal sealed record TickEventJson(DateTimeOffset At, IReadOnlyDictionary<string, int> Silent);

/// <summary>Serialisers, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BeltJson))]
[JsonSerializable(typeof(BeltsJson))]
[JsonSerializable(typeof(RoomEventJson))]
[JsonSerializable(typeof(TickEventJson))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class PagesJson : JsonSerializerContext;
