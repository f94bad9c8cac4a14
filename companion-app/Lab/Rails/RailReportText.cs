using System.Globalization;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;

namespace Backstep.Lab.Rails;

/// <summary>A <see cref="RailEvaluationReport"/> for people: plain in 80 columns, or as Markdown.</summary>
public sealed class RailReportText(TextWriter writer, bool markdown) : TextReport(writer, markdown)
{
    /// <summary>Writes it.</summary>
    public void Write(RailEvaluationReport report)
    {
        Heading(report.Title);
        Shoe(report);
        if (report.ShoeAndWrist.Count > 0)
        {
            ShoeAndWrist(report);
        }

        Curves(report);
        if (report.Chain is { } chain)
        {
            Chain(chain);
        }

        TargetTable(report.Targets);
        foreach (string note in report.Notes)
        {
            Paragraph("Note: " + note);
        }
    }

    private void Shoe(RailEvaluationReport report)
    {
        var table = new TextTable("shoe alone", "strides", "right", "bal.", "unkn.", "ROC", "right*", "unkn.*",
            "chg/min", "most", "notice");
        var confusion = new TextTable("shoe alone, strides", "window", "held:H", "held:F", "held:U", "free:H",
            "free:F", "free:U");
        foreach (var row in report.Shoe)
        {
            table.Add(
                row.Who, $"{row.WindowStrides}", Share(row.RightOfDecided), Share(row.BalancedAccuracyOfDecided),
                Share(row.UnknownShare), Share(row.RocArea), Share(row.RightOfDecidedWithChanges),
                Share(row.UnknownShareWithChanges), Number(row.ChangesPerMinute, "0.00"),
                $"{row.MostChangesInAMinute}", Number(row.StridesToNotice, "0"));
            confusion.Add(
                row.Who, $"{row.WindowStrides}", $"{row.HeldSaidHeld}", $"{row.HeldSaidFree}",
                $"{row.HeldSaidUnknown}", $"{row.FreeSaidHeld}", $"{row.FreeSaidFree}", $"{row.FreeSaidUnknown}");
        }

        Write(table);
        Paragraph("right, bal.: share right of what was decided, and balanced over held and free, while the window "
            + "lies in one posture; unkn.: share left unknown; ROC: area under the curve, walkers with overlapping "
            + "baselines left out; "
            + "*: strides after a change of posture included; chg/min, most: changes of what is said while the "
            + "posture is the same, mean and the most within any minute; notice: strides until a change is told, "
            + "median.");
        Write(confusion);
        var last = report.Shoe[^1];
        Paragraph($"held:F: rails held, free said; U: unknown. Baselines overlap, so that nothing is ever said, "
            + $"with {report.Shoe.Where(row => row.WindowStrides == last.WindowStrides
                && row.Who == last.Who).Sum(row => row.Overlapping)} "
            + $"of {last.Walkers} walkers. "
            + $"Said at another speed: {last.DecidedAtOtherSpeed} strides; without calibration: "
            + $"{last.DecidedWithoutCalibration}.");
    }

    private void ShoeAndWrist(RailEvaluationReport report)
    {
        string who = report.Poses.Count > 0 ? "all" : "you";
        var table = new TextTable("shoe and wrist", "strides", "bal.", "unkn.", "ROC", "still", "unkn.", "after",
            "95 %", "in 3 s", "chg/min", "most", "clocks");
        var confusion = new TextTable("with wrist, 1/4 s", "window", "held:H", "held:F", "held:U", "free:H", "free:F",
            "free:U");
        foreach (var row in report.ShoeAndWrist)
        {
            table.Add(
                who, $"{row.WindowStrides}", Share(row.BalancedAccuracy), Share(row.UnknownShare), Share(row.RocArea),
                Share(row.StillHandsRightOfDecided), Share(row.StillHandsUnknownShare),
                Number(row.NoticedAfterSeconds, "0.0"), Number(row.NoticedAfterSeconds95, "0.0"),
                Share(row.NoticedWithin3SecondsShare), Number(row.ChangesPerMinute, "0.00"),
                $"{row.MostChangesInAMinute}", Number(row.ClockErrorMilliseconds99, "0"));
            confusion.Add(who, $"{row.WindowStrides}", $"{row.HeldSaidHeld}", $"{row.HeldSaidFree}",
                $"{row.HeldSaidUnknown}", $"{row.FreeSaidHeld}", $"{row.FreeSaidFree}", $"{row.FreeSaidUnknown}");
        }

        Write(table);
        Paragraph("bal.: balanced accuracy with the hand on the rail (the other one too, or not), swinging, or at "
            + "the controls, from 3 s after a change, unknown counted as wrong; still: share right of what was "
            + "decided with a phone in hand, in pockets, with arms crossed; "
            + "after: seconds until a change is told; chg/min, most: changes of what is said while the hand does the "
            + "same, mean and the most within any minute, at the controls left out of the most; clocks: ms that the "
            + "two sensors' clocks are apart after alignment, 99 %.");
        Write(confusion);
        if (report.Poses.Count > 0)
        {
            Poses(report);
        }
    }

    private void Poses(RailEvaluationReport report)
    {
        var poses = new TextTable("the hand with the unit", "truth", "said held", "said free", "unknown", "most chg");
        foreach (var row in report.Poses)
        {
            poses.Add(row.Pose, row.Truth, Share(row.SaidHeldShare), Share(row.SaidFreeShare),
                Share(row.SaidUnknownShare), $"{row.MostChangesInAMinute}");
        }

        Write(poses);
        Paragraph("A unit on the hand that swings cannot see the other one: that row is a limit, not a target; wear "
            + "it on the hand that leaves the rail last. At the controls the finger rests between two keys, where "
            + "the rail is near: most chg, the most changes in any minute, may be two there.");
    }

    private void Curves(RailEvaluationReport report)
    {
        var roc = new TextTable(["ROC, held said from", .. Headers(report).Select(header => header.Description)]);
        foreach (int percent in report.Roc.Select(row => row.FromPercent).Distinct())
        {
            string Cell(string source, int window)
            {
                var row =
                    report.Roc.First(r => r.Source == source && r.WindowStrides == window && r.FromPercent == percent);
                return $"{Share(row.TruePositiveShare)} {Share(row.FalsePositiveShare)}";
            }

            roc.Add([$"{percent} %", .. Headers(report).Select(header => Cell(header.Source, header.Window))]);
        }

        Write(roc);
        Paragraph("Each cell: share of held told held, share of free told held. s: shoe, w: shoe and wrist, with the "
            + "shoe's window.");
        var reliability = new TextTable("reliability, %", "source", "said", "seen", "count");
        foreach (var row in report.Reliability)
        {
            reliability.Add($"{row.FromPercent}-{row.ToPercent}", row.Source, Number(row.SaidPercent, "0.0"),
                Number(row.SeenPercent, "0.0"), $"{row.Count}");
        }

        Write(reliability);
    }

    private void Chain(ChainRow chain)
    {
        Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"Whole chain, from the foot's motion to the posture, {chain.Runs} walkers: over {chain.Strides} "
            + $"strides the engine's stride times are off by {chain.StrideTimeNoiseMilliseconds:0.0} ms, stance "
            + $"times by {chain.StanceTimeNoiseMilliseconds:0.0} ms, foot strike angles by "
            + $"{chain.FootStrikeNoiseDegrees:0.00}, tilts by {chain.TiltNoiseDegrees:0.00} degrees (standard "
            + $"deviations); stride time was walked with a variation of {chain.VariationTruePercent:0.00} % and "
            + $"told with {chain.VariationToldPercent:0.00} %; right of what was decided "
            + $"{Share(chain.RightOfDecided)}, unknown {Share(chain.UnknownShare)}."));
    }

    private static IEnumerable<(string Source, int Window, string Description)> Headers(RailEvaluationReport report) =>
        report.Roc.Select(row => (row.Source, row.WindowStrides)).Distinct()
            .Select(
                one => (one.Source, one.WindowStrides,
                    (one.Source == "shoe" ? "s" : "w") + one.WindowStrides.ToString(CultureInfo.InvariantCulture)));

    private static string Share(double? value) =>
        value is { } share ? Number(Math.Floor((share * 1000) + 1e-6) / 1000, "0.000") : "-";

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
