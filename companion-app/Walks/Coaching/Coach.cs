using Backstep.Gait;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Walks.Coaching;

/// <summary>
/// Looks at the recent strides and finds what is worth saying, most urgent first. Words are calm and say what to do;
/// nothing here judges health.
/// </summary>
public sealed class Coach(RecentStrides recent, Units units,
    double limitMetersPerSecond = Coach.BeltLimitMetersPerSecond)
{
    /// <summary>2 mph: the belt speed up to which backward walking is meant here, in m/s.</summary>
    public const double BeltLimitMetersPerSecond = 2 * 1609.344 / 3600;

    // Ours: a belt that is still too fast is said so again.
    private static readonly TimeSpan SafetyAgain = TimeSpan.FromSeconds(12);

    // Ours: stride length from a shoe is good to several cm, so a few per cent over the limit is not yet over it.
    private readonly Hysteresis _tooFast = new(on: limitMetersPerSecond * 1.06,
        off: limitMetersPerSecond * 1.01);

    // Ours: five of eight strides, and until two of eight are left. The limit is for walking backward: who walks
    // forward to warm up is told only that. But no stride that is not known to go forward is left out.
    private readonly Hysteresis _forward = new(on: 0.6, off: 0.3);

    // 8.6 %: stride-time variation of backward treadmill walking with free hands, where holding on makes it 5.2 %; see
    // WalkParameters.RailsHeld for the paper. 7 % lies between.
    private readonly Hysteresis _unsteady = new(on: 8.6, off: 7);

    private readonly FormBand _narrow = FormBand.Narrow();
    private readonly FormBand _wide = FormBand.Wide();

    /// <summary>What to say now, if it were only for the strides. Call after every stride and at least once a
    /// second.</summary>
    /// <param name="moment">What it depends on besides them.</param>
    public Cue Judge(WalkMoment moment)
    {
        bool tooFast = _tooFast.Update(recent.BeltMetersPerSecond(evenForward: false))
            && moment.Mode == WalkMode.Treadmill;
        bool forward = _forward.Update(recent.ForwardShare());
        var form = Form(moment); // looked at each time: what hovers is remembered
        bool isWalking = recent.IsWalking || moment.LacksStrides;
        bool backward = recent.IsWalking && recent.Direction == Direction.Backward;
        return tooFast ? TooFast(moment)
            : TimeIsUp.CueFor(moment, isWalking) is { } enough ? enough
            : moment.IsPaused ? new Cue(CueKind.Paused, CueTone.Call, "Paused. Press p to go on")
            : moment.Interval is { } interval && Intervals.CueFor(interval, moment.Mode) is { } call ? call
            : forward ? Forward(moment.Mode)
            : moment is { Mode: WalkMode.Treadmill, Rails: Posture.Free, IsRhythmSettled: false } && backward
                ? new Cue(CueKind.RailsFree, CueTone.Correction, "Hold the rails until your rhythm is even")
            : moment.LacksStrides
                ? new Cue(CueKind.LookAtClip, CueTone.Correction,
                    "Your foot moves, but no steps come: look at the clip. Its arrow points to the toes")
            : backward && moment.Incline is { } incline ? incline
            : backward && moment.IsQuiet
                ? new Cue(CueKind.Steady, CueTone.Neutral, "Quiet: no cues on form now. Walk as it feels right")
                {
                    Headline = "QUIET",
                }
            : form ?? (moment.IsRhythmSettled ? Settled(moment)
            : backward ? new Cue(CueKind.Steady, CueTone.Neutral, "Toes first, then roll back over the whole foot")
            : new Cue(CueKind.Waiting, CueTone.Neutral,
                moment.Mode == WalkMode.Treadmill ? "Hold the rails and walk backward, toes first"
                    : "Walk backward, toes first"));
    }

    private Cue TooFast(WalkMoment moment)
    {
        string limit = units.Speed(limitMetersPerSecond);
        return new Cue(CueKind.TooFast, CueTone.Safety,
            TimeIsUp.Is(moment) ? $"Too fast, and the time is up. Slow the belt down and step off when it stands"
                : $"Slow the belt down to {limit} or less") { Again = SafetyAgain };
    }

    /// <summary>What is wrong with how the foot comes down, the worst first; null when nothing is.</summary>
    private Cue? Form(WalkMoment moment)
    {
        double? toes = recent.ToeFirstShare();
        double? tilt = recent.TiltDegrees();
        _narrow.Update(toes, tilt);
        _wide.Update(toes, tilt);
        bool unsteady = _unsteady.Update(recent.StrideTimeVariationPercent());
        var (heelFirst, outward, inward) = (moment.IsBandWide ? _wide : _narrow).Now;
        return heelFirst
            ? new Cue(CueKind.HeelFirst, CueTone.Correction,
                "Reach back with the toes: big toe down first, then the heel")
            : outward
            ? new Cue(CueKind.FootTilting, CueTone.Correction, "Foot rolls to its outer edge: land on the big toe")
            : inward
            ? new Cue(CueKind.FootTilting, CueTone.Correction,
                "Foot rolls to its inner edge: roll back over the whole foot") { Headline = "WHOLE FOOT" }
            : unsteady
            ? new Cue(CueKind.Unsteady, CueTone.Correction,
                moment.Mode == WalkMode.Treadmill ? "Shorter, slower steps; hold the rails until the rhythm is even"
                    : "Shorter, slower steps")
            : null;
    }

    private static Cue Forward(WalkMode mode) => new(
        CueKind.FacingForward,
        CueTone.Neutral,
        mode == WalkMode.Treadmill ? "Walking forward. Hold the rails and turn round when you are ready"
            : "Walking forward. Turn round when you are ready");

    // Rails: held until the rhythm is natural (article "Treadmill workout to address runner's knee", with A. M. Helms).
    private static Cue Settled(WalkMoment moment) => new(
        CueKind.Settled,
        CueTone.Praise,
        moment is { Mode: WalkMode.Treadmill, Rails: Posture.Held }
            ? "Your rhythm is even. Let go of the rails when you feel sure" : "Your rhythm is even. Keep it just so");
}
