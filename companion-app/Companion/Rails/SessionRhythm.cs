using Backstep.Gait;

namespace Backstep.Companion.Rails;

/// <summary>
/// What a session's strides say of rails and rhythm: worked out from the strides, which are kept, so that the session's record on the air and in the flash needs no new fields.
/// </summary>
/// <param name="HeldShare">Share of strides with the rails held among those whose posture is known, 0 to 1, or null when none is.</param>
/// <param name="KnownShare">Share of strides whose posture is known, 0 to 1.</param>
/// <param name="SettledAfter">From the first stride until the rhythm had settled for the first time, or null when it never did.</param>
public sealed record SessionRhythm(double? HeldShare, double KnownShare, TimeSpan? SettledAfter)
{
    /// <summary>Of a session's strides, in order.</summary>
    /// <param name="strides">All of them.</param>
    /// <param name="baselines">The walker's own, or null: then the rhythm is held against the literature's figure.</param>
    public static SessionRhythm Of(IReadOnlyCollection<Stride> strides, RailBaselines? baselines = null)
    {
        var meter = new RhythmMeter();
        meter.Use(baselines!);
        int held = 0, known = 0;
        foreach (var stride in strides)
        {
            meter.Add(stride);
            known += stride.Posture == Posture.Unknown ? 0 : 1;
            held += stride.Posture == Posture.Held ? 1 : 0;
        }

        return new SessionRhythm(
            known == 0 ? null : (double)held / known,
            strides.Count == 0 ? 0 : (double)known / strides.Count,
            meter.SettledAfterMilliseconds == Stride.Missing ? null : TimeSpan.FromMilliseconds(meter.SettledAfterMilliseconds));
    }
}
