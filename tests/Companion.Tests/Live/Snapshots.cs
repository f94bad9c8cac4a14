using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Tests.Live;

/// <summary>Something to show.</summary>
public static class Snapshots
{
    public static LiveSnapshot Walking { get; } = new()
    {
        Source = "simulated walker: backward",
        Simulated = true,
        Walked = TimeSpan.FromSeconds(83),
        Target = TimeSpan.FromMinutes(3),
        CadenceStepsPerMinute = 96,
        ToeFirstPercent = 75,
        Feet =
        [
            new FootSnapshot
            {
                Marks = [StepMark.Toe, StepMark.Flat, StepMark.Heel, StepMark.Forward, StepMark.Unknown,
                    .. Enumerable.Repeat(StepMark.Toe, 15)],
                FootStrikeDegrees = -18.4,
                TiltDegrees = 4,
            },
        ],
        Strides = 40,
        BeltMetersPerSecond = 0.7,
        Rails = Posture.Unknown,
        IsRhythmSettled = true,
        Link = LinkState.Connected,
        BatteryPercent = 87,
        Cue = new Cue(CueKind.HeelFirst, CueTone.Correction,
            "Reach back with the toes: big toe down first, then the heel"),
    };

    public static LiveSnapshot Nothing { get; } = new()
    {
        Source = "simulated walker: backward",
        Cue = new Cue(CueKind.Waiting, CueTone.Neutral, "Hold the rails and walk backward, toes first"),
    };
}
