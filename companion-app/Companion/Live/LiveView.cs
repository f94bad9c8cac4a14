using System.Globalization;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Coaching;
using Backstep.Companion.Output;
using Backstep.Gait;
using Spectre.Console;

namespace Backstep.Companion.Live;

/// <summary>Draws a snapshot: a pure function of what there is to show and of the room there is.</summary>
public static class LiveView
{
    /// <summary>From here on three large figures fit side by side.</summary>
    public const int WideColumns = 72;

    /// <summary>From here on the large clock fits.</summary>
    public const int ClockColumns = 34;

    private const int Left = 1;
    private const int Labels = 16;
    private const int ShortLabels = 9;
    private const int SecondColumn = 40;
    private const int FillerLine = 9;
    private const int LegendLine = 5;
    private const int DetailLine = 2;
    private const string None = "--";

    /// <summary>One screen.</summary>
    public static Frame Draw(LiveSnapshot live, Units units, int width, int height, bool unicode)
    {
        bool wide = width >= WideColumns;
        bool clock = width >= ClockColumns && height >= 14;
        var lines = new List<FrameLine>();
        Header(lines, live, width, unicode);
        if (wide && clock)
        {
            ThreeFigures(lines, live, unicode);
        }
        else
        {
            Clock(lines, live, clock, unicode);
        }

        lines.Add(Filler());
        Progress(lines, live, width, unicode);
        lines.Add(Filler());
        Steps(lines, live, width, unicode);
        lines.Add(Filler());
        if (wide)
        {
            lines.Add(Pair(FootStrike(live), Belt(live, units, unicode, ShortLabels)));
            lines.Add(Filler());
            lines.Add(Pair(Tilt(live), Rails(live, ShortLabels)));
        }
        else
        {
            lines.AddRange([FootStrike(live), Belt(live, units, unicode, Labels), Tilt(live), Rails(live, Labels)]);
        }

        lines.Add(Filler());
        CueBox(lines, live.Cue, width, unicode);
        lines.Add(Filler());
        lines.Add(new FrameLine { Dispensable = DetailLine }.To(Left).Add("q", Looks.Strong).Add(" quit", Looks.Quiet));
        return new Frame(Fit(lines, height), width);
    }

    private static FrameLine Filler() => new() { Dispensable = FillerLine };

    /// <summary>Leaves out the most dispensable lines, the lowest first, until the rest fits.</summary>
    private static List<FrameLine> Fit(List<FrameLine> lines, int height)
    {
        while (lines.Count > height)
        {
            int worst = lines.Max(line => line.Dispensable);
            lines.RemoveAt(lines.FindLastIndex(line => line.Dispensable == worst));
        }

        return lines;
    }

