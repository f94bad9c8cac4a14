using System.Globalization;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary>An evaluation for people: plain in 80 columns, or as Markdown. The same facts as its JSON.</summary>
public sealed class EvaluationText(TextWriter writer, bool markdown) : TextReport(writer, markdown)
{
    private const string NoFigure = "-";

    // Columns for which nothing was measured are left out, and so are rows of nothing.
    private static readonly (string Header, Func<Figures, string?> Cell)[] Found =
    [
        ("found", f => Whole(f.Found)),
        ("ref.", f => Whole(f.Referenced)),
        ("hit", f => Whole(f.Matched)),
        ("extra", f => Whole(f.Extra)),
        ("recall", f => Share(f.Recall)),
        ("prec.", f => Share(f.Precision)),
        ("right", f => Whole(f.DirectionRight)),
        ("wrong", f => Whole(f.DirectionWrong)),
        ("unkn.", f => Whole(f.DirectionUnknown)),
    ];

    private static readonly (string Header, Func<Figures, string?> Cell)[] Times =
    [
        ("contact", f => Number(f.ContactMilliseconds.MedianAbsolute, "0")),
        ("signed", f => Number(f.ContactMilliseconds.MedianSigned, "+0;-0;0")),
        ("foot-off", f => Number(f.FootOffMilliseconds.MedianAbsolute, "0")),
        ("signed", f => Number(f.FootOffMilliseconds.MedianSigned, "+0;-0;0")),
        ("known", f => Number(f.KnownAfterMilliseconds.Median, "0")),
        ("95 %", f => Number(f.KnownAfterMilliseconds.Percentile95, "0")),
        ("cadence", f => Number(f.CadenceStepsPerMinute.MedianAbsolute, "0.00")),
        ("95 %", f => Number(f.CadenceStepsPerMinute.Percentile95Absolute, "0.00")),
    ];

    private static readonly (string Header, Func<Figures, string?> Cell)[] Measures =
    [
        ("landing", f => Share(f.LandingRightShare)),
        ("strike", f => Number(f.FootStrikeDegrees.MedianAbsolute, "0.0")),
        ("bias", f => Number(f.FootStrikeDegrees.Bias, "+0.0;-0.0;0.0")),
        ("tilt", f => Number(f.TiltDegrees.MedianAbsolute, "0.0")),
        ("bias", f => Number(f.TiltDegrees.Bias, "+0.0;-0.0;0.0")),
        ("length", f => Number(f.LengthPercent.MedianAbsolute, "0.0")),
        ("bias", f => Number(f.LengthPercent.Bias, "+0.0;-0.0;0.0")),
    ];

    private static readonly (string Header, Func<Figures, string?> Cell)[] Lengths =
    [
        ("strides", f => f.LengthRatio.Count == 0 ? null : Whole(f.LengthRatio.Count)),
        ("length", f => Number(f.LengthRatio.Median, "0.000")),
        ("5 %", f => Number(f.LengthRatio.Percentile5, "0.000")),
        ("95 %", f => Number(f.LengthRatio.Percentile95, "0.000")),
        ("speed", f => Number(f.BeltSpeedPercent.MedianAbsolute, "0.0")),
        ("signed", f => Number(f.BeltSpeedPercent.MedianSigned, "+0.0;-0.0;0.0")),
    ];

    /// <summary>Writes it.</summary>
    public void Write(EvaluationReport report)
    {
        Heading(report.Title);
        FigureTable(report.Rows, report.Total, report.Synthetic, "strides and direction", Found);
        Paragraph("ref.: strides of the reference; hit: found within 0.25 s of them; extra: found where the "
            + "reference speaks and has none; "
            + "recall = hit / ref.; prec. = hit / (hit + extra); right, wrong, unkn.: direction of all strides found.");
        FigureTable(report.Rows, report.Total, report.Synthetic, "times", Times);
        Paragraph($"contact, foot-off: ms, median of absolute errors and of errors with their sign (positive: "
            + $"late); known: ms from {report.KnownAfter} to the sample at which the engine knew (the first stride "
            + $"of a bout, which waits for the second, left out); "
            + "cadence: steps/min over four strides in a row, median and 95 % of absolute errors.");
        if (FigureTable(report.Rows, report.Total, report.Synthetic, "measures", Measures))
        {
            Paragraph("landing: share right; strike, tilt: degrees; length: %; median of absolute errors and mean "
                + "error.");
        }

        if (FigureTable(report.Rows, report.Total, report.Synthetic, "measured by true", Lengths))
        {
            Paragraph(AboutLengths);
        }

        RollingTables(report.Rolling);
        FirstStrideTable(report.FirstStrides);
        NotWalkingTable(report.NotWalking);
        WorstTable(report.Worst);
        TargetTable(report.Targets);
        foreach (string note in report.Notes)
        {
            Paragraph("Note: " + note);
        }
    }

