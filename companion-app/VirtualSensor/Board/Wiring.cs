using Backstep.NanoHost;

namespace Backstep.VirtualSensor.Board;

/// <summary>
/// Which GPIO goes where, and which image runs: the wiring diagram, written down apart from the firmware's own
/// constants so that a slip in either is found. As it is made, the desk board.
/// </summary>
public sealed record Wiring
{
    /// <summary>ESP32-DevKitC-VE.</summary>
    public static Wiring DevKit { get; } = new();

    /// <summary>Seeed XIAO ESP32S3: LED against 3.3 V, an ADC that reaches to 3.1 V.</summary>
    public static Wiring Xiao { get; } = new()
    {
        Image = "ESP32_S3_OCTAL",
        MotionData = 5,
        MotionClock = 6,
        MotionInterrupt = 1,
        Led = 21,
        IsLedLitByLow = true,
        Button = 2,
        Battery = 4,
        AdcFullScaleVolts = 3.1,
    };

    /// <summary>
    /// M5StickC Plus2: a clock chip on the bus, a pull-up at the button, no wire from the motion chip's INT, and a
    /// power that must be held.
    /// </summary>
    public static Wiring Stick { get; } = new()
    {
        MotionInterrupt = -1,
        Led = 19,
        Button = 37,
        IsButtonPulledUp = true,
        Battery = 38,
        PowerHold = 4,
        ClockAddress = 0x51,
    };

    /// <summary>Name of the nanoFramework image.</summary>
    public string Image { get; init; } = Machine.Esp32Image;

    /// <summary>SDA of the motion chip.</summary>
    public int MotionData { get; init; } = 21;

    /// <summary>SCL of the motion chip.</summary>
    public int MotionClock { get; init; } = 22;

    /// <summary>INT of the motion chip; -1 where it is not wired.</summary>
    public int MotionInterrupt { get; init; } = 33;

    /// <summary>The LED.</summary>
    public int Led { get; init; } = 2;

    /// <summary>The LED hangs on 3.3 V, not on ground.</summary>
    public bool IsLedLitByLow { get; init; }

    /// <summary>Button to ground.</summary>
    public int Button { get; init; } = 27;

    /// <summary>The board pulls the button up.</summary>
    public bool IsButtonPulledUp { get; init; }

    /// <summary>Middle of the battery's divider.</summary>
    public int Battery { get; init; } = 35;

    /// <summary>Part of the battery's voltage at that pin: two equal resistors.</summary>
    public double BatteryDivider { get; init; } = 0.5;

    /// <summary>Voltage of the ADC's largest reading at its widest attenuation (nominal).</summary>
    public double AdcFullScaleVolts { get; init; } = 3.3;

    /// <summary>High keeps the board on; null where nothing needs holding.</summary>
    public int? PowerHold { get; init; }

    /// <summary>I2C address of a clock chip beside the motion chip; null where there is none.</summary>
    public int? ClockAddress { get; init; }
}
