namespace Backstep.Walks.Sessions;

/// <summary>
/// The time of a walk: the wall clock's at its beginning, and from there on what has passed. Whoever sets the
/// computer's clock in the middle of a walk neither stretches it nor loses a stride. The time that passes does not go
/// on while the computer sleeps; a sensor's clock does, and tells.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    // An answer of a sensor is under way for less.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    // No sensor of this kind was sold before; a computer that says so has lost its battery.
    private static readonly DateTimeOffset Earliest = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DateTimeOffset _began = time.GetLocalNow();
    private readonly long _beganAt = time.GetTimestamp();
    private readonly Dictionary<int, (uint Milliseconds, DateTimeOffset At)> _heard = [];
    private TimeSpan _slept;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => _began + time.GetElapsedTime(_beganAt) + _slept;

    /// <summary>Whether the wall clock can have been right when the walk began.</summary>
    public bool IsBelievable => _began >= Earliest;

    /// <summary>A sensor tells its clock, in ms since its start.</summary>
    public void Observe(int sensor, uint milliseconds)
    {
        if (_heard.TryGetValue(sensor, out var before))
        {
            // A sensor that was started anew has come less far, and tells nothing of a sleep.
            uint passed = milliseconds - before.Milliseconds;
            var ahead = TimeSpan.FromMilliseconds(passed) - (Now - before.At);
            if (passed <= int.MaxValue && ahead > Slack)
            {
                _slept += ahead;
            }
        }

        _heard[sensor] = (milliseconds, Now);
    }
}
