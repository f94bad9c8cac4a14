using System.Globalization;
using Backstep.Companion.Screen;
using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;
using static Backstep.Companion.Live.LiveLayout;

namespace Backstep.Companion.Live;

/// <summary>How the foot comes down, the belt, the rails, the rhythm.</summary>
internal static class LiveDetails
{
    // Within the second column, after the longest word about the rails.
    private const int RhythmColumn = 18;

    /// <summary>Adds them.</summary>
    public static void Add(List<FrameLine> lines, LiveSnapshot live, Units units, bool wide, bool unicode)
    {
        if (live is { Feet.Count: > 1, IsQuiet: false })
        {
            lines.Add(Symmetry(live));
        }

        if (wide)
        {
            lines.Add(Pair(FootStrike(live, unicode), Belt(live, units, unicode, ShortLabels)));
            if (live.KnowsIncline)
            {
                lines.Add(Pair(Tilt(live), Incline(live, ShortLabels)));
                lines.Add(live.Mode == WalkMode.Treadmill
                    ? Pair(Rails(live, Labels), Rhythm(live, ShortLabels)) : Rhythm(live, Labels));
                return;
            }

            if (live.Feet.Count == 1)
            {
                lines.Add(Filler());
            }

            lines.Add(Pair(Tilt(live), live.Mode == WalkMode.Treadmill
                ? Pair(Rails(live, ShortLabels), Rhythm(live, ShortLabels), RhythmColumn)
                : Rhythm(live, ShortLabels)));
        }
        else
        {
            lines.AddRange([FootStrike(live, unicode), Belt(live, units, unicode, Labels), Tilt(live)]);
            if (live.KnowsIncline)
            {
                lines.Add(Incline(live, Labels));
            }

            if (live.Mode == WalkMode.Treadmill)
            {
                lines.Add(Rails(live, Labels));
            }

            lines.Add(Rhythm(live, Labels));
        }
    }

    private static FrameLine FootStrike(LiveSnapshot live, bool unicode)
    {
        var line = Labelled("FOOT STRIKE", DetailLine);
        if (live.IsQuiet)
        {
            return line.Add("quiet", Styles.Quiet);
        }

        if (live.Feet.Count > 1)
        {
            return PerFoot(line, live, foot => foot.FootStrikeDegrees);
        }

        var foot = live.Feet[0];
        if (foot.FootStrikeDegrees is not { } degrees)
        {
            return line.Add(None, Styles.Quiet);
        }

        line.Add(LiveWords.Degrees(degrees), Styles.Strong).Add($" {LiveWords.FootStrike(degrees)}");
        if (foot.FootStrikeTrendDegrees is not { } change)
        {
            return line;
        }

        var trend = LiveWords.Trend(change);
        var (arrow, style) = trend switch
        {
            AngleTrend.MoreSo => (" ↓ ", Styles.Good),
            AngleTrend.Flatter => (" ↑ ", Styles.Middling),
            _ => (" → ", Styles.Quiet),
        };
        return line.Add((unicode ? arrow : ", ") + LiveWords.Of(trend), style);
    }

    private static FrameLine Tilt(LiveSnapshot live)
    {
        var line = Labelled("TILT", DetailLine);
        if (live.IsQuiet)
        {
            return line.Add("quiet", Styles.Quiet);
        }

        if (live.Feet.Count > 1)
        {
            return PerFoot(line, live, foot => foot.TiltDegrees);
        }

        if (live.Feet[0].TiltDegrees is not { } degrees)
        {
            return line.Add(None, Styles.Quiet);
        }

        return line.Add(LiveWords.Degrees(degrees), Styles.Strong).Add($" {LiveWords.Tilt(degrees)}");
    }

    /// <summary>The two feet side by side: what of them is not alike.</summary>
    private static FrameLine Symmetry(LiveSnapshot live)
    {
        var line = Labelled("SYMMETRY", DetailLine);
        foreach (var (i, foot) in live.Feet.Index())
        {
            string toes = foot.ToeFirstPercent is { } percent
                ? string.Create(CultureInfo.InvariantCulture, $"{percent:0}%") : None;
            string swing = foot.SwingSeconds is { } seconds
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s") : None;
            line.Add($"{(i == 0 ? "" : "  ")}{LiveSteps.SideOf(foot, i).ToLowerInvariant()} toes ", Styles.Quiet)
                .Add(toes, Styles.Strong).Add(" swing ", Styles.Quiet).Add(swing, Styles.Strong);
        }

        return line;
    }

    private static FrameLine PerFoot(FrameLine line, LiveSnapshot live, Func<FootSnapshot, double?> value)
    {
        for (int i = 0; i < live.Feet.Count; i++)
        {
            line.Add($"{(i == 0 ? "" : "  ")}{LiveSteps.SideOf(live.Feet[i], i).ToLowerInvariant()} ", Styles.Quiet);
            line.Add(value(live.Feet[i]) is { } degrees ? LiveWords.Degrees(degrees) : None, Styles.Strong);
        }

        return line;
    }

    private static FrameLine Belt(LiveSnapshot live, Units units, bool unicode, int labels)
    {
        bool isLimited = live.Mode == WalkMode.Treadmill;
        var line = Labelled(isLimited ? "BELT" : "SPEED", 1, labels);
        string limit = isLimited ? $"limit {units.Speed(live.BeltLimitMetersPerSecond)}" : "";
        if (live.BeltMetersPerSecond is not { } speed)
        {
            return line.Add(None, Styles.Quiet).Add($"  {limit}", Styles.Quiet);
        }

        bool over = live.Cue.Kind == CueKind.TooFast;
        line.Add(units.Speed(speed), over ? Styles.Bad : Styles.Strong);
        return over
            ? line.Add(unicode ? " ▲ over " : " ! over ", Styles.Bad).Add(limit, Styles.Bad)
            : line.Add($"  {limit}", Styles.Quiet);
    }

    private static FrameLine Incline(LiveSnapshot live, int labels)
    {
        var line = Labelled("INCLINE", DetailLine, labels);
        return live.InclinePercent is not { } percent ? line.Add(None, Styles.Quiet)
            : line.Add(InclineText.Of(percent), live.Cue.Kind == CueKind.Incline ? Styles.Middling : Styles.Strong);
    }

    private static FrameLine Rails(LiveSnapshot live, int labels) => Labelled("RAILS", DetailLine, labels)
        .Add(StrideText.Of(live.Rails), live.Rails == Posture.Unknown ? Styles.Quiet : Styles.Strong);

    private static FrameLine Rhythm(LiveSnapshot live, int labels) => Labelled("RHYTHM", DetailLine, labels)
        .Add(LiveWords.Rhythm(live.IsRhythmSettled), live.IsRhythmSettled ? Styles.Good : Styles.Quiet);
}
