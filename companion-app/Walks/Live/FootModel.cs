using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Strides;

namespace Backstep.Walks.Live;

/// <summary>One foot in the live view: which, and what is shown of it.</summary>
public sealed class FootModel
{
    private readonly CoachedFoot _foot;

    /// <summary>A foot of which nothing came yet.</summary>
    public FootModel(LiveSetup setup, TimeProvider time) =>
        _foot = new CoachedFoot(setup.Units, setup.BeltLimitMetersPerSecond, time);

    /// <summary>Which, once told.</summary>
    public FootSide Side { get; set; }

    /// <summary>Its recent strides.</summary>
    public RecentStrides Recent => _foot.Recent;

    /// <summary>Its coach.</summary>
    public Coach Coach => _foot.Coach;

    /// <summary>Takes a stride.</summary>
    /// <param name="received">The stride.</param>
    /// <param name="isPaused">Whether the walker has paused.</param>
    public void Add(StrideReceived received, bool isPaused) =>
        _foot.Add(received.Stride, received.IsReplayed, isPaused);

    /// <summary>What is known now.</summary>
    public FootSnapshot Snapshot() => new()
    {
        Side = Side,
        Marks = [.. _foot.Marks],
        FootStrikeDegrees = Recent.FootStrikeDegrees(),
        FootStrikes = Recent.FootStrikes(),
        FootStrikeTrendDegrees = Recent.FootStrikeTrendDegrees(),
        TiltDegrees = Recent.TiltDegrees(),
        ToeFirstPercent = Recent.ToeFirstShare() * 100,
        SwingSeconds = Recent.SwingSeconds(),
    };
}
