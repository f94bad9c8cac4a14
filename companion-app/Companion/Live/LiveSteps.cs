using System.Globalization;
using Backstep.Companion.Screen;
using Backstep.Gait;
using Backstep.Walks.Live;
using Backstep.Walks.Strides;
using static Backstep.Companion.Live.LiveLayout;

namespace Backstep.Companion.Live;

/// <summary>The last steps of each foot, as marks.</summary>
internal static class LiveSteps
{
    /// <summary>Adds them.</summary>
    public static void Add(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
    {
        if (live.IsQuiet)
        {
            lines.Add(Labelled($"LAST {StepMarks.Shown} STEPS").Add("quiet: counted, not shown", Styles.Quiet));
            return;
        }

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
                var (shape, style) = Styles.Of(mark, unicode);
                line.Add(shape, style).Add(gap);
            }

            lines.Add(foot.Marks.Count == 0 ? line.Add("none yet", Styles.Quiet) : line);
        }

        var legend = new FrameLine { Dispensable = LegendLine }.To(beside ? Labels : Left);
        foreach (var mark in Enum.GetValues<StepMark>())
        {
            var (shape, style) = Styles.Of(mark, unicode);
            legend.Add(shape, style)
                .Add(width >= LiveView.WideColumns ? $" {Name(mark)}  " : $"{Name(mark)} ", Styles.Quiet);
        }

        lines.Add(legend);
    }

    /// <summary>LEFT, RIGHT, or FOOT and its number.</summary>
    public static string SideOf(FootSnapshot foot, int position) => foot.Side switch
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
}
