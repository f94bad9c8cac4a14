using System.Globalization;

namespace Backstep.Walks.Strides;

/// <summary>Metric or US customary, for people. Files and JSON are always SI.</summary>
public sealed class Units
{
    private const double MetersPerMile = 1609.344; // exact (international yard and pound agreement, 1959)
    private const double MetersPerInch = 0.0254; // exact
    private const double SecondsPerHour = 3600; // exact

    private readonly bool _us;

    private Units(bool us) => _us = us;

    // Where miles are usual: what ICU 72 says of every region (UnitsOfRegionsTests). Known here, as a small Linux has
    // no ICU to ask.
    private static readonly string[] UsRegions = ["US", "LR"];

    /// <summary>km/h, cm.</summary>
    public static Units Metric { get; } = new(false);

    /// <summary>mph, inches.</summary>
    public static Units Us { get; } = new(true);

    /// <summary>metric or us.</summary>
    public string Name => _us ? "us" : "metric";

    /// <summary>mph or km/h.</summary>
    public string SpeedUnit => _us ? "mph" : "km/h";

    /// <summary>What is usual where this culture lives; metric for a culture of no place.</summary>
    public static Units For(CultureInfo culture) =>
        UsRegions.Contains(culture.Name.Split('-').Skip(1).FirstOrDefault(part => part.Length == 2)) ? Us : Metric;

    /// <summary>A speed without its unit, one decimal: 2.4.</summary>
    public string SpeedNumber(double metersPerSecond) =>
        SpeedValue(metersPerSecond).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A speed in <see cref="SpeedUnit"/>.</summary>
    public double SpeedValue(double metersPerSecond) => metersPerSecond * SecondsPerHour / (_us ? MetersPerMile : 1000);

    /// <summary>A speed: 2.4 km/h.</summary>
    public string Speed(double metersPerSecond) => $"{SpeedNumber(metersPerSecond)} {SpeedUnit}";

    /// <summary>A walked distance: 126 m or 413 ft.</summary>
    public string Distance(double meters) => _us
        ? (meters / (12 * MetersPerInch)).ToString("0", CultureInfo.InvariantCulture) + " ft"
        : meters.ToString("0", CultureInfo.InvariantCulture) + " m";

    /// <summary>A stride's length: 62 cm or 24 in.</summary>
    public string Length(double meters) => _us
        ? (meters / MetersPerInch).ToString("0", CultureInfo.InvariantCulture) + " in"
        : (meters * 100).ToString("0", CultureInfo.InvariantCulture) + " cm";
}
