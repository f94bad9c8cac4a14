using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>
/// What of a walk waits for the store, and since when. Trouble with the store does not stop the walk: what could not be
/// written stays, and is tried again.
/// </summary>
/// <param name="archive">Where to keep; stays the caller's.</param>
/// <param name="keepAlone">Keeps what a sensor walked alone; its header, or null when nothing was to do.</param>
/// <param name="real">The clock by which strides must be written.</param>
/// <param name="writeAfter">How long a stride may wait for others before it is written.</param>
internal sealed class SessionWriter(IWalkArchive archive, Func<int, SessionWalkedAlone, SessionHeader?> keepAlone,
    TimeProvider real, TimeSpan writeAfter)
{
    /// <summary>Every stride is on the disk within a second of its arrival.</summary>
    public static readonly TimeSpan WriteAfter = TimeSpan.FromMilliseconds(500);

    // Ours: another program's write takes milliseconds; a second is no load and no loss.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // How often a session in which nothing happens is said to go on.
    private static readonly TimeSpan TouchAfter = TimeSpan.FromSeconds(10);

    private readonly List<SessionHeader> _kept = [];
    private readonly Queue<(int Sensor, SessionWalkedAlone Session)> _alone = new(); // could not be written yet
    private readonly Queue<SessionInProgress> _older = new(); // ended while the store could not be written
    private bool _isWaiting; // something has to be written, since then:
    private long _oldestUnwritten;
    private long _lastTouch;
    private long? _failedAt;

    /// <summary>Held while the store is used: what a client wants of the flash is asked from its own flow.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The session that goes on; null when none does.</summary>
    public SessionInProgress? Current { get; set; }

    /// <summary>The one before.</summary>
    public SessionInProgress? Last { get; private set; }

    /// <summary>Sessions begun, gone on with, or fetched from a sensor so far.</summary>
    public IReadOnlyList<SessionHeader> Kept => _kept;

    /// <summary>Why the last attempt to write failed; null when all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The session that goes on ends.</summary>
    public void End()
    {
        if (Current is { } session)
        {
            session.MustClose = true;
            if (Last?.HasUnwritten == true)
            {
                TryWrite();
            }

            if (Last is { HasUnwritten: true } waiting)
            {
                _older.Enqueue(waiting);
            }

            Last = session;
            Current = null;
            Wait();
        }
    }

    /// <summary>Takes what a sensor walked alone: told once, so it waits until it can be written.</summary>
    public void Add(int sensor, SessionWalkedAlone alone)
    {
        _alone.Enqueue((sensor, alone));
        Wait();
        TryWrite();
    }

    /// <summary>Something has to be written.</summary>
    public void Wait()
    {
        if (!_isWaiting)
        {
            _isWaiting = true;
            _oldestUnwritten = real.GetTimestamp();
        }
    }

    /// <summary>Writes what is due. To be called several times a second.</summary>
    public void Work()
    {
        bool hasUnwritten = _older.Count > 0 || Current?.HasUnwritten == true || Last?.HasUnwritten == true
            || _alone.Count > 0;
        bool isDue = hasUnwritten && real.GetElapsedTime(_oldestUnwritten) >= writeAfter;
        bool mustTouch = Current is { Header.Id: not 0 } && real.GetElapsedTime(_lastTouch) >= TouchAfter;
        if ((isDue || mustTouch) && !(_failedAt is { } failed && real.GetElapsedTime(failed) < RetryAfter))
        {
            TryWrite();
        }
    }

    /// <summary>Does something with the store. What fails is told, and tried again.</summary>
    public void Try(Action action)
    {
        lock (Gate)
        {
            try
            {
                action();
            }
            catch (ExplainedException e)
            {
                Trouble = e.Message;
                _failedAt = real.GetTimestamp();
            }
        }
    }

    /// <summary>Writes all there is.</summary>
    /// <exception cref="ExplainedException">It could not be written; the rest is tried again.</exception>
    public void Write()
    {
        lock (Gate)
        {
            while (_older.TryPeek(out var older))
            {
                Write(older);
                _older.Dequeue();
            }

            if (Last is { HasUnwritten: true } last)
            {
                Write(last);
            }

            if (Current is { } current)
            {
                Write(current);
            }

            while (_alone.TryPeek(out var waiting))
            {
                if (keepAlone(waiting.Sensor, waiting.Session) is { } header)
                {
                    _kept.Add(header);
                }

                _alone.Dequeue();
            }

            Trouble = null;
            _failedAt = null;
            _isWaiting = false;
            _lastTouch = real.GetTimestamp();
        }
    }

    private void Write(SessionInProgress session)
    {
        if (session.Write(archive))
        {
            _kept.Add(session.Header);
        }
    }

    /// <summary>Nobody who looks at a walk waits for another program that holds the store: what comes waits.</summary>
    private void TryWrite() => Try(() =>
    {
        archive.Waits = false;
        try
        {
            Write();
        }
        finally
        {
            archive.Waits = true;
        }
    });
}
