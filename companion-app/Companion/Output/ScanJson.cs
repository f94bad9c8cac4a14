using System.Text.Json.Serialization;
using Backstep.Companion.Bluetooth;

namespace Backstep.Companion.Output;

/// <summary><c>backstep scan --json</c>.</summary>
/// <param name="Seconds">For how long was listened.</param>
/// <param name="Sensors">What was heard, in that order. Null means not known.</param>
public sealed record ScanJson(double Seconds, IReadOnlyList<SensorSighting> Sensors)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.scan/1";
}
