using System.Globalization;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;

namespace Backstep.Lab.Incline;

/// <summary>An <see cref="InclineReport"/> for people: plain in 80 columns, or as Markdown.</summary>
public sealed class InclineReportText(TextWriter writer, bool markdown) : TextReport(writer, markdown)
{
    /// <summary>Writes it.</summary>
    public void Write(InclineReport report)
    {
        Heading(report.Title);
        var walkers = new TextTable("incline (synthetic)", "walkers", "strides", "unkn.", "silent", "error", "95 %",
            "signed");
        foreach (var row in report.Simulated)
        {
            walkers.Add(row.Name, $"{row.Walkers}", $"{row.Strides}", Share(row.UnknownShare), $"{row.SilentWalkers}",
                Number(row.MedianAbsolutePercent, "0.00"), Number(row.Percentile95AbsolutePercent, "0.00"),
                Number(row.MedianSignedPercent, "+0.00;-0.00;0.00"));
        }

        Write(walkers);
        Paragraph("strides: but the first twelve of each walk; unkn.: share of them at which no incline was said; "
            + "silent: walkers of whom none was ever said; error, 95 %: of what was said, % of slope, median and 95 % "
            + "of absolute errors; signed: median with its sign, positive: said too steep.");
        Recordings(report.Recordings);
        TargetTable(report.Targets);
        foreach (string note in report.Notes)
        {
            Paragraph("Note: " + note);
        }
    }

    private void Recordings(IReadOnlyList<LevelRecording> recordings)
    {
        if (recordings.Count == 0)
        {
            return;
        }

        var table = new TextTable("level ground", "level by", "strides", "unkn.", "said", "5 %", "95 %", "standing");
        foreach (var one in recordings)
        {
            table.Add(one.Name + (one.Reversed ? " reversed (synthetic)" : ""), one.LevelledBy, $"{one.Strides}",
                Share(one.UnknownShare), Signed(one.MedianPercent), Signed(one.Percentile5Percent),
                Signed(one.Percentile95Percent), Signed(one.StandingPercent));
        }

        Write(table);
        Paragraph("said: median of what was said, % of slope; it should be 0. standing: what would be said of the "
            + "foot that stands at the recording's beginning.");
    }

    private static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Signed(double? value) => Number(value, "+0.00;-0.00;0.00");

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
