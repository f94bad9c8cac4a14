using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Files.Export;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Report;

/// <summary>The numbers at the top of a report: name, value, and a word about it.</summary>
public static class ReportFacts
{
    private const string NotKnown = "not known";

    /// <summary>Writes them as a description list.</summary>
    public static void Write(TextWriter writer, KeptSession session, Units units)
    {
        writer.Write("<dl class=\"facts\">\n");
        foreach (var (name, value, about) in Of(session, units))
        {
            string small = about.Length > 0 ? $"<small>{Html.Text(about)}</small>" : "";
            writer.Write($"<div><dt>{Html.Text(name)}</dt><dd>{Html.Text(value)}{small}</dd></div>\n");
        }

        writer.Write("</dl>\n");
    }

    /// <summary>All of them, the same for every session.</summary>
    public static IEnumerable<(string Name, string Value, string About)> Of(KeptSession session, Units units)
    {
        var totals = session.Summary.Totals;
        var target = session.Summary.Header.Target;
        yield return ("Walking", SessionText.Clock(totals.Active),
            Text($"of {SessionText.Clock(totals.Elapsed)} in all")
                + (target is { } time ? Text($"; target {SessionText.Clock(time)}") : ""));
        yield return ("Backward", Share(SessionLabels.BackwardPercent(totals)),
            Text(
                $"{totals.BackwardStrides} strides; {totals.ForwardStrides} forward, {totals.UnknownStrides} unknown"));
        yield return ("Toe first", Share(SessionLabels.ToeFirstPercent(totals)),
            totals.LandedStrides > 0 ? Text($"{totals.ToeFirstStrides} of {totals.LandedStrides} known landings") : "");
        yield return ("Foot strike angle", Degrees(totals.FootStrikeDegrees), "below zero: toes first");
        yield return ("Cadence", totals.CadenceStepsPerMinute is { } cadence ? Text($"{cadence:0} /min") : NotKnown,
            "steps of both feet");
        yield return ("Speed", totals.BeltMetersPerSecond is { } speed ? units.Speed(speed) : NotKnown,
            "mean, from stride lengths");
        yield return ("Incline", session.Summary.InclinePercent is { } incline ? InclineText.Of(incline) : NotKnown,
            session.Summary.MeasuredIncline != null ? "measured by the shoe"
                : session.Summary.Header.InclinePercent != null ? "as told" : "");
        yield return ("Distance", totals.DistanceMeters is { } meters ? units.Distance(meters) : NotKnown,
            totals.BackwardMeters is { } backward ? $"{units.Distance(backward)} backward" : "");
        yield return ("Hand on the rails", Share(SessionLabels.HeldPercent(totals)),
            totals.PosturedStrides > 0 ? Text($"{totals.HeldStrides} of {totals.PosturedStrides} known strides") : "");
        yield return ("Tilt", Degrees(totals.TiltDegrees), "above zero: to the outer edge");
        yield return totals.RhythmSettledAfter is { } settled
            ? ("Rhythm settled", SessionText.Clock(settled), "after the start")
            : ("Rhythm settled", "never", "20 even strides in a row");
        foreach (var note in session.Pain.OrderBy(note => note.At))
        {
            yield return (PainName(note.Moment), Text($"{note.Level} of 10"), "as noted");
        }
    }

    private static string PainName(PainMoment moment) => moment switch
    {
        PainMoment.After => "Pain after",
        PainMoment.NextMorning => "Pain next morning",
        _ => "Pain before",
    };

    private static string Share(double? percent) => percent is { } share ? Text($"{share:0} %") : NotKnown;

    private static string Degrees(double? degrees) =>
        degrees is { } known ? Text($"{known:0.0;-0.0;0.0}\u00B0") : NotKnown;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
