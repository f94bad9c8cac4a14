using Backstep.Walks.Events;
using Backstep.Walks.Rails;

namespace Backstep.Walks.Sessions;

/// <summary>Takes each stride to its session, however late it comes: to the one that goes on, the one before, or one
/// that has not been told yet.</summary>
internal sealed class StridePlacer
{
    /// <summary>After the sensors' end, strides of a lost link are still on their way.</summary>
    public static readonly TimeSpan LateAfterEnd = TimeSpan.FromSeconds(15);

    // A session's start is told in whole seconds, and its first stride began before it.
    private static readonly TimeSpan StartSlack = TimeSpan.FromSeconds(3);

    private readonly SessionWriter _writer;
    private readonly SensorInWalk[] _sensors;
    private readonly SteadyClock _clock;
    private readonly WalkRails _rails;
    private readonly LeftOutStrides _leftOut;
    private readonly EarlyStrides _early;

    /// <summary>For one walk.</summary>
    public StridePlacer(SessionWriter writer, SensorInWalk[] sensors, SteadyClock clock, WalkRails rails,
        LeftOutStrides leftOut)
    {
        (_writer, _sensors, _clock, _rails, _leftOut) = (writer, sensors, clock, rails, leftOut);
        _early = new EarlyStrides(clock.Now, LeaveOut);
    }

    /// <summary>Takes one; it waits while nobody knows when it was.</summary>
    public void Place(int sensor, StrideReceived received)
    {
        if (_sensors[sensor].TimeOf(received, _clock.Now) is not { } at)
        {
            return;
        }

        var kept = Unplaced(sensor, received);
        if (_writer.Current is { } current && at >= current.Header.StartedAt - StartSlack && at < current.StoppedAt)
        {
            Take(current, kept, at);
        }
        else if (_writer.Last is { } last && at >= last.Header.StartedAt - StartSlack
            && at <= last.LastContact + StartSlack && at < last.StoppedAt)
        {
            last.MustClose = true; // with other totals
            Take(last, kept, at);
        }
        else if (_writer.Current == null || at >= _writer.Current.StoppedAt)
        {
            _early.Add(kept, at, tooOld: _clock.Now - LateAfterEnd);
        }
        else
        {
            LeaveOut([kept]);
        }
    }

    /// <summary>Those that came before their session was told, with their contacts' times.</summary>
    public (KeptStride Stride, DateTimeOffset At)[] TakeEarly(int sensor, DateTimeOffset start) =>
        [.. _early.TakeFrom(sensor, start - StartSlack).Select(stride => (stride, _early.TimeOf(stride)))];

    /// <summary>Takes one into a session.</summary>
    public void Take(SessionInProgress session, KeptStride stride, DateTimeOffset at)
    {
        session.Add(stride, at, _clock.Now);
        _writer.Wait();
    }

    /// <summary>The walk is over: what waits, waits in vain.</summary>
    public void Close()
    {
        _early.Close(_writer.Last?.StoppedAt ?? DateTimeOffset.MaxValue);
        for (int sensor = 0; sensor < _sensors.Length; sensor++)
        {
            LeaveOut(_sensors[sensor].TakeUnplaced().Select(one => Unplaced(sensor, one)));
        }
    }

    private KeptStride Unplaced(int sensor, StrideReceived received) =>
        new(sensor, received.Run, TimeSpan.Zero, received.Stride, _rails.Of(received));

    private void LeaveOut(IEnumerable<KeptStride> strides)
    {
        foreach (var kept in strides.Where(kept => !_sensors[kept.Sensor].IsOnWrist))
        {
            _leftOut.Add(kept.Sensor, kept.Stride);
        }
    }
}
