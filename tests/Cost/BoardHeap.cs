namespace Backstep.Cost;

/// <summary>The managed heap of a board's image, and how much of it the program may take.</summary>
/// <param name="Image">nanoFramework's name of the image.</param>
/// <param name="Bytes">Its managed heap: nf-interpreter's defconfigs and Memory.cpp.</param>
/// <param name="IsEnough">Whether the program is meant to run on it.</param>
public sealed record BoardHeap(string Image, long Bytes, bool IsEnough)
{
    /// <summary>Kilobytes of managed heap that a board must have.</summary>
    public const int SmallestKilobytes = 128;

    /// <summary>
    /// What must stay free for stack frames (204 to 384 bytes each) and for what dies young between two collections: so
    /// much was free in the smallest heap in which the program lost no sample on the 32-bit CLR, 112,640 less 33,448
    /// before Main and 59,436 live.
    /// </summary>
    public const long RoomBytes = 112_640 - 33_448 - 59_436;

    /// <summary>
    /// The images with Bluetooth. A heap in PSRAM is what is left of 2 MB, or 4 MB of the WROVER-E's 8, beside the
    /// radio; where a range is known, the least of it.
    /// </summary>
    public static IReadOnlyList<BoardHeap> All { get; } =
    [
        new("ESP32_BLE_REV3 with PSRAM, 4 MB mapped (DevKitC-VE)", (4 * 1024 * 1024) - 262_144, true),
        new("ESP32_BLE_REV3 with PSRAM, 2 MB (M5StickC Plus2)", (2 * 1024 * 1024) - 262_144, true),
        new("ESP32_S3_OCTAL with PSRAM, 8 MB (XIAO ESP32-S3)", (8 * 1024 * 1024) - 1_048_576, true),
        new("ESP32_S3_QUAD with PSRAM, 2 MB", (2 * 1024 * 1024) - 1_286_144, true),
        new("M5Core2 with PSRAM, 4 MB mapped", (4 * 1024 * 1024) - 1_048_576, true),
        new("smallest heap that will do", SmallestKilobytes * 1024, true),
        new("ESP32_C3", 54_472, false),
        new("ESP32_BLE_REV0, or any image above whose PSRAM is not found", 44 * 1024, false),
    ];

    /// <summary>Most bytes that tables and live objects may take together.</summary>
    public long BudgetBytes => Math.Min(Bytes - RoomBytes, MostBytes);

    // A heap in PSRAM has room for ten times as much, but a collection stops the world for longer the more there is:
    // one budget for all boards that will do.
    private const long MostBytes = 100 * 1024;
}