    private bool FigureTable(IReadOnlyList<EvaluationRow> rows, Figures total, bool synthetic, string words,
        (string Header, Func<Figures, string?> Cell)[] columns)
    {
        var used = columns.Where(column => column.Cell(total) != null).ToArray();
        if (used.Length == 0)
        {
            return false;
        }

        var table = new TextTable([words, .. used.Select(column => column.Header)]);
        foreach (var row in rows.Where(row => used.Any(column => column.Cell(row.Figures) != null)))
        {
            string mark = row.Synthetic && !synthetic ? " (synthetic)" : "";
            table.Add([row.Name + mark, .. used.Select(column => column.Cell(row.Figures) ?? NoFigure)]);
        }

        table.Add([Markdown ? "**total**" : "TOTAL", .. used.Select(column => column.Cell(total) ?? NoFigure)]);
        Write(table);
        return true;
    }

    private const string AboutLengths =
        "length: measured by true stride length, median, 5 and 95 %; speed: of the belt, %, median of absolute "
        + "errors and of errors with their sign.";

    private void RollingTables(RollingFigures? rolling)
    {
        if (rolling is null)
        {
            return;
        }

        Paragraph($"{rolling.Walkers} simulated walkers whose stance rolls by 10 to 35 deg/s, every third slower "
            + $"than 0.3 m/s, the bias of every fourth's gyroscope stepping by 20 deg/s, all drifting (synthetic):");
        FigureTable(rolling.Rows, rolling.Total, true, "stance rolls", Found);
        FigureTable(rolling.Rows, rolling.Total, true, "times", Times);
        FigureTable(rolling.Rows, rolling.Total, true, "measures", Measures);
        FigureTable(rolling.Rows, rolling.Total, true, "measured by true", Lengths);
        Paragraph(AboutLengths);
        WorstTable(rolling.Worst, "Worst of these (--rolling --walker N --verbose)");
    }

    private void FirstStrideTable(IReadOnlyList<FirstStrideFigures> waits)
    {
        if (waits.Count == 0)
        {
            return;
        }

        var table = new TextTable("woken in a walk", "starts", "never", "median s", "95 % s", "longest s");
        foreach (var one in waits)
        {
            table.Add(
                one.Name + (one.Reversed ? ", reversed" : ""), $"{one.Starts}", $"{one.Never}",
                Seconds(one.MedianSeconds), Seconds(one.Percentile95Seconds), Seconds(one.LongestSeconds));
        }

        Write(table);
        Paragraph("From a random instant, or from the first step after it where nobody walked, to the sample at "
            + "which the first stride was known. Reversed ones are synthetic.");
    }

    private static string Seconds(double? value) => Number(value, "0.0") ?? NoFigure;

    private void NotWalkingTable(IReadOnlyList<NotWalkingFigures> scenarios)
    {
        if (scenarios.Count == 0)
        {
            return;
        }

        var table = new TextTable("not walking backward", "seeds", "minutes", "true forward", "backward", "forward",
            "unknown");
        foreach (var s in scenarios)
        {
            table.Add(s.Scenario, $"{s.Seeds}", Number(s.Minutes, "0.0")!, $"{s.TrueForward}", $"{s.Backward}",
                $"{s.Forward}", $"{s.Unknown}");
        }

        Write(table);
        string invented = string.Join("; ",
            scenarios.Where(s => s.Invented > 0)
                .Select(s => $"{s.Scenario}: {s.Invented}, with seed {string.Join(", ", s.InventedWithSeeds)}"));
        Paragraph("backward, forward, unknown: strides found. Every backward one is invented, and every forward one "
            + "beyond the true ones"
            + (invented.Length > 0 ? $" ({invented})." : ": none is."));
    }

    private void WorstTable(IReadOnlyList<WorstCase> cases,
        string title = "Worst walkers (see one stride by stride: --walker N --verbose)")
    {
        if (cases.Count == 0)
        {
            return;
        }

        if (Markdown)
        {
            var table = new TextTable("worst walkers", "strides", "wrong", "missed", "extra", "unknown",
                "landing wrong");
            foreach (var c in cases)
            {
                table.Add($"{c.Walker}: {c.Words}", $"{c.Strides}", $"{c.DirectionWrong}", $"{c.Missed}",
                    $"{c.Extra}",
                    $"{c.DirectionUnknown}", $"{c.LandingWrong}");
            }

            Write(table);
            return;
        }

        Writer.WriteLine(title);
        var lines = new SummaryWriter(Writer, 6);
        foreach (var c in cases)
        {
            lines.Line(
                $"{c.Walker,5}:",
                $"{c.Words}: of {c.Strides} strides "
                + $"wrong {c.DirectionWrong}, missed {c.Missed}, extra {c.Extra}, "
                + $"unknown {c.DirectionUnknown}, landing wrong {c.LandingWrong}");
        }

        Writer.WriteLine();
    }

    private static string? Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    // Cut, not rounded: 1.000 is all of them.
    private static string? Share(double? value) =>
        value is { } share ? Number(Math.Floor((share * 1000) + 1e-6) / 1000, "0.000") : null;

    private static string? Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture);
}
