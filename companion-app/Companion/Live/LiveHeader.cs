using Backstep.Companion.Screen;
using Backstep.Walks.Events;
using static Backstep.Companion.Live.LiveLayout;

namespace Backstep.Companion.Live;

/// <summary>Who is followed, over what link, and what stands in the way.</summary>
internal static class LiveHeader
{
    /// <summary>Adds it.</summary>
    public static void Add(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
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
            lines.AddRange(WordRows.Wrap(warning, Math.Max(8, width - (2 * Left)))
                .Select(row => new FrameLine().To(Left).Add(row, Looks.Bad)));
        }

        if (live.KeepingWaits)
        {
            lines.Add(new FrameLine().To(Left).Add("keeping waits: another program has the sessions", Looks.Bad));
        }

        lines.Add(new FrameLine { Dispensable = LegendLine }.Add(new string(unicode ? '─' : '-', width), Looks.Quiet));
    }
}
