using System.Globalization;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Lab;

/// <summary>One simulated walker stride by stride: the truth, and what was found, beside each other.</summary>
public static class StrideByStride
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, EvaluatedWalker evaluated)
    {
        var who = evaluated.Walker;
        SummaryWriter.Wrap(writer,
            $"SYNTHETIC: simulated walker {who.Number}: {who.Description}, foot {StrideText.Of(who.Settings.Side)}");
        foreach (var (range, value) in WalkerGrid.Ranges.Zip(who.Drawn))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {range.Name,-25} {value,8:0.###} "
                + $"{range.Unit}"));
        }

        writer.WriteLine();
        var table = new TextTable("contact s", "error ms", "direction", "landing", "strike", "true", "tilt", "true",
            "cm", "true", "known");
        var lines = evaluated.Tally.Pairs.Select(pair => (pair.True.Seconds, Cells(pair.True, pair.Found)))
            .Concat(evaluated.Tally.ExtraStrides.Select(extra => (extra.ContactSeconds, Cells(extra))));
        foreach (var (_, cells) in lines.OrderBy(line => line.Item1))
        {
            table.Add(cells);
        }

        table.WritePlain(writer);
        writer.WriteLine();
        SummaryWriter.Wrap(writer,
            "error: contact, found minus true; capitals: not as it truly was; strike, tilt: degrees; known: ms after "
            + "foot-flat.");
        writer.WriteLine();
    }

    private static string[] Cells(ReferenceContact truth, ReplayedStride? found)
    {
        string at = Text(truth.Seconds, "0.00");
        if (found is null)
        {
            return [at, "MISSED", StrideText.Of(truth.Direction), StrideText.Of(truth.Landing), "",
                Text(truth.FootStrikeDegrees, "0"), "", Text(truth.TiltDegrees, "0"), "",
                Text(truth.LengthMeters * 100, "0"), ""];
        }

        var stride = found.Stride;
        return
        [
            at,
            Text((found.ContactSeconds - truth.Seconds) * 1000, "+0;-0;0"),
            Against(StrideText.Of(stride.Direction), StrideText.Of(truth.Direction)),
            Against(StrideText.Of(stride.Landing), StrideText.Of(truth.Landing)),
            Measured(stride.FootStrikeHalfDegrees, 0.5),
            Text(truth.FootStrikeDegrees, "0"),
            Measured(stride.TiltHalfDegrees, 0.5),
            Text(truth.TiltDegrees, "0"),
            Measured(stride.LengthMillimeters, 0.1),
            Text(truth.LengthMeters * 100, "0"),
            Text((found.DetectedSeconds - truth.FootFlatSeconds) * 1000, "0"),
        ];
    }

    private static string[] Cells(ReplayedStride extra) =>
    [
        Text(extra.ContactSeconds, "0.00"),
        "EXTRA",
        StrideText.Of(extra.Stride.Direction),
        StrideText.Of(extra.Stride.Landing),
        Measured(extra.Stride.FootStrikeHalfDegrees, 0.5),
        "",
        Measured(extra.Stride.TiltHalfDegrees, 0.5),
        "",
        Measured(extra.Stride.LengthMillimeters, 0.1),
        "",
        "",
    ];

    private static string Against(string found, string truth) => found == truth ? found : found.ToUpperInvariant();

    private static string Measured(int value, double unit) => value == Stride.Missing ? "-" : Text(value * unit, "0");

    private static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
