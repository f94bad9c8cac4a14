using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Backstep.Sensor.Tests;

/// <summary>The folders of firmware/Sensor use each other one way: each only those to its left. The root composes, and
/// nothing uses it.</summary>
public sealed partial class LayerTests
{
    private static readonly string[] OneWay = ["Board", "Imu", "Session", "Storage", "Owner", "Bluetooth"];

    // Sleeping, the board has the chip watch for motion.
    private static readonly (string File, string Uses)[] Known = [("Board/IdleSleep.cs", "Imu")];

    [Fact]
    public void Each_folder_uses_only_those_to_its_left()
    {
        var root = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "firmware", "Sensor");
        var wrong = new List<string>();
        var seen = 0;
        foreach (var folder in OneWay)
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs",
                SearchOption.AllDirectories))
            {
                var text = File.ReadAllText(file);
                var name = Path.GetRelativePath(root, file).Replace('\\', '/');
                Assert.Contains($"namespace Backstep.Sensor.{folder}\n",
                    text.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
                foreach (var used in OneWay.Where(other => Uses(other).IsMatch(text)))
                {
                    seen++;
                    if (Array.IndexOf(OneWay, used) > Array.IndexOf(OneWay, folder) && !Known.Contains((name, used)))
                    {
                        wrong.Add($"{name} uses {used}");
                    }
                }

                if (Root().IsMatch(text))
                {
                    wrong.Add($"{name} uses the root");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(seen > 40);
        Assert.Equal(["Program.cs", "ShoeSensor.cs"],
            Directory.EnumerateFiles(root, "*.cs").Select(Path.GetFileName).Order());
    }

    private static Regex Uses(string folder) =>
        new($@"using Backstep\.Sensor\.{folder};|[^.\w]Backstep\.Sensor\.{folder}\.\w");

    [GeneratedRegex(@"\bShoeSensor\b|\bProgram\.\w|using Backstep\.Sensor;")]
    private static partial Regex Root();

    private static string Here([CallerFilePath] string path = "") => path;
}
