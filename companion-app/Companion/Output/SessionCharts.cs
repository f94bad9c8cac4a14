using System.Globalization;
using Backstep.Companion.Live;
using Backstep.Companion.Screen;
using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Spectre.Console;

namespace Backstep.Companion.Output;

/// <summary>A session as charts for a terminal. Shapes and words say what colours say, so that they do
/// without.</summary>
public static class SessionCharts
{
    private const int Labels = 14;
    private const int RightMargin = 2;
    private const int FewestColumns = 20;
    private const int MostColumns = 120;
    private const int ChartHeight = 4;
    private const int AngleBinDegrees = 5;
    private const string Blocks = " ▁▂▃▄▅▆▇█";

    /// <summary>How often backward strides landed at which angle, in steps of five degrees, from the lowest found to
    /// the highest.</summary>
    public static IReadOnlyList<AngleCountJson> Angles(KeptSession session)
    {
        var bins = Statistics.Measured(
                session.Walked.Where(kept => kept.Stride.Direction == Direction.Backward)
                    .Select(kept => kept.Stride), stride => stride.FootStrikeHalfDegrees, 0.5)
            .Select(degrees => (int)Math.Floor(degrees / AngleBinDegrees) * AngleBinDegrees)
            .ToArray();
        return bins.Length == 0
            ? []
            :
            [
                .. Enumerable.Range(0, ((bins.Max() - bins.Min()) / AngleBinDegrees) + 1)
                    .Select(i => bins.Min() + (i * AngleBinDegrees))
                    .Select(from => new AngleCountJson(from, from + AngleBinDegrees, bins.Count(bin => bin == from))),
            ];
    }

    /// <summary>Lines to draw.</summary>
    /// <param name="session">The session.</param>
    /// <param name="units">Units of speed.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="unicode">Whether it has more than ASCII.</param>
    public static IReadOnlyList<FrameLine> Draw(KeptSession session, Units units, int width, bool unicode)
    {
        int columns = Math.Clamp(width - Labels - RightMargin, FewestColumns, MostColumns);
        var parts = SessionSlice.Of(session, columns);
        if (parts.Count == 0)
        {
            return [new FrameLine().Add("No strides: nothing to draw.", Styles.Quiet)];
        }

        // The fewer the parts, the wider each, so that the charts fill the terminal.
        int scale = columns / parts.Count;
        var lines =
            new List<FrameLine> { Strip("steps", parts, scale,
                part => part.Main is { } mark ? Styles.Of(mark, unicode) : (" ", Style.Plain)), Legend(unicode),
            new() };
        Columns(lines, "steps/min", parts, scale, part => part.CadenceStepsPerMinute, value => Text(value, "0"),
            Styles.Other, unicode);
        Columns(lines, "strike °", parts, scale, part => part.FootStrikeDegrees, value => Text(value, "0;-0;0"),
            Styles.Good, unicode);
        Columns(lines, units.SpeedUnit, parts, scale, part => part.BeltMetersPerSecond, units.SpeedNumber,
            Styles.Middling, unicode);
        lines.Add(new FrameLine().Add(
            $"{new string(' ', Labels)}the belt's limit is {units.Speed(Coach.BeltLimitMetersPerSecond)}",
            Styles.Quiet));
        lines.Add(new());
        lines.Add(Strip("rails", parts, scale, part => RailsLook(part, unicode)));
        lines.Add(new FrameLine().To(Labels).Add(unicode ? "█" : "H", Styles.Middling).Add(" held  ", Styles.Quiet)
            .Add(unicode ? "░" : ".", Styles.Good).Add(" free  ", Styles.Quiet).Add("?", Styles.Quiet)
            .Add(" not known", Styles.Quiet));
        lines.Add(Axis(parts, scale));
        lines.Add(new());
        Histogram(lines, Angles(session), columns, unicode);
        return lines;
    }

    private static (string Shape, Style Style) RailsLook(SessionSlice part, bool unicode) =>
        part.Strides.Count == 0 ? (" ", Style.Plain) : part.Rails switch
    {
        Posture.Held => (unicode ? "█" : "H", Styles.Middling),
        Posture.Free => (unicode ? "░" : ".", Styles.Good),
        _ => ("?", Styles.Quiet),
    };

