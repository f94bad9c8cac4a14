using System.Reflection;
using Backstep.Sensor.Board;

namespace Wiring.Tests;

/// <summary>What the compiled firmware says about its pins.</summary>
public static class PinConstants
{
    /// <summary>Constants of the same class that are no GPIO numbers.</summary>
    private static readonly string[] Others = [nameof(Pins.MotionBus), nameof(Pins.BatteryAdcChannel)];

    /// <summary>GPIO number by name of the constant.</summary>
    public static IReadOnlyDictionary<string, int> Gpio { get; } = typeof(Pins)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral && f.FieldType == typeof(int) && !Others.Contains(f.Name))
        .ToDictionary(f => f.Name, f => (int)f.GetRawConstantValue()!);
}
