using System.Text.Json.Serialization;

namespace Backstep.Companion.Output;

/// <summary><c>backstep log walk|note|undo --json</c>.</summary>
/// <param name="Walker">Whose.</param>
/// <param name="Done">noted, or taken back.</param>
/// <param name="At">When it was walked, or noted.</param>
/// <param name="WalkedMinutes">Of a walk without a sensor; null when it is none.</param>
/// <param name="Text">In words; null when there are none.</param>
/// <param name="PainLevel">Of a note about pain, 0 to 10; null when it is none.</param>
/// <param name="Advice">What the plan says now: walk, rest, stop or answer.</param>
public sealed record NoteJson(string Walker, string Done, DateTimeOffset At, double? WalkedMinutes, string? Text,
    int? PainLevel, string Advice)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.note/1";
}
