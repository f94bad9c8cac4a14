using Backstep.Companion.Screen;
using Backstep.Walks.Live;
using Backstep.Walks.Strides;
using static Backstep.Companion.Live.LiveLayout;

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
        LiveHeader.Add(lines, live, width, unicode);
        if (wide && clock)
        {
            LiveFigures.Three(lines, live, unicode, width >= HugeColumns && height >= HugeRows ? 2 : 1);
        }
        else
        {
            LiveFigures.Narrow(lines, live, clock, unicode);
        }

        lines.Add(Filler());
        LiveFigures.Progress(lines, live, width, unicode);
        lines.Add(Filler());
        if (live.ShowsKeys)
        {
            lines.AddRange(
                Keys.Select(key => new FrameLine().To(Left).Add(key.Key.PadRight(8), Styles.Strong).Add(key.Does)));
        }
        else
        {
            LiveSteps.Add(lines, live, width, unicode);
            lines.Add(Filler());
            LiveDetails.Add(lines, live, units, wide, unicode);
        }

        lines.Add(Filler());
        int all = height - 1 - lines.Count(line => line.Dispensable < FillerLine);
        int most = height - 1 - lines.Count(line => line.Dispensable < LegendLine);
        lines.AddRange(CueBox.Draw(live.Cue, width, (all, most), unicode));
        lines.Add(Filler());
        lines.Add(Footer(live, width));
        return new Frame(Fit(lines, height), width);
    }

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

    private static FrameLine Footer(LiveSnapshot live, int width)
    {
        var line = new FrameLine().To(Left);
        (string Key, string Word)[] keys = width >= WideColumns
            ? [("p", live.IsPaused ? "go on" : "pause"), ("s", "stop"), ("space", "mark"), ("m", "mute"),
                ("?", "keys"), ("q", "quit")]
            : width >= ClockColumns ? [("?", "keys"), ("q", "quit")] : [("q", "quit")];
        foreach (var (key, word) in keys.Where(key => key.Key != "m" || live.IsHeard != null))
        {
            line.Add(key, Styles.Strong).Add($" {word}  ", Styles.Quiet);
        }

        string marks = live.WalkersMarks switch { 0 => "", 1 => "1 mark", var many => $"{many} marks" };
        string state = "";
        foreach (string word in (string[])[live.IsPaused ? "PAUSED" : "", live.IsHeard == false ? "muted" : "", marks])
        {
            string longer = state.Length == 0 ? word : word.Length == 0 ? state : $"{state}  {word}";
            state = line.Width + longer.Length < width ? longer : state; // the first says the most
        }

        return state.Length > 0 ? line.To(width - state.Length - 1).Add(state, Styles.Strong) : line;
    }
}
