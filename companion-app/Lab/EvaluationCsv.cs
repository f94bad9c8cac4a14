using System.Globalization;
using Backstep.Files.Csv;
using Backstep.Lab.Evaluation;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Lab;

/// <summary>One line a recording or simulated walker, for a spreadsheet. Nothing measured: an empty cell.</summary>
public static class EvaluationCsv
{
    private static readonly (string Name, Func<Figures, double?> Value)[] Columns =
    [
        ("found", f => f.Found),
        ("referenced", f => f.Referenced),
        ("matched", f => f.Matched),
        ("extra", f => f.Extra),
        ("elsewhere", f => f.Elsewhere),
        ("recall", f => f.Recall),
        ("precision", f => f.Precision),
        ("direction_right", f => f.DirectionRight),
        ("direction_wrong", f => f.DirectionWrong),
        ("direction_unknown", f => f.DirectionUnknown),
        ("landing_right_share", f => f.LandingRightShare),
        ("contact_median_ms", f => f.ContactMilliseconds.MedianAbsolute),
        ("contact_bias_ms", f => f.ContactMilliseconds.Bias),
        ("foot_off_median_ms", f => f.FootOffMilliseconds.MedianAbsolute),
        ("foot_off_bias_ms", f => f.FootOffMilliseconds.Bias),
        ("known_after_median_ms", f => f.KnownAfterMilliseconds.Median),
        ("known_after_95_ms", f => f.KnownAfterMilliseconds.Percentile95),
        ("cadence_median_spm", f => f.CadenceStepsPerMinute.MedianAbsolute),
        ("cadence_95_spm", f => f.CadenceStepsPerMinute.Percentile95Absolute),
        ("foot_strike_median_deg", f => f.FootStrikeDegrees.MedianAbsolute),
        ("foot_strike_bias_deg", f => f.FootStrikeDegrees.Bias),
        ("tilt_median_deg", f => f.TiltDegrees.MedianAbsolute),
        ("tilt_bias_deg", f => f.TiltDegrees.Bias),
        ("length_median_percent", f => f.LengthPercent.MedianAbsolute),
        ("length_bias_percent", f => f.LengthPercent.Bias),
        ("contact_signed_ms", f => f.ContactMilliseconds.MedianSigned),
        ("foot_off_signed_ms", f => f.FootOffMilliseconds.MedianSigned),
        ("length_ratio_median", f => f.LengthRatio.Median),
        ("length_ratio_5", f => f.LengthRatio.Percentile5),
        ("length_ratio_95", f => f.LengthRatio.Percentile95),
        ("belt_speed_median_percent", f => f.BeltSpeedPercent.MedianAbsolute),
        ("belt_speed_signed_percent", f => f.BeltSpeedPercent.MedianSigned),
    ];

    /// <summary>Recordings.</summary>
    public static void Write(TextWriter writer, IEnumerable<EvaluationRow> rows)
    {
        using var table = new CsvWriter(writer, ["recording", "synthetic", .. Names]);
        foreach (var row in rows)
        {
            table.Write([row.Name, row.Synthetic ? "yes" : "no", .. Cells(row.Figures)]);
        }
    }

    /// <summary>Simulated walkers, with what was drawn for them.</summary>
    public static void Write(TextWriter writer, IEnumerable<EvaluatedWalker> walkers)
    {
        var drawn = WalkerGrid.Ranges.Select(range => $"{range.Name} {range.Unit}".Trim());
        using var table = new CsvWriter(writer,
            ["walker", "direction", "landing", "place", "side", .. drawn, .. Names]);
        foreach (var (who, tally) in walkers)
        {
            table.Write(
            [
                who.Number.ToString(CultureInfo.InvariantCulture),
                StrideText.Of(who.Walk.Direction),
                StrideText.Of(who.Walk.Landing),
                who.Place.ToString(),
                StrideText.Of(who.Settings.Side),
                .. who.Drawn.Select(number => number.ToString("0.####", CultureInfo.InvariantCulture)),
                .. Cells(Figures.Of(tally)),
            ]);
        }
    }

    private static IEnumerable<string> Names => Columns.Select(column => column.Name);

    private static IEnumerable<string> Cells(Figures figures) =>
        Columns.Select(column => column.Value(figures)?.ToString("0.#####", CultureInfo.InvariantCulture) ?? "");
}
