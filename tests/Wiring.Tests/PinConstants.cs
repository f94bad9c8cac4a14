using System.Reflection;
using Backstep.Sensor.Board;

namespace Wiring.Tests;

/// <summary>What the compiled firmware says about the pins of a board.</summary>
public static class PinConstants
{
    /// <summary>Numbers of the same class that are no GPIO.</summary>
    private static readonly string[] Others = [nameof(Pins.BatteryAdcChannel), nameof(Pins.AdcFullScaleMillivolts)];

    /// <summary>All signals of the program.</summary>
    public static IReadOnlyList<string> Signals { get; } = [.. Properties().Select(p => p.Name)];

    /// <summary>GPIO number by signal.</summary>
    public static IReadOnlyDictionary<string, int> Of(Pins pins) => Properties()
        .Select(p => (p.Name, Gpio: (int)p.GetValue(pins)!))
        .Where(p => p.Gpio != Pins.None)
        .ToDictionary(p => p.Name, p => p.Gpio);

    private static IEnumerable<PropertyInfo> Properties() => typeof(Pins)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.PropertyType == typeof(int) && !Others.Contains(p.Name));
}
