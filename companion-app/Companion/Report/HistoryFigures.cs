using System.Globalization;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Report;

/// <summary>The charts of the weeks up to a session. Simulated sessions do not count.</summary>
/// <param name="sessions">The walker's sessions, in any order.</param>
/// <param name="pain">What the walker noted about pain.</param>
/// <param name="until">The day of the session.</param>
public sealed class HistoryFigures(IReadOnlyList<SessionSummary> sessions, IReadOnlyList<PainNote> pain,
    DateTimeOffset until)
{
    /// <summary>How many weeks are shown.</summary>
    public const int Weeks = 12;

    private const int DaysOfWeek = 7;
    private const int DaysInView = (DaysOfWeek * Weeks) + 1;
    private const int HighestPain = 10;

    private static readonly (PainMoment Moment, string Style, string Label)[] Moments =
        [(PainMoment.Before, "toe", "before"), (PainMoment.After, "dark", "after"),
            (PainMoment.NextMorning, "flat", "next morning")];

    private readonly DateOnly _first = Monday(Day(until)).AddDays(-DaysOfWeek * (Weeks - 1));

    /// <summary>The moment from which sessions are looked at; a day early, for days begin at other moments
    /// elsewhere.</summary>
    public static DateTimeOffset From(DateTimeOffset until) =>
        until - DateTimeOffset.MinValue > TimeSpan.FromDays(DaysInView) ? until.AddDays(-DaysInView)
            : DateTimeOffset.MinValue;

    /// <summary>Minutes walked a week.</summary>
    public Figure Walking()
    {
        const string Title = "Walking over the weeks";
        var weeks = sessions
            .Where(
                session => !session.Header.IsSimulated && !session.Header.IsStartUnknown
                    && session.Totals.Active > TimeSpan.Zero && InView(session.Header.StartedAt))
            .GroupBy(session => Week(session.Header.StartedAt))
            .ToDictionary(week => week.Key,
                week => (Minutes: week.Sum(session => session.Totals.Active.TotalMinutes), Sessions: week.Count()));
        if (weeks.Count == 0)
        {
            return new Figure("weeks", Title,
                Text($"No session of a person in the {Weeks} weeks up to this one. Simulated sessions do not count."));
        }

        string sentence = string.Create(CultureInfo.InvariantCulture,
            $"{Count(weeks.Values.Sum(week => week.Sessions), "session")} and "
            + $"{weeks.Values.Sum(week => week.Minutes):0} minutes of walking in {Weeks} weeks. Simulated sessions "
            + $"do not count.");
        var x = new Axis(0, Weeks,
            [
                .. Enumerable.Range(0, Weeks).Where(week => (Weeks - 1 - week) % 2 == 0)
                    .Select(week => (week + 0.5, Short(_first.AddDays(DaysOfWeek * week))))], "week from");
        var plot = new Plot("weeks-plot", Title, sentence, x,
            Axis.Of("minutes", 0, weeks.Values.Max(week => week.Minutes)));
        foreach (var (week, walked) in weeks)
        {
            plot.Column(week + 0.1, week + 0.9, walked.Minutes, "toe");
        }

        return new Figure(
            "weeks",
            Title,
            sentence + " A column is the minutes of a week.",
            plot.End(),
            null,
            Html.Table(
                "Walking by week", ["week from", "sessions", "minutes"],
                Enumerable.Range(0, Weeks).Select(week => (IReadOnlyList<string>)
                [
                    Long(_first.AddDays(DaysOfWeek * week)),
                    Text($"{(weeks.TryGetValue(week, out var walked) ? walked.Sessions : 0)}"),
                    Text($"{(weeks.TryGetValue(week, out walked) ? walked.Minutes : 0):0.0}"),
                ])));
    }

    /// <summary>Pain before, after and the next morning.</summary>
    public Figure Pain()
    {
        const string Title = "Pain, as noted";
        var notes = pain.Where(note => InView(note.At)).OrderBy(note => note.At).ToArray();
        if (notes.Length == 0)
        {
            return new Figure("pain", Title, Text($"Nothing was noted in the {Weeks} weeks up to this session."));
        }

        string sentence = string.Create(CultureInfo.InvariantCulture,
            $"{Count(notes.Length, "note")} between {notes.Min(note => note.Level)} and "
            + $"{notes.Max(note => note.Level)} on the scale from 0 (none) to 10 (the worst imaginable).");
        int days = DaysOfWeek * Weeks;
        var x = new Axis(0, days,
            [
                .. Enumerable.Range(0, Weeks).Where(week => (Weeks - 1 - week) % 2 == 0)
                    .Select(week => ((double)DaysOfWeek * week, Short(_first.AddDays(DaysOfWeek * week))))], "day");
        var plot = new Plot("pain-plot", Title, sentence, x,
            new Axis(0, HighestPain,
                [.. Enumerable.Range(0, (HighestPain / 2) + 1).Select(i => (2.0 * i, Text($"{2 * i}")))], "pain"));
        for (int i = 0; i < Moments.Length; i++)
        {
            foreach (var note in notes.Where(note => note.Moment == Moments[i].Moment))
            {
                plot.Mark(Day(note.At).DayNumber - _first.DayNumber + 0.5, note.Level, (MarkShape)i, Moments[i].Style);
            }
        }

        return new Figure(
            "pain",
            Title,
            sentence,
            plot.End(),
            [.. Moments.Select((moment, i) => new LegendEntry(moment.Style, moment.Label, (MarkShape)i))],
            Html.Table(
                "Pain from 0 to 10", ["day", "when", "level"],
                notes.Select(
                    note => (IReadOnlyList<string>)[Long(Day(note.At)),
                        Moments.First(moment => moment.Moment == note.Moment).Label, Text($"{note.Level}")])));
    }

    private bool InView(DateTimeOffset at) =>
        Day(at) >= _first && Day(at) <= Monday(Day(until)).AddDays(DaysOfWeek - 1);

    private int Week(DateTimeOffset at) => (Day(at).DayNumber - _first.DayNumber) / DaysOfWeek;

    // The day of the place where it was.
    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.DateTime);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % DaysOfWeek));

    private static string Short(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    private static string Long(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Count(int count, string what) => Text($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
