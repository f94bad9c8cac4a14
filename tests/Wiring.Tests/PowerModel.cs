using System.Globalization;

namespace Wiring.Tests;

/// <summary>
/// A current at the cell in mA, between what data sheets call typical in the best and in the worst case.
/// </summary>
public readonly record struct Current(double Low, double High)
{
    public static Current operator +(Current a, Current b) => new(a.Low + b.Low, a.High + b.High);

    public static Current operator *(Current a, double share) => new(a.Low * share, a.High * share);
}

/// <summary>
/// Where the charge goes. Arithmetic with data-sheet currents, nothing of it measured on a unit. Regulators are
/// linear: what flows at 3.3 V flows from the cell.
/// </summary>
public static class PowerModel
{
    /// <summary>Of a cell's nominal charge, what is used before its protection cuts off.</summary>
    public const double Usable = 0.9;

    /// <summary>
    /// Idle at 240 MHz, radio asleep between its events. ESP32-S3 data sheet, table 5-9 (WAITI, without and with all
    /// peripheral clocks); ESP32 data sheet, "Current consumption depending on power modes" (modem-sleep, 240 MHz,
    /// dual core). The images fix the clock at 240 MHz (sdkconfig: ESP_DEFAULT_CPU_FREQ_MHZ_240).
    /// </summary>
    private static readonly Current IdleS3 = new(32.9, 47.6), IdleEsp32 = new(30, 68);

    /// <summary>
    /// One core busy instead of idle: same table, 51.2 - 32.9; for the ESP32 half of its range. Times the share of
    /// time: 80,000 ops a second of 1 us.
    /// </summary>
    private static readonly Current BusyS3 = At(51.2 - 32.9) * 0.08, BusyEsp32 = At((68 - 30) / 2.0) * 0.08;

    /// <summary>
    /// A connection event: 2 ms (estimate: start-up, one packet each way) of receiving or sending. ESP32-S3 WROOM data
    /// sheet, table 6-5: 93 mA; ESP32 data sheet: 95 to 100 mA.
    /// </summary>
    private const double EventMilliseconds = 2, EventMilliamperes = 95;

    /// <summary>
    /// Advertising: 4 ms (estimate: three channels) every 30 to 60 ms. NimBLE's interval for connectable advertising
    /// when none is given (ble_gap.h, BLE_GAP_ADV_FAST_INTERVAL1); the library gives none. Sending at 0 dBm: 130 mA
    /// (ESP32 data sheet).
    /// </summary>
    private static readonly Current Advertising = new(4.0 / 60 * 110, 4.0 / 30 * 130);

    /// <summary>MPU-6050, all axes: 3.8 mA; cycling at 5 Hz: 20 uA (PS-MPU-6000A-00, section 6.3).</summary>
    private static readonly Current Chip = At(3.8), ChipWatching = At(0.02);

    /// <summary>Power LED of a GY-521 behind 1 kOhm at 3.3 V, always on.</summary>
    private static readonly Current ChipLed = At(1.3);

    /// <summary>PSRAM in use (estimate; asleep 0.14 mA by the ESP32-S3 data sheet, table 5-10, note 1).</summary>
    private static readonly Current Psram = new(0.5, 2);

    /// <summary>Status LED at 1.3 mA, lit half the time while walking, a twentieth while searching.</summary>
    private static readonly Current LedWalking = At(1.3 * 0.5), LedSearching = At(1.3 * 0.05);

    /// <summary>200 kOhm at the cell.</summary>
    private static readonly Current Divider = At(0.02);

    /// <summary>The whole XIAO ESP32S3 in deep sleep: 14 uA (Seeed).</summary>
    private static readonly Current XiaoAsleep = At(0.014);

    /// <summary>The rows of the page's table: state, XIAO, hours, stick, hours.</summary>
    public static IReadOnlyList<string[]> Rows() =>
    [
        Row("walking, an app connected every 30 ms", Walking(WorkS3, 30) + ChipLed, Walking(WorkEsp32, 30)),
        Row("walking, an app connected every 100 ms", Walking(WorkS3, 100) + ChipLed, Walking(WorkEsp32, 100)),
        Row("awake, nobody connected", Searching(IdleS3) + ChipLed, Searching(IdleEsp32)),
        Row("asleep", XiaoAsleep + ChipWatching + ChipLed + Divider, null),
        Row("asleep, LED of the GY-521 taken off", XiaoAsleep + ChipWatching + Divider, null),
    ];

    /// <summary>
    /// Hours of walking that a cell of so many mAh lasts at the least and at most, connected every 30 ms.
    /// </summary>
    public static (double Least, double Most) XiaoHours(double capacity)
    {
        var current = Walking(WorkS3, 30) + ChipLed;
        return (capacity * Usable / current.High, capacity * Usable / current.Low);
    }

    private static Current WorkS3 => IdleS3 + BusyS3;

    private static Current WorkEsp32 => IdleEsp32 + BusyEsp32;

    private static Current Walking(Current processor, double intervalMilliseconds) =>
        processor + Psram + Chip + Divider + LedWalking
        + At(EventMilliseconds / intervalMilliseconds * EventMilliamperes);

    private static Current Searching(Current processor) =>
        processor + Psram + Chip + Divider + LedSearching + Advertising;

    private static Current At(double milliamperes) => new(milliamperes, milliamperes);

    private static string[] Row(string state, Current xiao, Current? stick) =>
        [state, Text(xiao), Time(xiao, 500), stick is { } s ? Text(s) : "off", stick is { } t ? Time(t, 200) : "–"];

    private static string Text(Current c) => c.Low == c.High ? Number(c.Low) : $"{Number(c.Low)} to {Number(c.High)}";

    private static string Number(double value) =>
        value.ToString(value < 1 ? "0.00" : value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Time(Current c, double capacity)
    {
        var (least, most) = (capacity * Usable / c.High, capacity * Usable / c.Low);
        return least >= 96 ? $"{least / 24:0} days"
            : string.Create(CultureInfo.InvariantCulture, $"{least:0.0} to {most:0.0} h");
    }
}
