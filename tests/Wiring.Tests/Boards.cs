namespace Wiring.Tests;

/// <summary>What the documented boards bring out, from antenna to USB: left row, then right row.</summary>
public static class Boards
{
    /// <summary>LOLIN D32 V1.0.0: the print on the board; schematic of 2018-04-08, JP1 and JP2.</summary>
    public static readonly string[] D32 =
    [
        "3V", "RS", "VP", "VN", "34", "32", "33", "25", "26", "27", "14", "12", "13", "EN", "USB", "BAT",
        "GND", "23", "22", "TX", "RX", "21", "19", "18", "5", "17", "16", "4", "0", "2", "15", "GND",
    ];

    /// <summary>ESP32-DevKitC V4: Espressif's getting-started guide, header J2, then J3.</summary>
    public static readonly string[] DevKitC =
    [
        "3V3", "EN", "VP", "VN", "34", "35", "32", "33", "25", "26", "27", "14", "12", "GND", "13", "D2", "D3", "CMD", "5V",
        "GND", "23", "22", "TX", "RX", "21", "GND", "19", "18", "5", "17", "16", "4", "0", "2", "15", "D1", "D0", "CLK",
    ];

    /// <summary>The 30-pin "DevKit V1" (first sold by DOIT).</summary>
    public static readonly string[] DevKitV1 =
    [
        "EN", "VP", "VN", "D34", "D35", "D32", "D33", "D25", "D26", "D27", "D14", "D12", "D13", "GND", "VIN",
        "D23", "D22", "TX0", "RX0", "D21", "D19", "D18", "D5", "TX2", "RX2", "D4", "D2", "D15", "GND", "3V3",
    ];

    /// <summary>GY-521, chip side up, pads at the lower edge, from left to right.</summary>
    public static readonly string[] Gy521 = ["VCC", "GND", "SCL", "SDA", "XDA", "XCL", "AD0", "INT"];
}
