using System.Globalization;
using Backstep.Files.Recording;
using Backstep.Terminal;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Output;

/// <summary>The summary of a replay in plain text: the same facts as its JSON.</summary>
public static class ReplaySummary
{
    private const int MostGapsShown = 5;
    private const string NotMeasured = "not measured";

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, ReplayJson replay, Units units)
    {
        var lines = new SummaryWriter(writer, 14);
        lines.Line("recording",
            Text(
                $"{replay.File}: {replay.Samples} samples, {replay.DurationSeconds:0.0} s at {replay.RateHertz:0} Hz"));
        lines.Line("mount", $"{replay.Mount}{(replay.MountTurned ? ", turned half round" : "")}; foot {replay.Side}");
        if (replay.Reversed)
        {
            lines.Line("SYNTHETIC", "played backwards in time: no real backward walking");
        }
        else if (replay.Synthetic)
        {
            lines.Line("SYNTHETIC", "recorded from a simulated walker");
        }

        lines.Line("gaps", Gaps(replay.Gaps));
        lines.Line("strides", replay.Strides.ToString(CultureInfo.InvariantCulture));
        lines.Line("direction",
            $"backward {replay.Direction.Backward}, forward {replay.Direction.Forward}, unknown "
            + $"{replay.Direction.Unknown}");
        lines.Line("landing",
            $"toe {replay.Landing.Toe}, flat {replay.Landing.Flat}, heel {replay.Landing.Heel}, unknown "
            + $"{replay.Landing.Unknown}");
        lines.Line("cadence", Number(replay.CadenceStepsPerMinute, "0", " steps/min"));
        lines.Line("stride time",
            Number(replay.StrideSecondsMean, "0.00", " s")
                + Number(replay.StrideSecondsStandardDeviation, " '(SD' 0.00')'", "", ""));
        lines.Line("stance, swing",
            $"{Number(replay.StanceSecondsMean, "0.00", " s")}, {Number(replay.SwingSecondsMean, "0.00", " s")}");
        lines.Line("foot strike",
            Number(replay.FootStrikeDegreesMean, "+0.0;-0.0;0.0", " degrees (positive: toes up)"));
        lines.Line("tilt", Number(replay.TiltDegreesMean, "+0.0;-0.0;0.0", " degrees (positive: outer edge)"));
        lines.Line("stride length", replay.StrideMetersMedian is { } length ? units.Length(length) : NotMeasured);
        lines.Line("belt speed", replay.BeltMetersPerSecondMedian is { } speed ? units.Speed(speed) : NotMeasured);
        lines.Line("impact", Number(replay.ImpactGMean, "0.0", " g"));
        lines.Line("confidence", Number(replay.ConfidenceMean * 100, "0", " %"));
        if (replay.Events != null)
        {
            lines.Line("events", $"{replay.Events} ({replay.Strides} lines)");
        }

        foreach (string note in replay.Notes)
        {
            lines.Line("note", note);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value, string format, string unit, string missing = NotMeasured) =>
        value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) + unit : missing;

    private static string Gaps(IReadOnlyList<GapJson> gaps)
    {
        if (gaps.Count == 0)
        {
            return "none";
        }

        var shown = gaps.Take(MostGapsShown).Select(gap => Text($"{gap.FromSeconds:0.000}-{gap.ToSeconds:0.000} s"));
        string more = gaps.Count > MostGapsShown ? ", ..." : "";
        return $"{gaps.Count}: {string.Join(", ", shown)}{more}; no stride is made across a gap";
    }
}
