using System.Text.Json.Serialization;

namespace Backstep.Companion.Output;

/// <summary><c>backstep log pain N --json</c>.</summary>
/// <param name="Walker">Whose.</param>
/// <param name="At">When it was noted.</param>
/// <param name="Moment">before, after or morning.</param>
/// <param name="Level">0 to 10.</param>
/// <param name="SessionId">The session it belongs to; null when it stands alone.</param>
/// <param name="Advice">What the plan says now: walk, rest or stop.</param>
public sealed record PainJson(string Walker, DateTimeOffset At, string Moment, int Level, long? SessionId,
    string Advice)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.pain/1";
}
