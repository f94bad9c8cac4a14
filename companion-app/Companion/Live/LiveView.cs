using System.Globalization;
using Backstep.Companion.Screen;
using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;
using Spectre.Console;

namespace Backstep.Companion.Live;

/// <summary>Draws a snapshot: a pure function of what there is to show and of the room there is.</summary>
public static class LiveView
{
    /// <summary>From here on three large figures fit side by side.</summary>
    public const int WideColumns = 72;

    /// <summary>From here on the large clock fits.</summary>
    public const int ClockColumns = 34;

    /// <summary>From here on, and from <see cref="HugeRows"/> on, figures are twice as large.</summary>
    public const int HugeColumns = 150;

    /// <summary>See <see cref="HugeColumns"/>.</summary>
    public const int HugeRows = 32;

    private const int Left = 1;
    private const int Labels = 16;
    private const int ShortLabels = 9;
    private const int SecondColumn = 41;
    private const int FillerLine = 9;
    private const int KeysLine = 6;
    private const int LegendLine = 5;
    private const int DetailLine = 2;
    private const string None = "--";

    private static readonly (string Key, string Does)[] Keys =
    [
        ("p", "pause, and go on"),
        ("s", "stop: end the session"),
        ("space", "mark this moment"),
        ("m", "mute, and not"),
        ("?", "these keys"),
        ("q", "quit"),
    ];

    /// <summary>One screen.</summary>
    public static Frame Draw(LiveSnapshot live, Units units, int width, int height, bool unicode)
    {
        bool wide = width >= WideColumns;
        bool clock = width >= ClockColumns && height >= 14;
        var lines = new List<FrameLine>();
        Header(lines, live, width, unicode);
        if (wide && clock)
        {
            ThreeFigures(lines, live, unicode, width >= HugeColumns && height >= HugeRows ? 2 : 1);
        }
        else
        {
            Clock(lines, live, clock, unicode);
        }

        lines.Add(Filler());
        Progress(lines, live, width, unicode);
        lines.Add(Filler());
        if (live.ShowsKeys)
        {
            lines.AddRange(
                Keys.Select(key => new FrameLine().To(Left).Add(key.Key.PadRight(8), Looks.Strong).Add(key.Does)));
        }
        else
        {
            Steps(lines, live, width, unicode);
            lines.Add(Filler());
            Details(lines, live, units, wide, unicode);
        }

        lines.Add(Filler());
        CueBox(lines, live.Cue, width, unicode);
        lines.Add(Filler());
        lines.Add(Footer(live, width));
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
        if (live.Warning is { } warning)
        {
            lines.AddRange(Wrap(warning, Math.Max(8, width - (2 * Left)))
                .Select(row => new FrameLine().To(Left).Add(row, Looks.Bad)));
        }

        if (live.KeepingWaits)
        {
            lines.Add(new FrameLine().To(Left).Add("keeping waits: another program has the sessions", Looks.Bad));
        }

        lines.Add(new FrameLine { Dispensable = LegendLine }.Add(new string(unicode ? '─' : '-', width), Looks.Quiet));
    }

    private static void ThreeFigures(List<FrameLine> lines, LiveSnapshot live, bool unicode, int scale)
    {
        int cadenceAt = Left + (31 * scale);
        int toesAt = Left + (53 * scale);
        var (label, clock) = ClockOf(live);
        lines.Add(
            new FrameLine().To(Left).Add(label, Looks.Quiet).To(cadenceAt).Add("STEPS A MINUTE", Looks.Quiet).To(toesAt)
                .Add("TOES FIRST", Looks.Quiet));
        var time = BigDigits.Rows(clock, unicode, scale);
        var cadence = BigDigits.Rows(Whole(live.CadenceStepsPerMinute), unicode, scale);
        var toes = BigDigits.Rows(Percent(live.ToeFirstPercent), unicode, scale);
        for (int row = 0; row < time.Length; row++)
        {
            lines.Add(new FrameLine()
                .To(Left).Add(time[row], ClockStyle(live))
                .To(cadenceAt).Add(cadence[row], Looks.Strong)
                .To(toesAt).Add(toes[row], ToesStyle(live.ToeFirstPercent)));
        }
    }

    private static void Clock(List<FrameLine> lines, LiveSnapshot live, bool large, bool unicode)
    {
        var (label, clock) = ClockOf(live);
        if (large)
        {
            if (live.Interval != null)
            {
                lines.Add(new FrameLine().To(Left).Add(label, Looks.Quiet));
            }

            lines.AddRange(
                BigDigits.Rows(clock, unicode).Select(row => new FrameLine().To(Left).Add(row, ClockStyle(live))));
            lines.Add(Filler());
        }
        else
        {
            lines.Add(Labelled(label, labels: Math.Max(Labels, Left + label.Length + 1)).Add(clock, ClockStyle(live)));
        }

        lines.Add(Labelled("STEPS A MINUTE").Add(Whole(live.CadenceStepsPerMinute), Looks.Strong));
        lines.Add(Labelled("TOES FIRST").Add(Percent(live.ToeFirstPercent), ToesStyle(live.ToeFirstPercent)));
    }

