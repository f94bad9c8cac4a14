using System.Text.Json.Serialization;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Output;

/// <summary><c>backstep configure --json</c>: how the sensor is set when the command ends.</summary>
/// <param name="Sensor">What it called itself when it was found.</param>
/// <param name="Address">Its Bluetooth address.</param>
/// <param name="Firmware">Its firmware's revision; null when it does not tell.</param>
/// <param name="BatteryPercent">Null when it cannot tell.</param>
/// <param name="Name">The name that it was given; empty for the default one.</param>
/// <param name="Placement">left, right, wrist, unknown.</param>
/// <param name="Cadence">both-feet or one-foot: what standard running apps are told.</param>
/// <param name="ToeLandingDegrees">A foot strike angle at or below this is a toe landing.</param>
/// <param name="HeelLandingDegrees">A foot strike angle at or above this is a heel landing.</param>
/// <param name="Mount">The rotation from chip axes to foot axes (x toes, y left, z up), row by row.</param>
/// <param name="WasChanged">Whether this command changed anything.</param>
public sealed record ConfigureJson(
    string Sensor,
    string Address,
    string? Firmware,
    int? BatteryPercent,
    string Name,
    string Placement,
    string Cadence,
    double ToeLandingDegrees,
    double HeelLandingDegrees,
    IReadOnlyList<double> Mount,
    bool WasChanged)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.configure/1";

    /// <summary>From what the sensor says.</summary>
    public static ConfigureJson From(SensorSighting found, string sensor, string? firmware, int? battery,
        Configuration configuration, bool wasChanged) => new(
        Sensor: sensor,
        Address: found.Address,
        Firmware: firmware,
        BatteryPercent: battery,
        Name: configuration.Name,
        Placement: StrideText.Of(configuration.Placement),
        Cadence: configuration.Cadence == CadenceConvention.OneFoot ? "one-foot" : "both-feet",
        ToeLandingDegrees: configuration.ToeLandingHalfDegrees / 2.0,
        HeelLandingDegrees: configuration.HeelLandingHalfDegrees / 2.0,
        Mount: CalibrateMountJson.Rows(configuration.Mount),
        WasChanged: wasChanged);
}
