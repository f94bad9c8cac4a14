using System.Text.Json.Serialization;
using Backstep.Gait;
using Backstep.Walks.Rails;

namespace Backstep.Companion.Output;

/// <summary><c>backstep calibrate rails --json</c>.</summary>
/// <param name="Sensor">Which.</param>
/// <param name="Synthetic">No person walked.</param>
/// <param name="Distinct">Whether the two baselines are far enough apart to tell the postures from the shoe
/// alone.</param>
/// <param name="BeltMetersPerSecond">The speed at which they hold.</param>
/// <param name="InclinePercent">The incline at which they hold, told or measured, or null when it is not known.</param>
/// <param name="HeldStrideTimeVariationPercent">With the rails held.</param>
/// <param name="FreeStrideTimeVariationPercent">With free hands.</param>
/// <param name="Wrist">What a unit on the wrist found, or null.</param>
public sealed record CalibrateRailsJson(
    string Sensor, bool Synthetic, bool Distinct, double BeltMetersPerSecond, double? InclinePercent,
    double HeldStrideTimeVariationPercent, double FreeStrideTimeVariationPercent, WristBaseline? Wrist)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.calibrate-rails/1";

    /// <summary>Of what was found.</summary>
    public static CalibrateRailsJson Of(string sensor, bool synthetic, RailBaselines baselines, bool distinct,
        WristBaseline? wrist) => new(
        sensor,
        synthetic,
        distinct,
        baselines.BeltMillimetersPerSecond / 1000.0,
        baselines.InclineTenthsPercent == Stride.Missing ? null : baselines.InclineTenthsPercent / 10.0,
        baselines.Held.StrideTimeHundredthsPercent / 100.0,
        baselines.Free.StrideTimeHundredthsPercent / 100.0,
        wrist);
}
