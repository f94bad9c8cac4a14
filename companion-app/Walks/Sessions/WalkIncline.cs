using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>
/// The incline of belt or hill now, by the shoes: the mean of what they say. Unknown while no shoe knows it, when the
/// last word of it is old, or when two shoes contradict each other.
/// </summary>
/// <param name="now">The clock of the walk.</param>
public sealed class WalkIncline(Func<DateTimeOffset> now)
{
    // A session is told once a second; what is older than a few was told before the link broke.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    // Ours: four times what one shoe may be off. Two shoes on one belt cannot differ by more unless one was calibrated
    // on a floor that was not level, or has slipped.
    private const double MostApart = 2;

    private readonly Dictionary<int, (double Percent, DateTimeOffset At)> _told = [];
    private (int Id, int ActiveSeconds)? _leader;
    private bool _isBackward;

    /// <summary>In %, positive: uphill in the direction of walking; null when it is not known.</summary>
    public double? Now
    {
        get
        {
            double[] fresh = [.. _told.Values.Where(told => now() - told.At < Stale).Select(told => told.Percent)];
            return fresh.Length == 0 || fresh.Max() - fresh.Min() > MostApart ? null : fresh.Average();
        }
    }

    /// <summary>Takes an event of a shoe.</summary>
    /// <param name="sensor">Which.</param>
    /// <param name="received">The event.</param>
    /// <param name="isLeader">Whether its session is the walk's.</param>
    /// <returns>How long, since it was last told, was walked backward at which incline; null for nothing. The way back
    /// down a hill, forward, is no part of the walk's incline.</returns>
    internal MeasuredIncline? Apply(int sensor, SensorEvent received, bool isLeader)
    {
        switch (received)
        {
            case StrideReceived { IsReplayed: false } stride when isLeader:
                _isBackward = stride.Stride.Direction == Direction.Unknown ? _isBackward
                    : stride.Stride.Direction == Direction.Backward;
                return null;
            case SessionReceived told:
                Take(sensor, told.Session);
                var walked = isLeader ? Walked(told.Session) : TimeSpan.Zero;
                return walked > TimeSpan.Zero && _isBackward && Now is { } percent
                    ? new MeasuredIncline(percent, walked) : null;
            default:
                return null;
        }
    }

    private void Take(int sensor, Session session)
    {
        if (session.State == SessionState.Active
            && MeasuredIncline.PercentOf(session.InclineFifthsPercent) is { } percent)
        {
            _told[sensor] = (percent, now());
        }
        else
        {
            _told.Remove(sensor);
        }
    }

    /// <summary>What the sensor has counted as walked since its word before: no pause, and no more than it can be sure
    /// of.</summary>
    private TimeSpan Walked(Session session)
    {
        int since = _leader is { } before && before.Id == session.Id ? session.ActiveSeconds - before.ActiveSeconds : 0;
        _leader = (session.Id, session.ActiveSeconds);
        return TimeSpan.FromSeconds(Math.Clamp(since, 0, Stale.TotalSeconds));
    }
}
