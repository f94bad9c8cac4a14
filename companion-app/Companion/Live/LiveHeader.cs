using Backstep.Companion.Screen;
using Backstep.Terminal;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Words;
using static Backstep.Companion.Live.LiveLayout;

namespace Backstep.Companion.Live;

/// <summary>Who is followed, over what link, and what stands in the way.</summary>
internal static class LiveHeader
{
    /// <summary>Adds it.</summary>
    public static void Add(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
    {
        string word = LiveWords.Of(live.Link);
        var (dot, style) = live.Link switch
        {
            LinkState.Connected => (unicode ? "●" : "*", Styles.Good),
            LinkState.Connecting => (unicode ? "○" : "o", Styles.Middling),
            _ => (unicode ? "○" : "o", Styles.Bad),
        };
        string battery = live.BatteryPercent is { } percent ? $"battery {percent} %" : $"battery {None}";
        var batteryStyle = BatteryCharge.IsLow(live.BatteryPercent) ? Styles.Bad : Styles.Quiet;
        var line = new FrameLine().To(Left).Add("BACKSTEP", Styles.Strong);
        string status = $"{dot} {word}  {battery} ";
        var source = live.Simulated ? Styles.Other : Styles.Quiet;
        if (line.Width + 2 + Cells.Width(live.Source) + 2 + status.Length <= width)
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
            lines.AddRange(WordRows.Wrap(warning, Math.Max(8, width - (2 * Left)))
                .Select(row => new FrameLine().To(Left).Add(row, Styles.Bad)));
        }

        if (live.KeepingWaits)
        {
            lines.Add(new FrameLine().To(Left).Add("keeping waits: another program has the sessions", Styles.Bad));
        }

        lines.Add(new FrameLine { Dispensable = LegendLine }.Add(new string(unicode ? '─' : '-', width), Styles.Quiet));
    }
}