    /// <summary>Time walked, or in intervals what is left of the phase.</summary>
    private static (string Label, string Clock) ClockOf(LiveSnapshot live) => live.Interval switch
    {
        null => ("TIME", Elapsed(live.Walked)),
        { Phase: IntervalPhase.GetReady } moment => ("GET READY", CountDown(moment)),
        { Phase: IntervalPhase.Work } moment => ($"BACKWARD {moment.Number} OF {moment.Of}", CountDown(moment)),
        { Phase: IntervalPhase.Rest } moment => ($"REST BEFORE {moment.Number} OF {moment.Of}", CountDown(moment)),
        _ => ("ALL DONE", Elapsed(TimeSpan.Zero)),
    };

    private static Style ClockStyle(LiveSnapshot live) =>
        live.IsPaused ? Looks.Quiet : live.Interval?.Phase == IntervalPhase.Work ? Looks.Good : Looks.Strong;

    // Rounded up: the last second is 1, and 0 is the end.
    private static string CountDown(IntervalMoment moment) =>
        Elapsed(TimeSpan.FromSeconds(Math.Ceiling(moment.Left.TotalSeconds)));

    private static void Progress(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
    {
        if (live.Interval is { Length.Ticks: > 0 } moment)
        {
            Bar(lines, 1 - (moment.Left / moment.Length), $" of {Elapsed(moment.Length)}", width, unicode);
        }
        else if (live.Target is { } target && target > TimeSpan.Zero)
        {
            Bar(lines, live.Walked / target, $" of {Elapsed(target)}", width, unicode);
        }
    }

    private static void Bar(List<FrameLine> lines, double share, string of, int width, bool unicode)
    {
        int room = Math.Max(4, width - Left - of.Length - 1);
        int full = (int)Math.Round(room * Math.Clamp(share, 0, 1));
        lines.Add(new FrameLine { Dispensable = 1 }.To(Left)
            .Add(new string(unicode ? '█' : '#', full), Looks.Good)
            .Add(new string(unicode ? '░' : '.', room - full), Looks.Quiet)
            .Add(of, Looks.Quiet));
    }

    private static void Steps(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
    {
        bool beside = width >= Labels + (2 * StepMarks.Shown);
        string gap = beside || width >= (2 * StepMarks.Shown) ? " " : "";
        for (int i = 0; i < live.Feet.Count; i++)
        {
            var foot = live.Feet[i];
            string label = live.Feet.Count == 1 ? "LAST 20 STEPS" : $"{SideOf(foot, i)} 20 STEPS";
            var line = Labelled(label, beside ? 0 : LegendLine);
            if (!beside)
            {
                lines.Add(line);
                line = new FrameLine().To(Left);
            }

            foreach (var mark in foot.Marks)
            {
                var (shape, style) = Looks.Of(mark, unicode);
                line.Add(shape, style).Add(gap);
            }

            lines.Add(foot.Marks.Count == 0 ? line.Add("none yet", Looks.Quiet) : line);
        }

        var legend = new FrameLine { Dispensable = LegendLine }.To(beside ? Labels : Left);
        foreach (var mark in Enum.GetValues<StepMark>())
        {
            var (shape, style) = Looks.Of(mark, unicode);
            legend.Add(shape, style).Add(width >= WideColumns ? $" {Name(mark)}  " : $"{Name(mark)} ", Looks.Quiet);
        }

        lines.Add(legend);
    }

    private static string SideOf(FootSnapshot foot, int position) => foot.Side switch
    {
        FootSide.Left => "LEFT",
        FootSide.Right => "RIGHT",
        _ => string.Create(CultureInfo.InvariantCulture, $"FOOT {position + 1}"),
    };

    private static string Name(StepMark mark) => mark switch
    {
        StepMark.Toe => "toes",
        StepMark.Flat => "flat",
        StepMark.Heel => "heel",
        StepMark.Forward => "forward",
        _ => "unknown",
    };

    private static void Details(List<FrameLine> lines, LiveSnapshot live, Units units, bool wide, bool unicode)
    {
        if (wide)
        {
            lines.Add(Pair(FootStrike(live, unicode), Belt(live, units, unicode, ShortLabels)));
            if (live.Feet.Count == 1)
            {
                lines.Add(Filler());
            }

            lines.Add(Pair(Tilt(live), Rails(live, ShortLabels)));
        }
        else
        {
            lines.AddRange(
                [FootStrike(live, unicode), Belt(live, units, unicode, Labels), Tilt(live), Rails(live, Labels)]);
        }
    }

    private static FrameLine FootStrike(LiveSnapshot live, bool unicode)
    {
        var line = Labelled("FOOT STRIKE", DetailLine);
        if (live.Feet.Count > 1)
        {
            return PerFoot(line, live, foot => foot.FootStrikeDegrees);
        }

        var foot = live.Feet[0];
        if (foot.FootStrikeDegrees is not { } degrees)
        {
            return line.Add(None, Looks.Quiet);
        }

        string way = degrees <= -5 ? "toes down" : degrees >= 5 ? "toes up" : "flat";
        line.Add(Degrees(degrees), Looks.Strong).Add($" {way}");
        return foot.FootStrikeTrendDegrees switch
        {
            null => line,
            <= -2 => line.Add(unicode ? " ↓ more so" : ", more so", Looks.Good),
            >= 2 => line.Add(unicode ? " ↑ flatter" : ", flatter", Looks.Middling),
            _ => line.Add(unicode ? " → steady" : ", steady", Looks.Quiet),
        };
    }

    private static FrameLine Tilt(LiveSnapshot live)
    {
        var line = Labelled("TILT", DetailLine);
        if (live.Feet.Count > 1)
        {
            return PerFoot(line, live, foot => foot.TiltDegrees);
        }

        if (live.Feet[0].TiltDegrees is not { } degrees)
        {
            return line.Add(None, Looks.Quiet);
        }

        string way = Math.Abs(degrees) < 3 ? "level" : degrees > 0 ? "outer edge" : "inner edge";
        return line.Add(Degrees(degrees), Looks.Strong).Add($" {way}");
    }

    private static FrameLine PerFoot(FrameLine line, LiveSnapshot live, Func<FootSnapshot, double?> value)
    {
        for (int i = 0; i < live.Feet.Count; i++)
        {
            line.Add($"{(i == 0 ? "" : "  ")}{SideOf(live.Feet[i], i).ToLowerInvariant()} ", Looks.Quiet);
            line.Add(value(live.Feet[i]) is { } degrees ? Degrees(degrees) : None, Looks.Strong);
        }

        return line;
    }

    private static FrameLine Belt(LiveSnapshot live, Units units, bool unicode, int labels)
    {
        bool isLimited = live.Mode == WalkMode.Treadmill;
        var line = Labelled(isLimited ? "BELT" : "SPEED", 1, labels);
        string limit = isLimited ? $"limit {units.Speed(Coach.BeltLimitMetersPerSecond)}" : "";
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
        var line = Labelled(live.Mode == WalkMode.Treadmill ? "RAILS" : "RHYTHM", DetailLine, labels);
        if (live.Mode != WalkMode.Treadmill)
        {
            return line.Add(live.IsRhythmSettled ? "settled" : "not settled",
                live.IsRhythmSettled ? Looks.Good : Looks.Quiet);
        }

        line.Add(StrideWords.Of(live.Rails), live.Rails == Posture.Unknown ? Looks.Quiet : Looks.Strong);
        return live.IsRhythmSettled ? line.Add("  rhythm settled", Looks.Good) : line;
    }

    private static void CueBox(List<FrameLine> lines, Cue cue, int width, bool unicode)
    {
        var (sign, style) = Looks.Of(cue.Tone, unicode);
        int room = width - 4;
        var (topLeft, topRight, bottomLeft, bottomRight, flat, side) = unicode ? ("╭", "╮", "╰", "╯", '─', "│")
            : ("+", "+", "+", "+", '-', "|");
        string title = room > sign.Length + 4 ? $"{flat} {sign} " : "";
        lines.Add(
            new FrameLine { Dispensable = DetailLine }.Add(topLeft, style).Add(title, style)
                .Add(new string(flat, Math.Max(0, width - 2 - title.Length)), style).Add(topRight, style));
        foreach (string row in Wrap(cue.Text, Math.Max(8, room)))
        {
            lines.Add(new FrameLine().Add(side, style).Add(" ").Add(row, Looks.Strong).To(width - 1).Add(side, style));
        }

        lines.Add(
            new FrameLine { Dispensable = DetailLine }.Add(bottomLeft, style)
                .Add(new string(flat, Math.Max(0, width - 2)), style).Add(bottomRight, style));
    }

    private static FrameLine Footer(LiveSnapshot live, int width)
    {
        var line = new FrameLine { Dispensable = KeysLine }.To(Left);
        (string Key, string Word)[] keys = width >= WideColumns
            ? [("p", live.IsPaused ? "go on" : "pause"), ("s", "stop"), ("space", "mark"), ("m", "mute"),
                ("?", "keys"), ("q", "quit")]
            : [("?", "keys"), ("q", "quit")];
        foreach (var (key, word) in keys.Where(key => key.Key != "m" || live.IsHeard != null))
        {
            line.Add(key, Looks.Strong).Add($" {word}  ", Looks.Quiet);
        }

        string marks = live.WalkersMarks switch { 0 => "", 1 => "1 mark", var many => $"{many} marks" };
        string state = string.Join("  ",
            new[] { live.IsPaused ? "PAUSED" : "", live.IsHeard == false ? "muted" : "",
                marks }.Where(word => word.Length > 0));
        return state.Length > 0
            && line.Width + 2 + state.Length < width ? line.To(width - state.Length - 1).Add(state, Looks.Strong)
            : line;
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

    private static string Whole(double? value) =>
        value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) : None;

    private static string Percent(double? value) =>
        value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) + "%" : None;

    private static string Degrees(double value) => value.ToString("+0;-0;0", CultureInfo.InvariantCulture) + "°";
}
