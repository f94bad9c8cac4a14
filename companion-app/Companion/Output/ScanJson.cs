using System.Text.Json.Serialization;
using Backstep.Link;

namespace Backstep.Companion.Output;

/// <summary><c>backstep scan --json</c>.</summary>
/// <param name="Seconds">For how long was listened.</param>
/// <param name="Sensors">What was heard, in that order.</param>
public sealed record ScanJson(double Seconds, IReadOnlyList<ScannedSensorJson> Sensors)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.scan/1";
}

/// <summary>A sensor that was heard. Null means not known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its Bluetooth address.</param>
/// <param name="SignalDbm">Strength of its signal here.</param>
/// <param name="BatteryPercent">Its battery's level.</param>
/// <param name="IsConnected">Whether this computer holds a link to it already.</param>
/// <param name="Placement">left, right, wrist, unknown; known only with <c>--ask</c>.</param>
/// <param name="Problem">Why it could not be asked, in words.</param>
public sealed record ScannedSensorJson(string? Name, string Address, int? SignalDbm, int? BatteryPercent,
    bool IsConnected, string? Placement, string? Problem)
{
    /// <summary>Before it was asked.</summary>
    public static ScannedSensorJson From(SensorSighting sensor) =>
        new(sensor.Name, sensor.Address, sensor.SignalDbm, sensor.BatteryPercent, sensor.IsConnected, null, null);

    /// <summary>To make a link to it.</summary>
    public SensorSighting ToSighting() => new(Name, Address, SignalDbm, BatteryPercent, IsConnected);
}
