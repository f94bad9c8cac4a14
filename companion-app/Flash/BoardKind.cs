namespace Backstep.Flash;

/// <summary>A board of the wiring page, and the nanoFramework image that it takes.</summary>
/// <param name="Key">What is typed for it.</param>
/// <param name="Name">As its maker calls it.</param>
/// <param name="Target">Name of the image.</param>
/// <param name="ImageVersion">Version of the image that is put on it.</param>
/// <param name="DeploymentAddress">Where the program lies in the flash: the partition <c>deploy</c> of
/// nf-interpreter's <c>targets/ESP32/_IDF/esp32/</c> and <c>esp32s3/partitions_nanoclr_*.csv</c>, the same for every
/// size of flash. nanoff takes 0x1B0000 for all chips unless it is told, and says OK (nanoframework/Home #1835).
/// </param>
public sealed record BoardKind(string Key, string Name, string Target, Version ImageVersion, int DeploymentAddress)
{
    /// <summary>
    /// The generation of images whose native parts are those of the packages in nf.proj-settings: mscorlib's since
    /// April 2025, all others' longer (checksums in nf-interpreter, July 2026). 1.17.0.285 is known to be published
    /// for ESP32_S3_OCTAL; where it is not for a target, the newest of 1.17 is taken, and the checksums decide.
    /// </summary>
    public static Version PinnedImage { get; } = new(1, 17, 0, 285);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BoardKind> All { get; } =
    [
        new("xiao", "Seeed XIAO ESP32S3", "ESP32_S3_OCTAL", PinnedImage, 0x1B0000),
        new("devkit", "ESP32-DevKitC-VE", "ESP32_BLE_REV3", PinnedImage, 0x1E0000),
        new("stick", "M5StickC Plus2", "ESP32_BLE_REV3", PinnedImage, 0x1E0000),
    ];
}
