using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>A sensor of a walk that is being recorded: where it is worn, how its session stands, and when, on the clock
/// of the walk, its contacts were.</summary>
internal sealed class SensorInWalk
{
    // Shorter ago than any walker stands before a session pauses by itself, less what a report may be late.
    private static readonly TimeSpan SurelyWalking =
        TimeSpan.FromMilliseconds(Stride.LongestMilliseconds) - TimeSpan.FromSeconds(0.5);

    private readonly List<StrideReceived> _unplaced = [];
    private (uint Milliseconds, DateTimeOffset At)? _clock; // null when not known since the link was set up
    private DateTimeOffset _lastContact;

    /// <summary>Null until it is told.</summary>
    public Placement? Placement { get; set; }

    /// <summary>Whether it sits on a wrist, as far as is known.</summary>
    public bool IsOnWrist => Placement == Protocol.Placement.Wrist;

    /// <summary>As last told.</summary>
    public SessionState State { get; private set; }

    /// <summary>The number of its session; null before one was told.</summary>
    public int? Number { get; set; }

    /// <summary>The flash that it told last; null when it told none.</summary>
    public uint? Flash { get; set; }

    /// <summary>Whether it was told, or could not be, since the link was set up.</summary>
    public bool IsFlashKnown { get; set; }

    /// <summary>What it said of its session before its flash was known, and when.</summary>
    public (Session Session, DateTimeOffset At)? Heard { get; set; }

    /// <summary>Whether it walks or rests in a session.</summary>
    public bool IsInSession => !IsOnWrist && State is SessionState.Active or SessionState.Paused;

    /// <summary>Takes the session's state.</summary>
    /// <returns>True when somebody else, at the sensor itself, has paused it; false when it was let go on; null for
    /// neither, as when it pauses by itself because nobody steps.</returns>
    public bool? Enter(SessionState state, DateTimeOffset now)
    {
        var before = State;
        State = state;
        return (before, state) switch
        {
            (SessionState.Active, SessionState.Paused) when now - _lastContact < SurelyWalking => true,
            (SessionState.Paused, SessionState.Active) => false,
            _ => null,
        };
    }

    /// <summary>Its clock was told.</summary>
    /// <returns>What waited for that.</returns>
    public StrideReceived[] SetClock(uint milliseconds, DateTimeOffset now)
    {
        _clock = (milliseconds, now);
        return TakeUnplaced();
    }

    /// <summary>The strides that wait for the clock.</summary>
    public StrideReceived[] TakeUnplaced()
    {
        StrideReceived[] waited = [.. _unplaced];
        _unplaced.Clear();
        return waited;
    }

    /// <summary>It may come back started anew, or flashed anew.</summary>
    public void OnLinkLost()
    {
        _clock = null;
        IsFlashKnown = false;
    }

    /// <summary>When a stride's contact was; null while that is not known, and then it waits.</summary>
    public DateTimeOffset? TimeOf(StrideReceived received, DateTimeOffset now)
    {
        var stride = received.Stride;
        if (_clock == null && received.IsReplayed)
        {
            _unplaced.Add(received);
            return null;
        }

        var at = _clock is { } clock
            ? clock.At + TimeSpan.FromMilliseconds((int)(stride.ContactMilliseconds - clock.Milliseconds))
            : now - TimeSpan.FromMilliseconds(stride.DecisionMilliseconds);
        _lastContact = at > _lastContact ? at : _lastContact;
        return at;
    }
}
