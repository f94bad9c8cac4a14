using Backstep.Gait;
using Backstep.Walks.Strides;

namespace Backstep.Walks.Coaching;

/// <summary>One foot as it walks now: its last steps, and a coach of its own. Whatever shows a walk has one for each
/// foot.</summary>
public sealed class CoachedFoot
{
    private readonly List<StepMark> _marks = [];

    /// <summary>A foot of which nothing came yet.</summary>
    /// <param name="units">For cues that name a speed.</param>
    /// <param name="limitMetersPerSecond">Belt speed up to which nothing is said.</param>
    /// <param name="time">The clock of the walk.</param>
    public CoachedFoot(Units units, double limitMetersPerSecond, TimeProvider time)
    {
        Recent = new RecentStrides(time);
        Coach = new Coach(Recent, units, limitMetersPerSecond);
    }

    /// <summary>Its recent strides.</summary>
    public RecentStrides Recent { get; }

    /// <summary>Its coach.</summary>
    public Coach Coach { get; }

    /// <summary>Its last <see cref="StepMarks.Shown"/> steps, oldest first.</summary>
    public IReadOnlyList<StepMark> Marks => _marks;

    /// <summary>Takes a stride.</summary>
    /// <param name="stride">The stride.</param>
    /// <param name="isLate">Whether it was walked a while ago, and sent later: it is counted, but nobody is corrected
    /// for it now.</param>
    /// <param name="isPaused">Whether the walker has paused.</param>
    public void Add(Stride stride, bool isLate, bool isPaused)
    {
        _marks.Add(StepMarks.Of(stride));
        if (_marks.Count > StepMarks.Shown)
        {
            _marks.RemoveAt(0);
        }

        if (!isLate)
        {
            Recent.Add(stride, isPaused);
        }
    }
}
