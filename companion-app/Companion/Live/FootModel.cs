using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Live;

/// <summary>One foot: its last steps, and a coach of its own.</summary>
public sealed class FootModel
{
    private readonly List<StepMark> _marks = [];

    /// <summary>A foot of which nothing came yet.</summary>
    public FootModel(LiveSetup setup, TimeProvider time)
    {
        Recent = new RecentStrides(time);
        Coach = new Coach(Recent, setup.Units, setup.BeltLimitMetersPerSecond);
    }

    /// <summary>Which, once told.</summary>
    public FootSide Side { get; set; }

    /// <summary>Its recent strides.</summary>
    public RecentStrides Recent { get; }

    /// <summary>Its coach.</summary>
    public Coach Coach { get; }

    /// <summary>Takes a stride.</summary>
    /// <param name="received">The stride.</param>
    /// <param name="isPaused">Whether the walker has paused.</param>
    public void Add(StrideReceived received, bool isPaused)
    {
        _marks.Add(StepMarks.Of(received.Stride));
        if (_marks.Count > StepMarks.Shown)
        {
            _marks.RemoveAt(0);
        }

        // What was walked minutes ago is counted, but nobody is corrected for it now.
        if (!received.IsReplayed)
        {
            Recent.Add(received.Stride, isPaused);
        }
    }

    /// <summary>What is known now.</summary>
    public FootSnapshot Snapshot() => new()
    {
        Side = Side,
        Marks = _marks.ToArray(),
        FootStrikeDegrees = Recent.FootStrikeDegrees(),
        FootStrikes = Recent.FootStrikes(),
        FootStrikeTrendDegrees = Recent.FootStrikeTrendDegrees(),
        TiltDegrees = Recent.TiltDegrees(),
        ToeFirstPercent = Recent.ToeFirstShare() * 100,
        SwingSeconds = Recent.SwingSeconds(),
    };
}
