using Backstep.Walks.Events;
using Backstep.Walks.Rails;

namespace Backstep.Gym.Gateway;

/// <summary>When, by the gateway's clock, a clip's contacts were: from what the clip says of its own clock, and from
/// the live strides that came quickest. And whether it was started anew.</summary>
/// <param name="time">The gateway's clock.</param>
/// <param name="startedAt">When the clip was started, as far as was known before; null for not.</param>
internal sealed class ClipTime(TimeProvider time, DateTimeOffset? startedAt)
{
    // A radio that gives up after 6 s (Core specification, volume 6, part B, 4.5.2, as centrals usually ask for it)
    // delivers nothing later; and a wall clock that was set a little.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset _epoch = time.GetUtcNow();
    private SensorClock _clock = new();
    private (uint Milliseconds, long At)? _last;
    private bool _isTold;

    /// <summary>When the clip was started.</summary>
    public DateTimeOffset? StartedAt { get; private set; } = startedAt;

    /// <summary>The link is gone: what is told on the next one may be another start's.</summary>
    public void OnAway() => _isTold = false;

    /// <summary>The clip answers that its clock shows that.</summary>
    /// <returns>Whether the clip has been started anew since it was last noted.</returns>
    public bool Tell(uint milliseconds)
    {
        _isTold = true;
        return Note(milliseconds);
    }

    /// <summary>A live stride was decided when the clip's clock showed that. It may have waited for others.</summary>
    /// <returns>Whether the clip has been started anew: only where it does not tell its clock itself.</returns>
    public bool Hear(uint milliseconds)
    {
        if (!_isTold)
        {
            return Note(milliseconds);
        }

        double now = (time.GetUtcNow() - _epoch).TotalSeconds;
        if (now - _clock.ToComputer(milliseconds) < Slack.TotalSeconds)
        {
            _clock.Note(milliseconds, now);
        }

        return false;
    }

    /// <summary>When a stride's contact was.</summary>
    public DateTimeOffset Of(StrideReceived received)
    {
        var now = time.GetUtcNow();
        var stride = received.Stride;
        var at = _clock.IsSet ? _epoch + TimeSpan.FromSeconds(_clock.ToComputer(stride.ContactMilliseconds))
            : now - TimeSpan.FromMilliseconds(stride.DecisionMilliseconds);
        return Whole(at < now ? at : now);
    }

    /// <summary>In whole milliseconds, as it travels.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    private bool Note(uint milliseconds)
    {
        var now = time.GetUtcNow();
        var started = now - TimeSpan.FromMilliseconds(milliseconds);
        bool isAnew = _last is { } last ? IsBehind(milliseconds, last)
            : StartedAt is { } before && started - before > Slack + ((now - before) * SensorClock.MostDrift);
        if (isAnew)
        {
            _clock = new SensorClock();
        }

        _clock.Note(milliseconds, (now - _epoch).TotalSeconds);
        StartedAt = started;
        _last = (milliseconds, time.GetTimestamp());
        return isAnew;
    }

    private bool IsBehind(uint milliseconds, (uint Milliseconds, long At) last)
    {
        var passed = time.GetElapsedTime(last.At);
        var shown = TimeSpan.FromMilliseconds((int)(milliseconds - last.Milliseconds));
        return passed - shown > Slack + (passed * SensorClock.MostDrift);
    }
}
