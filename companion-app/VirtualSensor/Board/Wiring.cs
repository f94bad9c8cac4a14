namespace Backstep.VirtualSensor.Board;

/// <summary>Which GPIO goes where: the wiring diagram, written down apart from the firmware's own constants so that a slip in either is found.</summary>
public sealed record Wiring
{
    /// <summary>SDA of the motion chip.</summary>
    public int MotionData { get; init; } = 21;

    /// <summary>SCL of the motion chip.</summary>
    public int MotionClock { get; init; } = 22;

    /// <summary>INT of the motion chip.</summary>
    public int MotionInterrupt { get; init; } = 33;

    /// <summary>LED to ground.</summary>
    public int Led { get; init; } = 2;

    /// <summary>Button to ground.</summary>
    public int Button { get; init; } = 27;

    /// <summary>Middle of the battery's divider.</summary>
    public int Battery { get; init; } = 35;

    /// <summary>Part of the battery's voltage at that pin: two equal resistors.</summary>
    public double BatteryDivider { get; init; } = 0.5;

    /// <summary>Voltage of the ADC's largest reading at 11 dB attenuation (nominal).</summary>
    public double AdcFullScaleVolts { get; init; } = 3.3;
}
