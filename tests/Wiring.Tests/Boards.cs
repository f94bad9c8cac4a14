using Backstep.Sensor.Board;

namespace Wiring.Tests;

/// <summary>
/// A documented board: what the program says of it, what it brings out, and what its processor can do with its pins.
/// </summary>
/// <param name="Pins">The program's pins.</param>
/// <param name="Part">Its name in the drawing.</param>
/// <param name="Pads">Pads as the maker calls them, left row, then right row; empty where there is nothing to
/// solder.</param>
/// <param name="GpioOfPad">GPIO number by pad.</param>
/// <param name="WakePins">GPIO numbers that can end a deep sleep.</param>
/// <param name="TakenPins">GPIO numbers that the module or the start of the chip needs itself.</param>
/// <param name="InputOnlyPins">GPIO numbers without output driver and pull-up.</param>
/// <param name="AdcPins">GPIO numbers of ADC1's channels.</param>
/// <param name="Wires">What must be drawn: signal, and where to.</param>
/// <param name="Grounded">And from here a wire to ground.</param>
public sealed record Board(
    Pins Pins,
    string Part,
    string[] Pads,
    IReadOnlyDictionary<string, int> GpioOfPad,
    int[] WakePins,
    int[] TakenPins,
    int[] InputOnlyPins,
    int[] AdcPins,
    string[] Wires,
    string[] Grounded)
{
    public string Name => Pins.Board;

    /// <summary>GPIO numbers of the program for this board, by signal; without those that the board lacks.</summary>
    public IReadOnlyDictionary<string, int> Gpio { get; } = PinConstants.Of(Pins);
}

/// <summary>The three boards of the page.</summary>
public static class Boards
{
    /// <summary>GY-521, chip side up, pads at the lower edge, from left to right.</summary>
    public static readonly string[] Gy521 = ["VCC", "GND", "SCL", "SDA", "XDA", "XCL", "AD0", "INT"];

    /// <summary>ESP32 data sheet: RTC pins.</summary>
    private static readonly int[] Esp32Wake = [0, 2, 4, 12, 13, 14, 15, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39];

    private static readonly int[] Esp32InputOnly = [34, 35, 36, 37, 38, 39];

    private static readonly int[] Esp32Adc = [36, 37, 38, 39, 32, 33, 34, 35];

    private static readonly string[] ChipWires =
    [
        "Supply GY-521:VCC", "Ground GY-521:GND", "MotionClock GY-521:SCL", "MotionData GY-521:SDA",
        "MotionInterrupt GY-521:INT", "Button Button:in",
    ];

    /// <summary>
    /// Espressif's getting-started guide for the ESP32-DevKitC V4, header J2, then J3; the VE has the same headers.
    /// Taken: flash (6 to 11), PSRAM (16, 17: ESP32-WROVER-E data sheet, table 3), start (0, 12), serial port (1, 3).
    /// </summary>
    public static Board DevKit { get; } = new(
        Pins.DevKit(),
        "DevKitC",
        [
            "3V3", "EN", "VP", "VN", "34", "35", "32", "33", "25", "26",
            "27", "14", "12", "GND", "13", "D2", "D3", "CMD", "5V",
            "GND", "23", "22", "TX", "RX", "21", "GND", "19", "18", "5",
            "17", "16", "4", "0", "2", "15", "D1", "D0", "CLK",
        ],
        Enumerable.Range(0, 40).ToDictionary(n => $"{n}", n => n),
        Esp32Wake,
        [0, 1, 3, 6, 7, 8, 9, 10, 11, 12, 16, 17],
        Esp32InputOnly,
        Esp32Adc,
        [.. ChipWires, "StatusLed LED:in"],
        ["Button:out", "LED:out"]);

    /// <summary>
    /// Seeed's wiki, "XIAO ESP32S3 pin multiplexing", with the USB socket up. Taken (ESP32-S3 data sheet, sections 2.3
    /// and 2.6): flash and octal PSRAM (26 to 37), strapping pins (0, 3, 45, 46), USB (19, 20), serial port (43, 44).
    /// </summary>
    public static Board Xiao { get; } = new(
        Pins.Xiao(),
        "XIAO",
        ["D0", "D1", "D2", "D3", "D4", "D5", "D6", "5V", "GND", "3V3", "D10", "D9", "D8", "D7"],
        new Dictionary<string, int>
        {
            ["D0"] = 1, ["D1"] = 2, ["D2"] = 3, ["D3"] = 4, ["D4"] = 5, ["D5"] = 6,
            ["D6"] = 43, ["D7"] = 44, ["D8"] = 7, ["D9"] = 8, ["D10"] = 9,
        },
        [.. Enumerable.Range(0, 22)],
        [0, 3, 19, 20, .. Enumerable.Range(26, 12), 43, 44, 45, 46],
        [],
        [.. Enumerable.Range(1, 10)],
        [.. ChipWires, "BatteryVoltage Divider:mid", "Battery Divider:top", "Battery Cell:+", "Ground Cell:-"],
        ["Button:out", "Divider:bottom"]);

    /// <summary>
    /// docs.m5stack.com, "M5StickC PLUS2". Taken (ESP32-PICO-V3-02 data sheet, section 2.2): flash and PSRAM (6 to
    /// 11), not brought out (16 to 18, 20, 23), start (0, 12), serial port (1, 3).
    /// </summary>
    public static Board Stick { get; } = new(
        Pins.Stick(),
        "Stick",
        [],
        new Dictionary<string, int>(),
        Esp32Wake,
        [0, 1, 3, 6, 7, 8, 9, 10, 11, 12, 16, 17, 18, 20, 23],
        Esp32InputOnly,
        Esp32Adc,
        [],
        []);

    /// <summary>In the order of the page's columns.</summary>
    public static IReadOnlyList<Board> All { get; } = [DevKit, Xiao, Stick];

    public static TheoryData<string> Names => [.. All.Select(b => b.Name)];

    public static Board Named(string name) => All.Single(b => b.Name == name);
}
