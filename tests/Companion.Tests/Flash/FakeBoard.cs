using System.Globalization;
using Backstep.Flash;

namespace Backstep.Companion.Tests.Flash;

/// <summary>
/// A board and the nanoff beside it: writes where it is told, says OK whatever the address, and finds the program only
/// where the partition is. What it prints is what nanoff 2.5.162 prints, read in its source.
/// </summary>
internal sealed class FakeBoard : INanoff
{
    public const uint Mscorlib = 0x1549C856;

    private DeploymentImage? _program;

    /// <summary>The image that runs; null for a board as it is sold.</summary>
    public string? Target { get; set; }

    public string ImageVersion { get; set; } = "1.17.0.285";

    /// <summary>Where its partition for programs is.</summary>
    public int Partition { get; init; } = 0x1B0000;

    public string Nanoff { get; init; } = "2.5.162";

    public string Port { get; init; } = "COM5";

    public uint NativeChecksum { get; init; } = Mscorlib;

    /// <summary>What can be downloaded.</summary>
    public string[] Published { get; init; } = ["1.17.0.285"];

    /// <summary>nanoff that writes elsewhere than it is told, as it does without an address.</summary>
    public bool IgnoresAddress { get; init; }

    /// <summary>How often a board that has been written to does not answer yet.</summary>
    public int Deaf { get; set; }

    public List<string> Runs { get; } = [];

    public Task<NanoffRun> RunAsync(IReadOnlyList<string> arguments, Action<string>? heard,
        CancellationToken cancellationToken)
    {
        string line = string.Join(' ', arguments);
        Runs.Add(line);
        string[] head = [$".NET nanoFramework Firmware Flasher v{Nanoff}+baccab8d03", "Copyright (C) 2019", ""];
        var (isOk, lines) = arguments[0] switch
        {
            "--listports" => (true, new[] { "Available COM ports:", $"  {Port}" }),
            "--nanodevice" => Details(),
            "--listtargets" => (true, ["Available targets:", "  ESP32_C3", "    1.17.0.400", $"  {TargetOf(line)}",
                .. Published.Select(version => "    " + version)]),
            "--update" => Update(arguments),
            _ => Deploy(arguments),
        };
        foreach (string one in lines)
        {
            heard?.Invoke(one);
        }

        return Task.FromResult(new NanoffRun(isOk, [.. head, .. lines]));
    }

    private string TargetOf(string _) => Partition == 0x1B0000 ? "ESP32_S3_OCTAL" : "ESP32_BLE_REV3";

    private (bool, string[]) Update(IReadOnlyList<string> arguments)
    {
        string version = After(arguments, "--fwversion");
        if (!Published.Contains(version))
        {
            return (false, ["Error E9005: Can't find the target in Cloudsmith repository."]);
        }

        (Target, ImageVersion, _program) = (After(arguments, "--target"), version, null);
        return (true, ["Erasing flash...OK", "Flashing firmware...OK"]);
    }

    private (bool, string[]) Deploy(IReadOnlyList<string> arguments)
    {
        int address = IgnoresAddress ? 0x100000
            : int.Parse(After(arguments, "--address").AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var image = DeploymentImage.Read(After(arguments, "--image"));
        _program = address == Partition ? image : _program;
        return (true, ["Flashing deployment partition...OK"]);
    }

    private (bool, string[]) Details()
    {
        if (Target == null || Deaf-- > 0)
        {
            return (false, ["Error E2000: Error connecting to nano device."]);
        }

        return (true,
        [
            "HAL build info: nanoCLR running @ ESP32_S3 built with ESP-IDF v5.5.1", $"  Target:   {Target}",
            "  Platform: ESP32_S3", "", "Firmware build Info:", "  Date:        Jul 24 2026",
            $"  CLR Version: {ImageVersion}", "", "Target capabilities:", "  Has nanoBooter: NO", "", "AppDomains:", "",
            "Assemblies:", .. _program?.Assemblies.Where(one => one.Name != null)
                .Select(one => $"  {one.Name}, {one.Version}") ?? [],
            "", "Native Assemblies:", $"  mscorlib v100.5.0.24, checksum 0x{NativeChecksum:X8}",
            "  nanoFramework.Runtime.Native v100.0.10.0, checksum 0x0EAE898B",
        ]);
    }

    private static string After(IReadOnlyList<string> arguments, string option) =>
        arguments[arguments.ToList().IndexOf(option) + 1];
}
