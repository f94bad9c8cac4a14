using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Report;

/// <summary>What a programme's page is made of.</summary>
/// <param name="Walker">Who walks.</param>
/// <param name="Diary">All that was walked and noted.</param>
/// <param name="Retention">What stays without cues.</param>
/// <param name="Plan">Today's plan.</param>
public sealed record ProgrammeContent(string Walker, WalkerDiary Diary, Retention Retention, Plan Plan);

/// <summary>
/// The weeks of a walker on one page, for whoever set the dose: planned and walked, toes first with cues and without,
/// pain, incline, speed. On paper it is two sheets of A4. It shows what was measured and noted, and judges nothing.
/// </summary>
public static class ProgrammeReport
{
    // What fits two sheets, and what a programme of six weeks with its weeks after needs.
    private const int MostWeeks = 12;
    private const int MostNotes = 6;

    /// <summary>A change of pain that matters (<see cref="Rules.SmallestChange"/>).</summary>
    private const int SmallestChange = 2;

    private static readonly string[] Header =
        ["week from", "days of planned", "minutes of planned", "incline", "speed", "before", "after", "next morning"];

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, ProgrammeContent content, Units units, DateTimeOffset madeAt,
        string programVersion)
    {
        var today = DateOnly.FromDateTime(madeAt.DateTime);
        var weeks = ProgrammeWeek.Of(content.Diary, today, MostWeeks);
        string period = weeks.Count == 0 ? "nothing walked yet" : string.Create(CultureInfo.InvariantCulture,
            $"{weeks[0].Monday:d MMMM} to {today:d MMMM yyyy}");
        ReportPage.Begin(writer, $"backward walking, {period}", $"Backward walking, {period}",
            $"<p>{Html.Name(content.Walker)}. {Html.Text(Dose(content.Plan, units))}</p>");
        writer.Write("<section aria-labelledby=\"words\">\n<h2 id=\"words\">In words</h2>\n");
        foreach (string sentence in InWords(content, weeks))
        {
            writer.Write($"<p>{Html.Text(sentence)}</p>\n");
        }

        writer.Write("</section>\n<section aria-labelledby=\"weeks-table\">\n"
            + "<h2 id=\"weeks-table\">Week by week</h2>\n");
        writer.Write(Html.Table("Minutes walked backward and pain from 0 to 10, means; a dash: not known", Header,
            weeks.Select(week => Row(week, units))) + "\n</section>\n");
        var history = new HistoryFigures(content.Diary.Sessions, content.Diary.Pain, madeAt);
        writer.Write("<section aria-labelledby=\"charts\">\n<h2 id=\"charts\">Charts</h2>\n"
            + "<div class=\"charts\">\n");
        bool withSensor = content.Diary.Sessions.Any(session => !session.Header.IsSimulated);
        foreach (var figure in (Figure[])[.. withSensor ? [history.Walking()] : Array.Empty<Figure>(),
            RetentionFigure.Of(content.Retention), history.Pain()])
        {
            writer.Write(figure.ToHtml());
        }

        writer.Write("</div>\n</section>\n");
        Notes(writer, content.Diary.Notes);
        writer.Write("<footer>\n<p>The minutes planned are those of the programme on the days that were walked, by the "
            + "dose as it is set now. Its rules, each with its source or called ours: backstep plan --rules. The "
            + "schedule of cues and the programme as a whole were not tested on people. Backstep diagnoses "
            + "nothing.</p>\n");
        ReportPage.End(writer, madeAt, programVersion);
    }

    private static string Dose(Plan plan, Units units) => plan.Dose is { } dose
        ? $"Dose: {PlanText.Prescribed(dose, units)}."
        : string.Create(CultureInfo.InvariantCulture,
            $"Dose: the programme's own, {Walks.Programme.Dose.StepsMinutes[0]} to "
            + $"{Walks.Programme.Dose.StepsMinutes[^1]} minutes on {Adherence.FewestDays} to "
            + $"{Walks.Programme.Dose.MostDaysInSeven} days a week, about "
            + $"{Walks.Programme.Dose.InclinePercent:0} % incline; no professional has set one.");

    private static IEnumerable<string> InWords(ProgrammeContent content, IReadOnlyList<ProgrammeWeek> weeks)
    {
        yield return $"Today: {PlanWords.InALine(content.Plan)}.";
        if (WalkWords.Of(content.Plan.Adherence) is { } kept)
        {
            yield return kept;
        }

        foreach (string sentence in RetentionText.Of(content.Retention))
        {
            yield return sentence;
        }

        yield return ProgrammeWeek.PainChange(weeks) is not { } change
            ? "Whether the pain before walking has changed is not known: it was not noted often enough over four weeks."
            : string.Create(CultureInfo.InvariantCulture,
                $"Pain before walking, the last two weeks against the first two: {change:+0.0;-0.0;0.0} of 10, ")
                + (Math.Abs(change) >= SmallestChange
                    ? $"as much as matters ({SmallestChange} points and more)."
                    : $"less than the smallest change that matters ({SmallestChange} points).");
    }

    private static string[] Row(ProgrammeWeek week, Units units) =>
    [
        week.Monday.ToString("d MMM", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{week.WalkedDays} of {week.PlannedDays}"),
        string.Create(CultureInfo.InvariantCulture, $"{week.WalkedMinutes:0.#} of {week.PlannedMinutes:0}"),
        Incline(week),
        week.MetersPerSecond is { } speed ? units.Speed(speed) : "-",
        Level(week.Before),
        Level(week.After),
        Level(week.Morning),
    ];

    private static string Incline(ProgrammeWeek week) => week.InclinePercent is not { } incline ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{incline:0.0} % ")
            + (week.ToldInclines == 0 ? "measured" : week.MeasuredInclines == 0 ? "told" : "partly told");

    private static string Level(double? level) => level?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    private static void Notes(TextWriter writer, IReadOnlyList<WalkerNote> notes)
    {
        var words = notes.Where(note => note.Text != null).TakeLast(MostNotes).ToArray();
        if (words.Length == 0)
        {
            return;
        }

        writer.Write("<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">Noted</h2>\n<ul>\n");
        foreach (var note in words)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"<li>{note.At:d MMMM}: {Html.Text(note.Text!)}</li>\n"));
        }

        writer.Write("</ul>\n</section>\n");
    }
}
