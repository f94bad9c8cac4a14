using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Walks.Sessions;

/// <summary>
/// When the walker paused. What lies in a pause is not walked: no time, no distance, no stride of it counts, in the
/// live view, in totals, in charts and in files alike. A stride lies where its contact does; the first after a pause
/// begins with the pause's end.
/// </summary>
public sealed class Pauses
{
    private readonly List<(TimeSpan From, TimeSpan Until)> _spans = [];

    /// <summary>Whether one has begun and not ended.</summary>
    public bool IsOn { get; private set; }

    /// <summary>When the one that is on began; null when none is.</summary>
    public TimeSpan? OnSince => IsOn ? _spans[^1].From : null;

    /// <summary>Of a session's marks. A pause that nobody ended lasts.</summary>
    public static Pauses Of(IEnumerable<SessionMark> marks)
    {
        var pauses = new Pauses();
        foreach (var mark in marks.OrderBy(mark => mark.At))
        {
            if (mark.Kind == MarkKind.Paused)
            {
                pauses.Begin(mark.At);
            }
            else if (mark.Kind == MarkKind.Resumed)
            {
                pauses.End(mark.At);
            }
        }

        return pauses;
    }

    /// <summary>The walker pauses; nothing if that is so already.</summary>
    public void Begin(TimeSpan at)
    {
        if (!IsOn)
        {
            _spans.Add((at, TimeSpan.MaxValue));
            IsOn = true;
        }
    }

    /// <summary>The walker goes on.</summary>
    public void End(TimeSpan at)
    {
        if (IsOn)
        {
            IsOn = false;
            var from = _spans[^1].From;
            _spans.RemoveAt(_spans.Count - 1);
            if (at > from)
            {
                _spans.Add((from, at));
            }
        }
    }

    /// <summary>Those from the start to a moment, in order; one that goes on ends there.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan Until)> Before(TimeSpan end) =>
    [
        .. _spans.Select(span => (From: span.From < TimeSpan.Zero ? TimeSpan.Zero : span.From,
                Until: span.Until < end ? span.Until : end))
            .Where(span => span.Until > span.From),
    ];

    /// <summary>Whether a moment lies in one.</summary>
    public bool Hold(TimeSpan at) => _spans.Exists(span => span.From <= at && at < span.Until);

    /// <summary>The time between two moments that lies in none.</summary>
    public TimeSpan Outside(TimeSpan from, TimeSpan until)
    {
        var time = until - from;
        foreach (var (begins, ends) in _spans)
        {
            var begin = begins > from ? begins : from;
            var end = ends < until ? ends : until;
            time -= end > begin ? end - begin : TimeSpan.Zero;
        }

        return time;
    }

    /// <summary>The strides that count, in the order of their contacts: of feet, outside pauses.</summary>
    /// <param name="sensors">The sensors of the session. What one on a wrist takes for strides is none.</param>
    /// <param name="strides">The strides, in any order.</param>
    public KeptStride[] Walked(IReadOnlyList<SessionSensor> sensors, IEnumerable<KeptStride> strides) =>
    [
        .. strides.Where(kept => (kept.Sensor >= sensors.Count || sensors[kept.Sensor].Placement != Placement.Wrist)
                && !Hold(kept.At))
            .OrderBy(kept => kept.At)
            .Select(AfterTheLast),
    ];

    /// <summary>A stride that began before the pause that it comes after is the first of a bout, as after any stop: it
    /// has no stride time, and no swing before the pause's end.</summary>
    private KeptStride AfterTheLast(KeptStride kept)
    {
        var stride = kept.Stride;
        int last = _spans.FindLastIndex(span => span.Until <= kept.At);
        int since = last < 0 ? int.MaxValue
            : (int)Math.Min((kept.At - _spans[last].Until).TotalMilliseconds, int.MaxValue);
        return Math.Max(stride.StrideMilliseconds, stride.SwingMilliseconds) <= since ? kept : kept with
        {
            Stride = new Stride(
                sequence: stride.Sequence,
                contactMilliseconds: stride.ContactMilliseconds,
                direction: stride.Direction,
                landing: stride.Landing,
                posture: stride.Posture,
                confidencePercent: stride.ConfidencePercent,
                footStrikeHalfDegrees: stride.FootStrikeHalfDegrees,
                tiltHalfDegrees: stride.TiltHalfDegrees,
                strideMilliseconds: Stride.Missing,
                swingMilliseconds: Math.Min(stride.SwingMilliseconds, since),
                lengthMillimeters: stride.LengthMillimeters,
                impactTenthsG: stride.ImpactTenthsG,
                decisionMilliseconds: stride.DecisionMilliseconds),
        };
    }
}
