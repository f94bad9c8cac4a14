using Backstep.Walks.Coaching;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Walks.Live;

/// <summary>What is known before the first step.</summary>
/// <param name="Source">Who is followed.</param>
/// <param name="IsSimulated">Whether that is no real person.</param>
/// <param name="Units">For cues that name a speed.</param>
public sealed record LiveSetup(string Source, bool IsSimulated, Units Units)
{
    /// <summary>Where and how.</summary>
    public WalkMode Mode { get; init; }

    /// <summary>Belt speed in m/s up to which nothing is said: the usual limit, or a lower one that a professional has
    /// set.</summary>
    public double BeltLimitMetersPerSecond { get; init; } = Coach.BeltLimitMetersPerSecond;

    /// <summary>Incline of the belt in % that is the dose.</summary>
    public double InclineDosePercent { get; init; } = Dose.InclinePercent;

    /// <summary>Which part of the walk has cues on form; null: all of it, and nothing is measured by it.</summary>
    public FeedbackSchedule? Feedback { get; init; }

    /// <summary>What the plan has against this walk, said as long as it lasts; null: nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>How long to walk, if that was set. Not looked at in intervals.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>The intervals; null in a mode without any.</summary>
    public Intervals? Intervals { get; init; }
}
