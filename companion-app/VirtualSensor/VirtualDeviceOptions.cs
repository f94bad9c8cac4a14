using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Radio;

namespace Backstep.VirtualSensor;

/// <summary>What a virtual device is made of.</summary>
public sealed record VirtualDeviceOptions
{
    /// <summary>Everything random comes from here: noise and bias of the chip, the radio's retries.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The motion chip.</summary>
    public ChipOptions Chip { get; init; } = new();

    /// <summary>The radio link.</summary>
    public LinkOptions Link { get; init; } = new();

    /// <summary>A real radio instead of the one in memory; null for that.</summary>
    public IExternalRadio? ExternalRadio { get; init; }

    /// <summary>Whether the program runs on its owner's thread, pass by pass, because there is no other: in a browser.
    /// Nothing but the firmware runs so. What happens in the middle of a pass reaches the program up to some ms
    /// later.</summary>
    public bool HasOneThread { get; init; }

    /// <summary>USB feeds the board; false: it lives on its cell.</summary>
    public bool IsOnUsb { get; init; }

    /// <summary>The board and its wires.</summary>
    public Wiring Wiring { get; init; } = new();

    /// <summary>Voltage of the LiPo cell.</summary>
    public double BatteryVolts { get; init; } = 3.9;

    /// <summary>The flash volume; a new, empty one when null. Give the volume of another device to start with what it
    /// left.</summary>
    public MemoryVolume? Volume { get; init; }

    /// <summary>From power-up or reset to the first line of the program: the ESP32's boot loader and the CLR's start
    /// (estimate).</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMilliseconds(500);
}
