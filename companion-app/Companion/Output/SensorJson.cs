using System.Text.Json.Serialization;

namespace Backstep.Companion.Output;

/// <summary>A line of <c>backstep sensor --json</c>: one event each, as it comes.</summary>
/// <param name="Event">What kind.</param>
/// <param name="AtSeconds">When, on the sensor's and the walker's clock: since the sensor was switched on.</param>
public abstract record SensorEventJson(
    [property: JsonPropertyOrder(-2)] string Event, [property: JsonPropertyOrder(-1)] double AtSeconds)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-4)]
    public string Schema { get; } = "backstep.sensor/1";

    /// <summary>Always true: no person walks.</summary>
    [JsonPropertyOrder(-3)]
    public bool Simulated { get; } = true;
}

/// <summary>The sensor can be found now.</summary>
public sealed record SensorOnAirJson(double AtSeconds, string Name, string Adapter, string Address)
    : SensorEventJson("onAir", AtSeconds);

/// <summary>A central came (with its address) or went.</summary>
public sealed record SensorCentralJson(double AtSeconds, bool Connected, string? Address)
    : SensorEventJson("central", AtSeconds);

/// <summary>A central pairs: it must enter this passkey, six digits.</summary>
public sealed record SensorPasskeyJson(double AtSeconds, string Passkey) : SensorEventJson("passkey", AtSeconds);

/// <summary>The simulated foot makes initial contact: the truth, told at that moment.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Number">Which, from 1.</param>
public sealed record SensorContactJson(double AtSeconds, int Number) : SensorEventJson("contact", AtSeconds);

/// <summary>With --wrist: the simulated hand begins to do something else; the truth, told at that moment.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Hand">What.</param>
/// <param name="Rails">Whether a hand is on the rail now: held, free; unknown while nobody walks.</param>
public sealed record SensorHandJson(double AtSeconds, string Hand, string Rails) : SensorEventJson("hand", AtSeconds);

/// <summary>What keeps the sensor from the air.</summary>
public sealed record SensorProblemJson(double AtSeconds, string Problem) : SensorEventJson("problem", AtSeconds);

/// <summary>The last line.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Contacts">Initial contacts of the simulated foot.</param>
/// <param name="Centrals">Links that centrals made.</param>
public sealed record SensorSummaryJson(double AtSeconds, int Contacts, int Centrals)
    : SensorEventJson("summary", AtSeconds);
