using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Walks.Programme;

namespace Backstep.Companion.Report;

/// <summary>The chart of what stays without cues: each session's toe-first share with cues and without.</summary>
public static class RetentionFigure
{
    private const string Title = "With cues and without";
    private const string With = "toe";
    private const string Without = "dark";

    /// <summary>Draws it.</summary>
    public static Figure Of(Retention retention)
    {
        if (retention.Days.Count == 0)
        {
            return new Figure("retention", Title,
                "In none of the sessions is it known when there were cues: nothing can be said of what stays without.");
        }

        string sentence = string.Join(" ", RetentionText.Of(retention));
        var days = retention.Days;
        var x = new Axis(0, days.Count,
            [.. Enumerable.Range(0, days.Count).Where(i => i % Math.Max(1, days.Count / 6) == 0)
                .Select(i => (i + 0.5, days[i].At.ToString("d MMM", CultureInfo.InvariantCulture)))], "session of");
        var plot = new Plot("retention-plot", Title, sentence, x, Axis.Of("% toes first", 0, 100));
        for (int i = 0; i < days.Count; i++)
        {
            Mark(days[i].WithCues, i + 0.4, MarkShape.Square, With);
            Mark(days[i].Quiet, i + 0.6, (MarkShape)1, Without);
        }

        return new Figure("retention", Title, sentence, plot.End(),
            [new LegendEntry(With, "with cues on form"), new LegendEntry(Without, "without", (MarkShape)1)],
            Html.Table("Toe-first landings", ["session of", "with cues", "without"],
                days.Select(day => (IReadOnlyList<string>)
                    [day.At.ToString("d MMMM yyyy", CultureInfo.InvariantCulture), Counts(day.WithCues),
                        Counts(day.Quiet)])));

        void Mark(ToeFirst toes, double at, MarkShape shape, string style)
        {
            if (toes.Share is { } share)
            {
                plot.Mark(at, share * 100, shape, style);
            }
        }
    }

    private static string Counts(ToeFirst toes) => toes.Landed == 0 ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{toes.Toe} of {toes.Landed}");
}
