using System.Text.Json.Serialization;

namespace Backstep.Companion.Output;

/// <summary><c>backstep record --json</c>.</summary>
/// <param name="File">The recording.</param>
/// <param name="Truth">The file of true events, if one was written.</param>
/// <param name="Scenario">What was walked; null when a real sensor was recorded.</param>
/// <param name="Seed">Where its chances came from; null likewise.</param>
/// <param name="Sensor">The real sensor; null when a simulated walk was recorded.</param>
/// <param name="Samples">Rows written.</param>
/// <param name="MissingSamples">Samples that did not arrive; the rows leave a gap in time there.</param>
/// <param name="DurationSeconds">From the first row to the last.</param>
public sealed record RecordJson(string File, string? Truth, string? Scenario, int? Seed, string? Sensor, long Samples,
    long MissingSamples, double DurationSeconds)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-2)]
    public string Schema { get; } = "backstep.record/1";

    /// <summary>Whether no person walked.</summary>
    [JsonPropertyOrder(-1)]
    public bool Synthetic { get; } = Sensor == null;
}