    private static void Header(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
    {
        var (dot, style, word) = live.Link switch
        {
            LinkState.Connected => (unicode ? "●" : "*", Looks.Good, "connected"),
            LinkState.Connecting => (unicode ? "○" : "o", Looks.Middling, "connecting"),
            LinkState.Reconnecting => (unicode ? "○" : "o", Looks.Bad, "reconnecting"),
            _ => (unicode ? "○" : "o", Looks.Bad, "no link"),
        };
        string battery = live.BatteryPercent is { } percent ? $"battery {percent} %" : $"battery {None}";
        var batteryStyle = live.BatteryPercent <= 15 ? Looks.Bad : Looks.Quiet;
        var line = new FrameLine().To(Left).Add("BACKSTEP", Looks.Strong);
        string status = $"{dot} {word}  {battery} ";
        var source = live.Simulated ? Looks.Other : Looks.Quiet;
        if (line.Width + 2 + live.Source.Length + 2 + status.Length <= width)
        {
            line.Add("  ").Add(live.Source, source).To(width - status.Length);
        }
        else
        {
            lines.Add(line.Add("  ").Add(live.Source, source));
            line = new FrameLine().To(Left);
        }

        lines.Add(line.Add($"{dot} {word}", style).Add("  ").Add(battery, batteryStyle));
        lines.Add(new FrameLine { Dispensable = LegendLine }.Add(new string(unicode ? '─' : '-', width), Looks.Quiet));
    }

    private static void ThreeFigures(List<FrameLine> lines, LiveSnapshot live, bool unicode)
    {
        const int cadenceAt = 32;
        const int toesAt = 54;
        lines.Add(new FrameLine().To(Left).Add("TIME", Looks.Quiet).To(cadenceAt).Add("STEPS A MINUTE", Looks.Quiet).To(toesAt).Add("TOES FIRST", Looks.Quiet));
        var time = BigDigits.Rows(Elapsed(live.Elapsed), unicode);
        var cadence = BigDigits.Rows(Whole(live.CadenceStepsPerMinute), unicode);
        var toes = BigDigits.Rows(Percent(live.ToeFirstPercent), unicode);
        for (int row = 0; row < BigDigits.Height; row++)
        {
            lines.Add(new FrameLine()
                .To(Left).Add(time[row], Looks.Strong)
                .To(cadenceAt).Add(cadence[row], Looks.Strong)
                .To(toesAt).Add(toes[row], ToesStyle(live.ToeFirstPercent)));
        }
    }

    private static void Clock(List<FrameLine> lines, LiveSnapshot live, bool large, bool unicode)
    {
        if (large)
        {
            lines.AddRange(BigDigits.Rows(Elapsed(live.Elapsed), unicode).Select(row => new FrameLine().To(Left).Add(row, Looks.Strong)));
            lines.Add(Filler());
        }
        else
        {
            lines.Add(Labelled("TIME").Add(Elapsed(live.Elapsed), Looks.Strong));
        }

        lines.Add(Labelled("STEPS A MINUTE").Add(Whole(live.CadenceStepsPerMinute), Looks.Strong));
        lines.Add(Labelled("TOES FIRST").Add(Percent(live.ToeFirstPercent), ToesStyle(live.ToeFirstPercent)));
    }

    private static void Progress(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
    {
        if (live.Target is not { } target || target <= TimeSpan.Zero)
        {
            return;
        }

        string of = $" of {Elapsed(target)}";
        int room = Math.Max(4, width - Left - of.Length - 1);
        int full = (int)Math.Round(room * Math.Clamp(live.Elapsed / target, 0, 1));
        lines.Add(new FrameLine { Dispensable = DetailLine }.To(Left)
            .Add(new string(unicode ? '█' : '#', full), Looks.Good)
            .Add(new string(unicode ? '░' : '.', room - full), Looks.Quiet)
            .Add(of, Looks.Quiet));
    }

    private static void Steps(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
    {
        bool beside = width >= Labels + (2 * StepMarks.Shown);
        string gap = beside || width >= (2 * StepMarks.Shown) ? " " : "";
        var line = Labelled("LAST 20 STEPS", beside ? 0 : LegendLine);
        if (!beside)
        {
            lines.Add(line);
            line = new FrameLine().To(Left);
        }

        foreach (var mark in live.Marks)
        {
            var (shape, style) = Looks.Of(mark, unicode);
            line.Add(shape, style).Add(gap);
        }

        lines.Add(live.Marks.Count == 0 ? line.Add("none yet", Looks.Quiet) : line);
        var legend = new FrameLine { Dispensable = LegendLine }.To(beside ? Labels : Left);
        foreach (var mark in Enum.GetValues<StepMark>())
        {
            var (shape, style) = Looks.Of(mark, unicode);
            legend.Add(shape, style).Add(beside ? $" {Name(mark)}  " : $"{Name(mark)} ", Looks.Quiet);
        }

        lines.Add(legend);
    }

    private static string Name(StepMark mark) => mark switch
    {
        StepMark.Toe => "toes",
        StepMark.Flat => "flat",
        StepMark.Heel => "heel",
        StepMark.Forward => "forward",
        _ => "unknown",
    };

    private static FrameLine FootStrike(LiveSnapshot live)
    {
        var line = Labelled("FOOT STRIKE", DetailLine);
        if (live.FootStrikeDegrees is not { } degrees)
        {
            return line.Add(None, Looks.Quiet);
        }

        string way = degrees <= -5 ? "toes down" : degrees >= 5 ? "toes up" : "flat";
        return line.Add(Degrees(degrees), Looks.Strong).Add($" {way}");
    }

    private static FrameLine Tilt(LiveSnapshot live)
    {
        var line = Labelled("TILT", DetailLine);
        if (live.TiltDegrees is not { } degrees)
        {
            return line.Add(None, Looks.Quiet);
        }

        string way = Math.Abs(degrees) < 3 ? "level" : degrees > 0 ? "outer edge" : "inner edge";
        return line.Add(Degrees(degrees), Looks.Strong).Add($" {way}");
    }

    private static FrameLine Belt(LiveSnapshot live, Units units, bool unicode, int labels)
    {
        var line = Labelled("BELT", 1, labels);
        string limit = $"limit {units.Speed(Coach.BeltLimitMetersPerSecond)}";
        if (live.BeltMetersPerSecond is not { } speed)
        {
            return line.Add(None, Looks.Quiet).Add($"  {limit}", Looks.Quiet);
        }

        bool over = live.Cue.Kind == CueKind.TooFast;
        line.Add(units.Speed(speed), over ? Looks.Bad : Looks.Strong);
        return over
            ? line.Add(unicode ? " ▲ over " : " ! over ", Looks.Bad).Add(limit, Looks.Bad)
            : line.Add($"  {limit}", Looks.Quiet);
    }

    private static FrameLine Rails(LiveSnapshot live, int labels)
    {
        var line = Labelled("RAILS", DetailLine, labels);
        line.Add(StrideWords.Of(live.Rails), live.Rails == Posture.Unknown ? Looks.Quiet : Looks.Strong);
        return live.IsRhythmSettled ? line.Add("  rhythm settled", Looks.Good) : line;
    }

    private static void CueBox(List<FrameLine> lines, Cue cue, int width, bool unicode)
    {
        var (sign, style) = Looks.Of(cue.Tone, unicode);
        int room = width - 4;
        var (topLeft, topRight, bottomLeft, bottomRight, flat, side) = unicode ? ("╭", "╮", "╰", "╯", '─', "│") : ("+", "+", "+", "+", '-', "|");
        string title = room > sign.Length + 4 ? $"{flat} {sign} " : "";
        lines.Add(new FrameLine { Dispensable = DetailLine }.Add(topLeft, style).Add(title, style).Add(new string(flat, Math.Max(0, width - 2 - title.Length)), style).Add(topRight, style));
        foreach (string row in Wrap(cue.Text, Math.Max(8, room)))
        {
            lines.Add(new FrameLine().Add(side, style).Add(" ").Add(row, Looks.Strong).To(width - 1).Add(side, style));
        }

        lines.Add(new FrameLine { Dispensable = DetailLine }.Add(bottomLeft, style).Add(new string(flat, Math.Max(0, width - 2)), style).Add(bottomRight, style));
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string row = "";
        foreach (string word in text.Split(' '))
        {
            if (row.Length > 0 && row.Length + 1 + word.Length > width)
            {
                yield return row;
                row = "";
            }

            row = row.Length == 0 ? word : $"{row} {word}";
        }

        yield return row;
    }

    private static FrameLine Labelled(string label, int dispensable = 0, int labels = Labels) =>
        new FrameLine { Dispensable = dispensable }.To(Left).Add(label, Looks.Quiet).To(labels);

    private static FrameLine Pair(FrameLine left, FrameLine right)
    {
        var line = new FrameLine { Dispensable = Math.Min(left.Dispensable, right.Dispensable) };
        foreach (var (text, style) in left.Spans)
        {
            line.Add(text, style);
        }

        line.To(SecondColumn);
        foreach (var (text, style) in right.Spans)
        {
            line.Add(text, style);
        }

        return line;
    }

    private static Style ToesStyle(double? percent) => percent switch
    {
        null => Looks.Quiet,
        >= 80 => Looks.Good,
        >= 50 => Looks.Middling,
        _ => Looks.Bad,
    };

    /// <summary>3:07, 100:00.</summary>
    private static string Elapsed(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");

    private static string Whole(double? value) => value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) : None;

    private static string Percent(double? value) => value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) + "%" : None;

    private static string Degrees(double value) => value.ToString("+0;-0;0", CultureInfo.InvariantCulture) + "°";
}
