namespace Backstep.Companion.Sessions;

/// <summary>Where sessions are kept. What has been added is safe when the call returns.</summary>
public interface ISessionArchive : IDisposable
{
    /// <summary>All walkers, by name.</summary>
    IReadOnlyList<WalkerProfile> Walkers();

    /// <summary>The walker of that name, made if there is none yet.</summary>
    WalkerProfile WalkerNamed(string name);

    /// <summary>Begins a session; returns its header with its key.</summary>
    SessionHeader Begin(SessionHeader header);

    /// <summary>Keeps strides. One that is kept already (same sensor, run and number) is left as it is.</summary>
    void Add(long sessionId, IReadOnlyList<KeptStride> strides);

    /// <summary>Keeps a mark.</summary>
    void Add(long sessionId, SessionMark mark);

    /// <summary>Ends a session.</summary>
    void Close(long sessionId, SessionTotals totals);

    /// <summary>Sessions, newest first.</summary>
    /// <param name="walkerId">Whose; null for everybody's.</param>
    /// <param name="since">None that began earlier; null for all.</param>
    /// <param name="atMost">How many; null for all.</param>
    IReadOnlyList<SessionSummary> Summaries(long? walkerId = null, DateTimeOffset? since = null, int? atMost = null);

    /// <summary>A whole session, or null when there is none of that key.</summary>
    KeptSession? Find(long sessionId);

    /// <summary>Keeps what a walker says about pain.</summary>
    void Note(PainNote pain);

    /// <summary>All that a walker said about pain, oldest first.</summary>
    IReadOnlyList<PainNote> Pain(long walkerId);

    /// <summary>A walker's setting, or null when it was never set. Keys are constants of whoever owns the setting.</summary>
    string? Setting(long walkerId, string key);

    /// <summary>Sets it; null forgets it.</summary>
    void Keep(long walkerId, string key, string? value);
}
