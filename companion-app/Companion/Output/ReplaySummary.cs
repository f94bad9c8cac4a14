using System.Globalization;

namespace Backstep.Companion.Output;

/// <summary>The summary of a replay in plain text: the same facts as its JSON.</summary>
public static class ReplaySummary
{
    private const int MostGapsShown = 5;
    private const string NotMeasured = "not measured";

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, ReplayJson replay, Units units)
    {
        Line(writer, "recording", Text($"{replay.File}: {replay.Samples} samples, {replay.DurationSeconds:0.0} s at {replay.RateHertz:0} Hz"));
        Line(writer, "mount", $"{replay.Mount}; foot {replay.Side}");
        if (replay.Reversed)
        {
            Line(writer, "SYNTHETIC", "played backwards in time: no real backward walking");
        }
        else if (replay.Synthetic)
        {
            Line(writer, "SYNTHETIC", "recorded from a simulated walker");
        }

        Line(writer, "gaps", Gaps(replay.Gaps));
        Line(writer, "strides", replay.Strides.ToString(CultureInfo.InvariantCulture));
        Line(writer, "direction", $"backward {replay.Direction.Backward}, forward {replay.Direction.Forward}, unknown {replay.Direction.Unknown}");
        Line(writer, "landing", $"toe {replay.Landing.Toe}, flat {replay.Landing.Flat}, heel {replay.Landing.Heel}, unknown {replay.Landing.Unknown}");
        Line(writer, "cadence", Number(replay.CadenceStepsPerMinute, "0", " steps/min"));
        Line(writer, "stride time", Number(replay.StrideSecondsMean, "0.00", " s") + Number(replay.StrideSecondsStandardDeviation, " '(SD' 0.00')'", "", ""));
        Line(writer, "stance, swing", $"{Number(replay.StanceSecondsMean, "0.00", " s")}, {Number(replay.SwingSecondsMean, "0.00", " s")}");
        Line(writer, "foot strike", Number(replay.FootStrikeDegreesMean, "+0.0;-0.0;0.0", " degrees (positive: toes up)"));
        Line(writer, "tilt", Number(replay.TiltDegreesMean, "+0.0;-0.0;0.0", " degrees (positive: outer edge)"));
        Line(writer, "stride length", replay.StrideMetersMedian is { } length ? units.Length(length) : NotMeasured);
        Line(writer, "belt speed", replay.BeltMetersPerSecondMedian is { } speed ? units.Speed(speed) : NotMeasured);
        Line(writer, "impact", Number(replay.ImpactGMean, "0.0", " g"));
        Line(writer, "confidence", Number(replay.ConfidenceMean * 100, "0", " %"));
        if (replay.Events != null)
        {
            Line(writer, "events", $"{replay.Events} ({replay.Strides} lines)");
        }

        foreach (string note in replay.Notes)
        {
            Line(writer, "note", note);
        }
    }

    private static void Line(TextWriter writer, string name, string value) => writer.WriteLine($"{name,-14} {value}");

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