    private static FrameLine Label(string text) => new FrameLine().Add(text.PadRight(Labels), Styles.Quiet);

    private static FrameLine Strip(string label, IReadOnlyList<SessionSlice> parts, int scale,
        Func<SessionSlice, (string Shape, Style Style)> look)
    {
        var line = Label(label);
        foreach (var part in parts)
        {
            var (shape, style) = look(part);
            line.Add(string.Concat(Enumerable.Repeat(shape, scale)), style);
        }

        return line;
    }

    private static FrameLine Legend(bool unicode)
    {
        var line = new FrameLine().To(Labels);
        foreach (var (mark, word) in new[]
        {
            (StepMark.Toe, "toes first"), (StepMark.Flat, "flat"), (StepMark.Heel, "heel first"),
            (StepMark.Forward, "forward"), (StepMark.Unknown, "unknown"),
        })
        {
            var (shape, style) = Styles.Of(mark, unicode);
            line.Add(shape, style).Add($" {word}  ", Styles.Quiet);
        }

        return line;
    }

    private static FrameLine Axis(IReadOnlyList<SessionSlice> parts, int scale)
    {
        string end = SessionText.Clock(parts[^1].Until);
        return new FrameLine().To(Labels)
            .Add("0:00" + end.PadLeft(Math.Max(end.Length + 1, (parts.Count * scale) - 4)), Styles.Quiet);
    }

    /// <summary>Columns from the lowest value to the highest; both are told at the left. A part without a value is
    /// blank.</summary>
    private static void Columns(
        List<FrameLine> lines, string label, IReadOnlyList<SessionSlice> parts, int scale,
        Func<SessionSlice, double?> value, Func<double, string> text, Style style, bool unicode)
    {
        var values = parts.Select(value).ToArray();
        var known = values.OfType<double>().ToArray();
        if (known.Length == 0)
        {
            lines.Add(Label(label).Add("not measured", Styles.Quiet));
            lines.Add(new());
            return;
        }

        var (low, high) = (known.Min(), known.Max());
        double range = high > low ? high - low : 1;
        int steps = unicode ? Blocks.Length - 1 : 1;
        for (int row = ChartHeight - 1; row >= 0; row--)
        {
            string figure = row == ChartHeight - 1 ? text(high) : row == 0 ? text(low) : "";
            string name = row == ChartHeight - 1 ? label : "";
            var line = new FrameLine().Add(name.PadRight(Labels - figure.Length - 1) + figure + " ", Styles.Quiet);
            var cells = new System.Text.StringBuilder();
            foreach (double? one in values)
            {
                // The lowest value still shows as something: one step of the lowest row.
                int filled = one is { } number
                    ? 1 + (int)Math.Round((number - low) / range * ((ChartHeight * steps) - 1)) : 0;
                int here = Math.Clamp(filled - (row * steps), 0, steps);
                cells.Append(unicode ? Blocks[here] : here > 0 ? '#' : ' ', scale);
            }

            lines.Add(line.Add(cells.ToString(), style));
        }

        lines.Add(new());
    }

    private static void Histogram(List<FrameLine> lines, IReadOnlyList<AngleCountJson> angles, int columns,
        bool unicode)
    {
        if (angles.Count == 0)
        {
            lines.Add(Label("strike °").Add("not measured", Styles.Quiet));
            return;
        }

        const int FigureColumns = 7;
        int most = angles.Max(bin => bin.Strides);
        for (int i = 0; i < angles.Count; i++)
        {
            var bin = angles[i];
            int length = bin.Strides == 0 ? 0 : Math.Max(1, bin.Strides * (columns - FigureColumns) / most);
            string range = string.Create(CultureInfo.InvariantCulture, $"{bin.FromDegrees}..{bin.BelowDegrees}°")
                .PadLeft(Labels - 1) + " ";
            lines.Add(new FrameLine().Add(range, Styles.Quiet)
                .Add(new string(unicode ? '█' : '#', length), bin.BelowDegrees <= 0 ? Styles.Good : Styles.Bad)
                .Add(string.Create(CultureInfo.InvariantCulture, $" {bin.Strides}"), Styles.Quiet));
        }

        lines.Add(new FrameLine().To(Labels).Add("strides by foot strike angle; negative: toes down", Styles.Quiet));
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
