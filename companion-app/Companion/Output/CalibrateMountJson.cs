using System.Text.Json.Serialization;
using Backstep.Gait;

namespace Backstep.Companion.Output;

/// <summary><c>backstep calibrate mount --json</c>.</summary>
/// <param name="Sensor">Which.</param>
/// <param name="Synthetic">Whether no person stood there.</param>
/// <param name="Mount">The rotation from chip axes to foot axes (x toes, y left, z up), row by row.</param>
/// <param name="ChangedDegrees">By how much it differs from the mount before.</param>
/// <param name="OffTruthDegrees">By how much it differs from how a simulated chip truly sits; null on a real shoe,
/// where nobody knows.</param>
public sealed record CalibrateMountJson(string Sensor, bool Synthetic, IReadOnlyList<double> Mount,
    double ChangedDegrees, double? OffTruthDegrees)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.calibrate-mount/1";

    /// <summary>Nine numbers.</summary>
    public static double[] Rows(Mount mount) =>
        [
            .. new[] { mount.XX, mount.XY, mount.XZ, mount.YX, mount.YY, mount.YZ, mount.ZX, mount.ZY,
                mount.ZZ }.Select(one => Math.Round(one, 5))];
}
