using System.Globalization;
using Backstep.Files.Csv;
using Backstep.Gait;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Files.Recording;

/// <summary>Writes one line a stride. A value that could not be measured is an empty cell.</summary>
public static class StrideEventsCsv
{
    /// <summary>The fixed columns.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "contact_s", "clearance_s", "direction", "landing", "foot_strike_deg", "tilt_deg", "stride_s", "stance_s",
        "stride_m", "belt_mps", "impact_g", "confidence", "posture", "detected_s",
    ];

    /// <summary>Writes header and strides.</summary>
    public static void Write(TextWriter writer, IEnumerable<ReplayedStride> strides)
    {
        using var table = new CsvWriter(writer, Columns);
        foreach (var replayed in strides)
        {
            table.Write(Cells(replayed));
        }
    }

    /// <summary>A cell for each of the columns.</summary>
    public static string[] Cells(ReplayedStride replayed)
    {
        var stride = replayed.Stride;
        return
        [
            Number(replayed.ContactSeconds, "0.000"),
            Number(replayed.ClearanceSeconds, "0.000"),
            StrideText.Of(stride.Direction),
            StrideText.Of(stride.Landing),
            Scaled(stride.FootStrikeHalfDegrees, 0.5, "0.0"),
            Scaled(stride.TiltHalfDegrees, 0.5, "0.0"),
            Scaled(stride.StrideMilliseconds, 0.001, "0.000"),
            Scaled(stride.StanceMilliseconds, 0.001, "0.000"),
            Scaled(stride.LengthMillimeters, 0.001, "0.000"),
            Scaled(stride.BeltSpeedMillimetersPerSecond, 0.001, "0.000"),
            Scaled(stride.ImpactTenthsG, 0.1, "0.0"),
            Number(stride.ConfidencePercent / 100.0, "0.00"),
            StrideText.Of(stride.Posture),
            Number(replayed.DetectedSeconds, "0.000"),
        ];
    }

    private static string Scaled(int value, double unit, string format) =>
        value == Stride.Missing ? "" : Number(value * unit, format);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
