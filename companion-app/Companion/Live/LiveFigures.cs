using System.Globalization;
using Backstep.Companion.Screen;
using Backstep.Walks.Coaching;
using Backstep.Walks.Live;
using Spectre.Console;
using static Backstep.Companion.Live.LiveLayout;

namespace Backstep.Companion.Live;

/// <summary>Time, cadence and toe-first share, large where there is room.</summary>
internal static class LiveFigures
{
    /// <summary>Three large figures side by side.</summary>
    public static void Three(List<FrameLine> lines, LiveSnapshot live, bool unicode, int scale)
    {
        int cadenceAt = Left + (31 * scale);
        int toesAt = Left + (53 * scale);
        var (label, clock) = ClockOf(live);
        lines.Add(
            new FrameLine().To(Left).Add(label, Styles.Quiet).To(cadenceAt).Add("STEPS A MINUTE", Styles.Quiet)
                .To(toesAt).Add("TOES FIRST", Styles.Quiet));
        var time = BigDigits.Rows(clock, unicode, scale);
        var cadence = BigDigits.Rows(Whole(live.CadenceStepsPerMinute), unicode, scale);
        var toes = BigDigits.Rows(Percent(Toes(live)), unicode, scale);
        for (int row = 0; row < time.Length; row++)
        {
            lines.Add(new FrameLine()
                .To(Left).Add(time[row], ClockStyle(live))
                .To(cadenceAt).Add(cadence[row], Styles.Strong)
                .To(toesAt).Add(toes[row], ToesStyle(Toes(live))));
        }
    }

    /// <summary>Below each other, the clock large where it fits.</summary>
    public static void Narrow(List<FrameLine> lines, LiveSnapshot live, bool large, bool unicode)
    {
        var (label, clock) = ClockOf(live);
        if (large)
        {
            if (live.Interval != null)
            {
                lines.Add(new FrameLine().To(Left).Add(label, Styles.Quiet));
            }

            lines.AddRange(
                BigDigits.Rows(clock, unicode).Select(row => new FrameLine().To(Left).Add(row, ClockStyle(live))));
            lines.Add(Filler());
        }
        else
        {
            lines.Add(Labelled(label, labels: Math.Max(Labels, Left + label.Length + 1)).Add(clock, ClockStyle(live)));
        }

        lines.Add(Labelled("STEPS A MINUTE").Add(Whole(live.CadenceStepsPerMinute), Styles.Strong));
        lines.Add(Labelled("TOES FIRST").Add(Percent(Toes(live)), ToesStyle(Toes(live))));
    }

    /// <summary>Time walked, or in intervals what is left of the phase.</summary>
    private static (string Label, string Clock) ClockOf(LiveSnapshot live) => live.Interval switch
    {
        null => ("TIME", Clock(live.Walked)),
        { Phase: IntervalPhase.GetReady } moment => ("GET READY", CountDown(moment)),
        { Phase: IntervalPhase.Work } moment => ($"BACKWARD {moment.Number} OF {moment.Of}", CountDown(moment)),
        { Phase: IntervalPhase.Rest } moment => ($"REST BEFORE {moment.Number} OF {moment.Of}", CountDown(moment)),
        _ => ("ALL DONE", Clock(TimeSpan.Zero)),
    };

    private static Style ClockStyle(LiveSnapshot live) =>
        live.IsPaused ? Styles.Quiet : live.Interval?.Phase == IntervalPhase.Work ? Styles.Good : Styles.Strong;

    // Rounded up: the last second is 1, and 0 is the end.
    private static string CountDown(IntervalMoment moment) =>
        Clock(TimeSpan.FromSeconds(Math.Ceiling(moment.Left.TotalSeconds)));

    /// <summary>How much of the time, or of the phase, is over.</summary>
    public static void Progress(List<FrameLine> lines, LiveSnapshot live, int width, bool unicode)
    {
        if (live.Interval is { Length.Ticks: > 0 } moment)
        {
            Bar(lines, 1 - (moment.Left / moment.Length), $" of {Clock(moment.Length)}", width, unicode);
        }
        else if (live.Target is { } target && target > TimeSpan.Zero)
        {
            Bar(lines, live.Walked / target, $" of {Clock(target)}", width, unicode);
        }
    }

    private static void Bar(List<FrameLine> lines, double share, string of, int width, bool unicode)
    {
        int room = Math.Max(4, width - Left - of.Length - 1);
        int full = (int)Math.Round(room * Math.Clamp(share, 0, 1));
        lines.Add(new FrameLine { Dispensable = 1 }.To(Left)
            .Add(new string(unicode ? '█' : '#', full), Styles.Good)
            .Add(new string(unicode ? '░' : '.', room - full), Styles.Quiet)
            .Add(of, Styles.Quiet));
    }

    private static Style ToesStyle(double? percent) => percent switch
    {
        null => Styles.Quiet,
        >= 80 => Styles.Good,
        >= 50 => Styles.Middling,
        _ => Styles.Bad,
    };

    // What the screen tells is a cue, too.
    private static double? Toes(LiveSnapshot live) => live.IsQuiet ? null : live.ToeFirstPercent;

    private static string Whole(double? value) =>
        value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) : None;

    private static string Percent(double? value) =>
        value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) + "%" : None;
}
