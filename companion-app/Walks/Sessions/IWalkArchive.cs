using Backstep.Gait;
using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>Where what is walked is kept: all that a walk needs of an archive. What has been added is safe when the
/// call returns.</summary>
/// <remarks>Every member may throw a <see cref="ExplainedException"/> that says what is wrong with the place and what
/// to do: damaged, held by another program, disk full, read-only.</remarks>
public interface IWalkArchive
{
    /// <summary>Whether whoever writes waits for another program that holds the archive, for a while (as at first), or
    /// is told so at once.</summary>
    bool Waits { get; set; }

    /// <summary>Begins a session; returns its header with its key.</summary>
    SessionHeader Begin(SessionHeader header);

    /// <summary>Keeps strides. One that is kept already is left as it is; another of the same name (sensor, run,
    /// number) is kept beside it, under a run of the companion's own (<see cref="KeptStride.Run"/>).</summary>
    void Add(long sessionId, IReadOnlyList<KeptStride> strides);

    /// <summary>Says what a sensor calls the session, if it was not known yet: one that joined later.</summary>
    void Name(long sessionId, int sensor, int sessionNumber, uint? flash);

    /// <summary>Keeps the incline that the shoe measured, in place of what it was before.</summary>
    void Measure(long sessionId, MeasuredIncline incline);

    /// <summary>Keeps a mark.</summary>
    void Add(long sessionId, SessionMark mark);

    /// <summary>Ends a session: its totals are worked out of all that was added.</summary>
    void Close(long sessionId);

    /// <summary>Lets a session that was closed, or broke off, go on.</summary>
    void Reopen(long sessionId);

    /// <summary>Says that an open session goes on although nothing was added, so that nobody takes it for abandoned
    /// (<see cref="ISessionArchive.CloseAbandoned"/>).</summary>
    void Touch(long sessionId);

    /// <summary>Keeps a whole session at once, or nothing of it: what an import brings, or what a sensor kept by
    /// itself.</summary>
    /// <param name="session">Keys in it are given anew; the walker is the one of
    /// <see cref="SessionHeader.WalkerId"/>.</param>
    /// <returns>Its header with its key.</returns>
    SessionHeader Keep(KeptSession session);

    /// <summary>A whole session, or null when there is none of that key.</summary>
    KeptSession? Find(long sessionId);

    /// <summary>The sessions in which a sensor of that address took part under that number of its own, newest first:
    /// several when walkers shared it, or when it was wiped.</summary>
    IReadOnlyList<SessionSummary> OfSensor(string address, int sessionNumber);

    /// <summary>Those of a sensor's strides that are in none of its newest sessions yet, as many as its flash holds,
    /// under whatever run.</summary>
    IReadOnlyList<Stride> NotHeld(string address, IReadOnlyList<Stride> strides);

    /// <summary>
    /// Up to which stride a sensor's strides are kept without a gap, in the newest session it took part in; null when
    /// none is kept, or when the sensor does not count its starts. What comes later must be asked for.
    /// </summary>
    StrideMark? LastWithoutGap(string address);
}
