using System.Text.Json.Serialization;
using Backstep.Link;

namespace Backstep.Companion.Output;

/// <summary><c>backstep doctor --json</c>.</summary>
/// <param name="CanUseBluetooth">Whether nothing is wrong.</param>
/// <param name="Checks">One by one.</param>
public sealed record DoctorJson(bool CanUseBluetooth, IReadOnlyList<DoctorCheck> Checks)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.doctor/1";
}
