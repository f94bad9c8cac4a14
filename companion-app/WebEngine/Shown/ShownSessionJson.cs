using Backstep.Files.Export;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.WebEngine.Shown;

/// <summary>A session, whole. Null means not known.</summary>
/// <param name="Session">As in a list.</param>
/// <param name="TargetSeconds">The time that was set.</param>
/// <param name="Incline">Told or measured, in words.</param>
/// <param name="Totals">What came of it.</param>
/// <param name="Marks">Moments that were marked.</param>
/// <param name="Parts">It in equal parts, for charts.</param>
/// <param name="Strides">Those that count, in order.</param>
public sealed record ShownSessionJson(
    ListedSessionJson Session,
    double? TargetSeconds,
    string? Incline,
    SessionTotalsJson Totals,
    IReadOnlyList<ShownMarkJson> Marks,
    IReadOnlyList<ShownPartJson> Parts,
    IReadOnlyList<ShownStrideJson> Strides)
{
    private const int MostParts = 60; // as in the report's charts: a point a minute of an hour

    /// <summary>From what is kept.</summary>
    public static ShownSessionJson From(string key, KeptSession session) => new(
        ListedSessionJson.From(key, session.Summary),
        session.Summary.Header.Target?.TotalSeconds,
        InclineText.Of(session.Summary),
        SessionTotalsJson.From(session.Summary.Totals),
        [.. session.Marks.Select(mark => new ShownMarkJson(Math.Round(mark.At.TotalSeconds, 3),
            StrideText.Of(mark.Kind)))],
        [.. SessionSlice.Of(session, MostParts).Select(ShownPartJson.From)],
        [.. session.Walked.Select(kept => ShownStrideJson.From(kept.At.TotalSeconds, kept.Stride, kept.Rails))]);
}

/// <summary>A moment: walker, interval-begins, interval-ends, paused, resumed, cues-on, cues-quiet.</summary>
public sealed record ShownMarkJson(double AtSeconds, string Kind);

/// <summary>A part of a session. Null means not measured.</summary>
public sealed record ShownPartJson(
    double FromSeconds,
    double UntilSeconds,
    int Strides,
    int Toe,
    int Flat,
    int Heel,
    int Forward,
    int Unknown,
    double? CadenceStepsPerMinute,
    double? FootStrikeAngleDegrees,
    double? BeltMetersPerSecond,
    string Rails)
{
    /// <summary>From a part.</summary>
    public static ShownPartJson From(SessionSlice part) => new(
        FromSeconds: part.From.TotalSeconds,
        UntilSeconds: part.Until.TotalSeconds,
        Strides: part.Strides.Count,
        Toe: part.Count(StepMark.Toe),
        Flat: part.Count(StepMark.Flat),
        Heel: part.Count(StepMark.Heel),
        Forward: part.Count(StepMark.Forward),
        Unknown: part.Count(StepMark.Unknown),
        CadenceStepsPerMinute: Statistics.Round(part.CadenceStepsPerMinute, 1),
        FootStrikeAngleDegrees: Statistics.Round(part.FootStrikeDegrees, 1),
        BeltMetersPerSecond: Statistics.Round(part.BeltMetersPerSecond, 3),
        Rails: StrideText.Of(part.Rails));
}
