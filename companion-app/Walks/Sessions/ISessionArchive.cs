using Backstep.Gait;
using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>Where sessions are kept. What has been added is safe when the call returns.</summary>
/// <remarks>Every member may throw a <see cref="ExplainedException"/> that says what is wrong with the place and what
/// to do: damaged, held by another program, disk full, read-only.</remarks>
public interface ISessionArchive : IDisposable
{
    /// <summary>Whether whoever writes waits for another program that holds the archive, for a while (as at first), or
    /// is told so at once.</summary>
    bool Waits { get; set; }

    /// <summary>All walkers, by name.</summary>
    IReadOnlyList<WalkerProfile> Walkers();

    /// <summary>The walker of that name, made if there is none yet.</summary>
    WalkerProfile WalkerNamed(string name);

    /// <summary>The same, and a new one is not taken for whoever walks on this computer (<see cref="LastWalker"/>) as
    /// long as there is another.</summary>
    WalkerProfile GuestNamed(string name);

    /// <summary>The walker who last began a session or noted pain; one named <see cref="WalkerProfile.DefaultName"/>,
    /// made if need be, when there is none.</summary>
    WalkerProfile LastWalker();

    /// <summary>Gives a walker another name. False when somebody else has it.</summary>
    bool Rename(long walkerId, string name);

    /// <summary>Forgets a walker with all sessions, notes and settings.</summary>
    void Remove(long walkerId);

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
    /// (<see cref="CloseAbandoned"/>).</summary>
    void Touch(long sessionId);

    /// <summary>Closes, as incomplete, the open sessions that nobody has added to for so long: their program was
    /// stopped in the middle of them. Says how many.</summary>
    int CloseAbandoned(TimeSpan patience);

    /// <summary>Keeps a whole session at once, or nothing of it: what an import brings, or what a sensor kept by
    /// itself.</summary>
    /// <param name="session">Keys in it are given anew; the walker is the one of
    /// <see cref="SessionHeader.WalkerId"/>.</param>
    /// <returns>Its header with its key.</returns>
    SessionHeader Keep(KeptSession session);

    /// <summary>Sessions, newest first; what is dated in the future, by a clock that was wrong, comes last.</summary>
    /// <param name="walkerId">Whose; null for everybody's.</param>
    /// <param name="since">None that began earlier; null for all.</param>
    /// <param name="atMost">How many; null for all.</param>
    IReadOnlyList<SessionSummary> Summaries(long? walkerId = null, DateTimeOffset? since = null, int? atMost = null);

    /// <summary>A walker's sessions that began between two moments, as far as their marks say when there were cues on
    /// form, in any order.</summary>
    /// <param name="walkerId">Whose.</param>
    /// <param name="ofSimulated">The simulated ones, or the others.</param>
    /// <param name="since">None that began earlier.</param>
    /// <param name="until">None that began later, or nobody knows when.</param>
    IReadOnlyList<CuedSession> Cued(long walkerId, bool ofSimulated, DateTimeOffset since, DateTimeOffset until);

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

    /// <summary>Forgets a session, with its strides, marks and notes. False when there is none.</summary>
    bool Delete(long sessionId);

    /// <summary>Keeps what a walker says about pain. A second note for the same moment of the same session stands
    /// beside the first: an alarm is not undone by a lower number.</summary>
    void Note(PainNote pain);

    /// <summary>All that a walker said about pain, oldest first.</summary>
    IReadOnlyList<PainNote> Pain(long walkerId);

    /// <summary>Keeps what a walker notes besides.</summary>
    void Note(WalkerNote note);

    /// <summary>All of those, oldest first.</summary>
    IReadOnlyList<WalkerNote> Notes(long walkerId);

    /// <summary>The note that <see cref="Undo"/> would take back: the one that was entered last; null for
    /// none.</summary>
    TakenBack? LastNote(long walkerId);

    /// <summary>Takes the last note back, as if it had never been made; null when there is none.</summary>
    TakenBack? Undo(long walkerId);

    /// <summary>A walker's setting, or null when it was never set. Keys are constants of whoever owns the
    /// setting.</summary>
    string? Setting(long walkerId, string key);

    /// <summary>Sets it; null forgets it.</summary>
    void Keep(long walkerId, string key, string? value);
}
