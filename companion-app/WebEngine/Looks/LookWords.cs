using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.WebEngine.Looks;

/// <summary>From what the live view knows to what a page shows of it.</summary>
internal static class LookWords
{
    /// <summary>How the link stands, as in JSON.</summary>
    public static string Of(LinkState link) => link switch
    {
        LinkState.Connected => "connected",
        LinkState.Connecting => "connecting",
        LinkState.Reconnecting => "reconnecting",
        _ => "disconnected",
    };

    /// <summary>A cue.</summary>
    public static CueJson Of(Cue cue)
    {
        string kind = cue.Kind.ToString();
        return new CueJson(char.ToLowerInvariant(kind[0]) + kind[1..], ToneOf(cue.Tone), cue.Text, cue.Headline);
    }

    /// <summary>A speed.</summary>
    public static SpeedJson Speed(LiveSnapshot live, Units units) => new(
        Statistics.Round(live.BeltMetersPerSecond is { } speed ? units.SpeedValue(speed) : null, 1),
        units.SpeedUnit,
        live.BeltMetersPerSecond is { } known ? units.Speed(known) : null,
        live.Mode == WalkMode.Treadmill ? units.Speed(live.BeltLimitMetersPerSecond) : null);

    /// <summary>A foot; while form is left alone, without its steps.</summary>
    public static FootJson Of(FootSnapshot foot, bool isQuiet) =>
        new(StrideText.Of(foot.Side), isQuiet ? [] : [.. foot.Marks.Select(Of)]);

    /// <summary>The details of the live view.</summary>
    public static IEnumerable<FigureJson> Figures(LiveSnapshot live)
    {
        foreach (var (i, foot) in live.IsQuiet ? [] : live.Feet.Index())
        {
            string of = live.Feet.Count == 1 ? "" : $", {SideOf(foot, i)} foot";
            yield return Angle($"Foot strike{of}", foot.FootStrikeDegrees, degrees =>
                LiveWords.FootStrike(degrees) + (foot.FootStrikeTrendDegrees is { } change
                    ? $", {LiveWords.Of(LiveWords.Trend(change))}" : ""));
            yield return Angle($"Tilt{of}", foot.TiltDegrees, LiveWords.Tilt);
        }

        yield return new FigureJson("Rhythm", LiveWords.Rhythm(live.IsRhythmSettled), "");
        if (live.Mode == WalkMode.Treadmill)
        {
            yield return new FigureJson("Rails", StrideText.Of(live.Rails), "");
        }

        if (live.KnowsIncline)
        {
            yield return new FigureJson("Incline", live.InclinePercent is { } percent ? InclineText.Of(percent) : null,
                "");
        }
    }

    private static FigureJson Angle(string label, double? degrees, Func<double, string> way) =>
        new(label, degrees is { } known ? LiveWords.Degrees(known) : null, degrees is { } told ? way(told) : "");

    private static string SideOf(FootSnapshot foot, int position) =>
        foot.Side == FootSide.Unknown ? position == 0 ? "first" : "second" : StrideText.Of(foot.Side);

    private static StepJson Of(StepMark mark) => mark switch
    {
        StepMark.Toe => new StepJson("toe", "backward"),
        StepMark.Flat => new StepJson("flat", "backward"),
        StepMark.Heel => new StepJson("heel", "backward"),
        StepMark.Forward => new StepJson("unknown", "forward"),
        _ => new StepJson("unknown", "unknown"),
    };

    private static string ToneOf(CueTone tone) => tone switch
    {
        CueTone.Safety => "stop",
        CueTone.Enough => "warn",
        CueTone.Call => "call",
        CueTone.Correction => "advise",
        CueTone.Praise => "praise",
        _ => "neutral",
    };
}
