using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Files.Export;
using Backstep.Protocol;
using Backstep.Walks.Coaching;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Report;

/// <summary>What a report is made of.</summary>
/// <param name="Session">The session.</param>
/// <param name="Sessions">The walker's sessions, for the weeks.</param>
/// <param name="Pain">All that the walker noted about pain.</param>
public sealed record ReportContent(KeptSession Session, IReadOnlyList<SessionSummary> Sessions,
    IReadOnlyList<PainNote> Pain)
{
    /// <summary>What stays without cues.</summary>
    public Retention Retention { get; init; } = Retention.Of([]);

    /// <summary>What the incline should be, in %.</summary>
    public double InclineDosePercent { get; init; } = Dose.InclinePercent;
}

/// <summary>
/// A session as one HTML page that needs nothing else: no network, no script. Readable on a phone, on paper, by a
/// screen reader, in the dark. It shows what was measured, calls the rest not known, and judges nothing.
/// </summary>
public static class SessionReport
{
    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="content">What.</param>
    /// <param name="units">In which units.</param>
    /// <param name="madeAt">When it is made.</param>
    public static void Write(TextWriter writer, ReportContent content, Units units, DateTimeOffset madeAt,
        string programVersion)
    {
        var session = content.Session;
        var header = session.Summary.Header;
        string day = header.StartedAt.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        string simulated = header.IsSimulated ? "Simulated: " : "";
        ReportPage.Begin(writer, $"{simulated}backward walk of {day}",
            $"{(header.IsSimulated ? "Simulated backward walk" : "Backward walk")}, {day}", Subtitle(session));
        foreach (string notice in Notices(session))
        {
            writer.Write($"<p class=\"notice\" role=\"note\">{Html.Text(notice)}</p>\n");
        }

        InWords(writer, content);
        writer.Write("<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">In numbers</h2>\n");
        ReportFacts.Write(writer, session, units);
        writer.Write("</section>\n");
        var figures = new ReportFigures(session, units);
        Charts(writer, "walk", "The walk",
            [figures.Steps(), figures.FootStrike(), figures.Cadence(), figures.Speed(), figures.Rails(),
                SymmetryFigure.Of(session)]);
        var history = new HistoryFigures(content.Sessions, content.Pain, header.StartedAt);
        Charts(writer, "history", "The weeks before",
            [history.Walking(), history.Pain(), RetentionFigure.Of(content.Retention)]);
        Footer(writer, madeAt, programVersion);
    }

    private static void InWords(TextWriter writer, ReportContent content)
    {
        var session = content.Session;
        var intervals = IntervalPart.Of(session);
        var sentences = WalkWords.Of(session.Summary, WalkWords.Before(session.Summary.Header, content.Sessions),
            intervals.Count(part => part.IsWork), content.InclineDosePercent);
        writer.Write("<section aria-labelledby=\"words\">\n<h2 id=\"words\">In words</h2>\n<p>"
            + $"{string.Join(' ', sentences.Select(Html.Text))}</p>\n");
        if (intervals.Count > 0)
        {
            writer.Write(Html.Table("Intervals", IntervalText.Header,
                IntervalText.Rows(intervals, session.Summary.Header.Mode)) + "\n");
        }

        writer.Write("</section>\n");
    }

    private static string Subtitle(KeptSession session)
    {
        var header = session.Summary.Header;
        string incline = InclineText.Of(session.Summary) is { } words ? $", incline {words}" : "";
        var sensors =
            header.Sensors.Select(
                sensor => Html.Name(sensor.Name)
                    + (sensor.Placement == Placement.Unknown ? "" : $" ({StrideText.Of(sensor.Placement)})"));
        return $"<p>{Html.Name(session.Walker.Name)}, {StrideText.Of(header.Mode)}{incline}. "
            + $"{(header.Sensors.Count == 1 ? "Sensor" : "Sensors")}: {string.Join(", ", sensors)}.</p>";
    }

    private static IEnumerable<string> Notices(KeptSession session)
    {
        if (session.Summary.Header.IsSimulated)
        {
            yield return SessionLabels.Simulated
                + ". All of this comes from the virtual sensor and a simulated walker.";
        }

        if (session.Summary.Header.IsStartUnknown)
        {
            yield return "When it began is not known, for the sensor's clock was not set: it was then at the latest.";
        }

        if (!session.Summary.IsComplete)
        {
            yield return "This session was not ended properly, or still goes on: what is here is what had arrived.";
        }
    }

    private static void Charts(TextWriter writer, string id, string title, IEnumerable<Figure?> figures)
    {
        writer.Write($"<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<div class=\"charts\">\n");
        foreach (var figure in figures)
        {
            writer.Write(figure?.ToHtml() ?? "");
        }

        writer.Write("</div>\n</section>\n");
    }

    private static void Footer(TextWriter writer, DateTimeOffset madeAt, string programVersion)
    {
        writer.Write($"""
            <footer>
            <p>Backward walking here is meant at {Html.Text(Units.Us.Speed(Coach.BeltLimitMetersPerSecond))}
            ({Html.Text(Units.Metric.Speed(Coach.BeltLimitMetersPerSecond))}) or slower, toes first, a hand on the
            rails until the rhythm is natural.</p>
            <p>Backstep describes steps. It diagnoses nothing: sharp pain, pain that lingers
            or pain that changes how you walk is a matter for a professional.</p>
            <p>How good the measures are has been tested on recordings of people walking forward and on simulated
            walkers, not yet on people walking backward.</p>

            """.ReplaceLineEndings("\n"));
        ReportPage.End(writer, madeAt, programVersion);
    }
}
