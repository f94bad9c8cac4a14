using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>Which start of the sensor its strides count from: told on each link anew, because after a restart the
/// numbers begin anew.</summary>
/// <param name="time">What the sensor's clock is held against.</param>
/// <param name="newest">What was had before; null for nothing.</param>
internal sealed class SensorRun(TimeProvider time, StrideMark? newest)
{
    // An answer is under way for less.
    private const int ClockSlackMilliseconds = 2000;

    private (uint Milliseconds, long At)? _clock; // the sensor's, and when it was told
    private bool _clockBeganAnew;

    /// <summary>Its number; null when nobody has told one.</summary>
    public int? Number { get; private set; } = newest?.Run;

    /// <summary>The identity of the sensor's flash; 0 until it is told.</summary>
    public uint Flash { get; private set; } = newest?.Flash ?? 0;

    /// <summary>Whether the sensor has told it on this link.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The link is up: it may be another.</summary>
    public void OnLinkUp() => IsKnown = false;

    /// <summary>The numbers began anew, and nobody tells which run that is.</summary>
    public void Forget() => Number = null;

    /// <summary>The sensor tells its clock, in ms since its start. One that cannot count its starts gives itself away
    /// by it: its clock is behind where it would be.</summary>
    public void OnClock(uint milliseconds)
    {
        if (_clock is { } before)
        {
            var passed = time.GetElapsedTime(before.At); // at least: a computer that sleeps does not count
            int ahead = (int)(milliseconds - before.Milliseconds - (uint)(long)passed.TotalMilliseconds);
            _clockBeganAnew |= ahead < -ClockSlackMilliseconds;
        }

        _clock = (milliseconds, time.GetTimestamp());
    }

    /// <summary>The sensor tells what it holds, and with it its run.</summary>
    /// <param name="held">That.</param>
    /// <param name="newestSequence">The highest number that came before.</param>
    /// <returns>Whether the numbers have begun anew since.</returns>
    public bool Learn(LogRange held, uint newestSequence)
    {
        if (IsKnown)
        {
            return false;
        }

        bool isOther = Number is { } run && (run != held.Run || held.Flash != Flash);
        // Whatever run they were of: strides that passed before any was told are another's, too.
        bool hasCountedAnew = held.LastSequence < newestSequence;
        bool hasBegunAnew = isOther || hasCountedAnew || (Number != null && held.Run == 0 && _clockBeganAnew);
        (Number, Flash, IsKnown, _clockBeganAnew) = (held.Run, held.Flash, true, false);
        return hasBegunAnew;
    }
}
