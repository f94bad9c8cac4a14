namespace Backstep.Walks.Sessions;

/// <summary>Where sessions are kept, with who walked them and what was noted of them.</summary>
public interface ISessionArchive : IWalkArchive, IDisposable
{
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

    /// <summary>Closes, as incomplete, the open sessions that nobody has added to for so long: their program was
    /// stopped in the middle of them. Says how many.</summary>
    int CloseAbandoned(TimeSpan patience);

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
