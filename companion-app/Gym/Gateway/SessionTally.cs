using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Gym.Gateway;

/// <summary>A stride, and the session that counts it; null when none does, or nobody knows which.</summary>
internal readonly record struct PlacedStride(StrideReceived Received, int? Session);

/// <summary>
/// Which session counts which stride. A clip tells once a second how many it has counted of each direction, strides
/// before sessions (firmware/Sensor/Bluetooth/BackstepService.cs, Publish): while the figures agree and the session
/// goes on, a live stride is its next one and waits for nothing; where they do not, strides wait for them. What cannot
/// be told for certain stays untold: the clip's flash knows it when the session is over.
/// </summary>
internal sealed class SessionTally
{
    // A session begins with its third stride, and the first of them was at most two pauses before
    // (firmware/Sensor/Session/SessionTracker.cs); then it is told within a second.
    private static readonly TimeSpan BeforeBeginning =
        TimeSpan.FromMilliseconds((2 * Stride.LongestMilliseconds) + 1000);

    // Strides that the clip has counted and that have not come are on their way out of its log: 1,024 of them take
    // some 20 s over a poor link.
    private static readonly TimeSpan ForLateOnes = TimeSpan.FromSeconds(30);

    // A stride whose contact lies in a pause by command may be told so much later, and is not counted.
    private static readonly TimeSpan AfterPause =
        TimeSpan.FromMilliseconds(Stride.LongestDecisionMilliseconds + 500);

    // Ours: what a clip's memory holds.
    private const int MostWaiting = 2048;

    private readonly List<(StrideReceived Received, TimeSpan Since)> _waiting = [];
    private Session? _told;
    private TimeSpan _endedSince;
    private TimeSpan? _resumedAt;
    private TimeSpan _looseUntil;
    private bool _isSettled;
    private bool _wasAway = true;

    /// <summary>The session as far as it is handed over; null before one was told.</summary>
    public TalliedSession? Session { get; private set; }

    /// <summary>Whether strides wait.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Whether all strides have come that the clip had walked when the link was set up. Before that its count
    /// and those that came do not speak of the same strides.</summary>
    public bool IsUpToDate { get; set; }

    /// <summary>A session was left before its end was told, or not every stride of it was certain.</summary>
    public bool HasDoubt { get; set; }

    /// <summary>Goes on with a session of which a part was handed over before.</summary>
    public void Resume(HandedSession before) => Session = new TalliedSession(before.Session)
    {
        Placed = before.Placed,
        First = before.First,
        Last = before.Last,
        IsExact = before.IsExact,
        IsOver = before.IsWhole,
    };

    /// <summary>The link is gone: strides may have been counted that did not come.</summary>
    public void OnAway() => (_wasAway, _isSettled, IsUpToDate) = (true, false, false);

    /// <summary>The clip was started anew, and its numbers with it.</summary>
    public List<PlacedStride> BeginRun()
    {
        var left = ReleaseAll();
        Leave();
        _told = null;
        return left;
    }

    /// <summary>Strides are lost for good, perhaps counted ones.</summary>
    public List<PlacedStride> OnLost(TimeSpan now) => Rebase(now);

    /// <summary>Takes a stride.</summary>
    /// <returns>It, or nothing while it waits.</returns>
    public List<PlacedStride> Add(StrideReceived received, TimeSpan now)
    {
        if (_isSettled && !received.IsReplayed && _waiting.Count == 0)
        {
            Session!.Add(received.Stride);
            return [new PlacedStride(received, Session.Number)];
        }

        _waiting.Add((received, now));
        return _waiting.Count > MostWaiting ? Rebase(now) : [];
    }

    /// <summary>Takes what the clip tells of its session.</summary>
    public List<PlacedStride> Tell(Session told, TimeSpan now)
    {
        var before = _told;
        _told = told;
        if (told.State == SessionState.Ended && before?.State != SessionState.Ended)
        {
            _endedSince = now;
        }

        if (told.Id == 0)
        {
            Leave();
            return Release(now);
        }

        Enter(told, before, now);
        List<PlacedStride> placed = [.. IsUpToDate ? Match(now) : [], .. Release(now)];
        _isSettled = IsUpToDate && told.State == SessionState.Active && _waiting.Count == 0
            && SessionCounts.Of(told) == Session!.Placed
            && !(_resumedAt is { } resumed && now - resumed < AfterPause);
        return placed;
    }

    /// <summary>Lets go what has waited long enough.</summary>
    public List<PlacedStride> Tick(TimeSpan now) => Release(now);

    /// <summary>The clip is let go: what waits goes as it is.</summary>
    public List<PlacedStride> ReleaseAll()
    {
        var left = TakeAll();
        if (Session is { } session && left.Count > 0)
        {
            session.IsExact = false;
        }

        _isSettled = false;
        return left;
    }

    /// <summary>The session's end, once: when all its strides have come, or those that lack do not.</summary>
    public Session? TakeEnd(TimeSpan now)
    {
        if (_told is not { State: SessionState.Ended } told || Session is not { IsOver: false } session
            || session.Number != told.Id)
        {
            return null;
        }

        bool agrees = SessionCounts.Of(told) == session.Placed;
        if (!agrees && now - _endedSince < ForLateOnes)
        {
            return null;
        }

        session.IsExact &= agrees;
        session.IsOver = true;
        HasDoubt |= !session.IsExact;
        return told;
    }

    private void Enter(Session told, Session? before, TimeSpan now)
    {
        var counts = SessionCounts.Of(told);
        if (Session == null || Session.Number != told.Id || (_wasAway && !counts.Covers(Session.Placed)))
        {
            Leave();
            Session = new TalliedSession(told.Id)
            {
                IsLoose = now - TimeSpan.FromSeconds(told.ElapsedSeconds) < _looseUntil,
            };
            _resumedAt = null;
        }
        else if (!counts.Covers(Session.Placed))
        {
            (Session.IsExact, Session.Placed) = (false, counts); // it did not count one that looked like its own
        }

        if (told.State == SessionState.Active && before is { State: SessionState.Paused })
        {
            _resumedAt = now;
        }

        _wasAway = false;
    }

    private void Leave()
    {
        HasDoubt |= Session is { IsOver: false };
        Session = null;
        _isSettled = false;
    }

    private List<PlacedStride> Match(TimeSpan now)
    {
        var lacking = SessionCounts.Of(_told!) - Session!.Placed;
        var waiting = _waiting.Aggregate(default(SessionCounts), (sum, one) => sum.With(one.Received.Stride));
        if (lacking == default && _told!.State is SessionState.Active or SessionState.Paused)
        {
            return TakeAll(); // it has counted none of them, and will not
        }

        if (Session.IsLoose)
        {
            return Rebase(now);
        }

        if (_waiting.Count == 0 || lacking.Total <= 0 || !waiting.Covers(lacking))
        {
            return [];
        }

        if (lacking == waiting)
        {
            return Place(_waiting.Count, lacking, fromBack: false);
        }

        // Some of those that wait are counted: of an active session the last ones, of one that pauses or is over the
        // first. Where a pause may have come and gone while nobody listened, nobody can say which.
        return _waiting.Exists(one => one.Received.IsReplayed) ? Rebase(now)
            : Place(lacking.Total, lacking, fromBack: _told!.State == SessionState.Active);
    }

    /// <summary>Places the last, or the first, that make up what is lacking. Those before the last ones are in
    /// none.</summary>
    private List<PlacedStride> Place(int count, SessionCounts lacking, bool fromBack)
    {
        var open = lacking;
        var counted = new HashSet<int>();
        for (int i = 0; i < _waiting.Count && counted.Count < count; i++)
        {
            int at = fromBack ? _waiting.Count - 1 - i : i;
            var left = open - default(SessionCounts).With(_waiting[at].Received.Stride);
            if (left.Covers(default))
            {
                open = left;
                counted.Add(at);
            }
        }

        int decided = fromBack ? _waiting.Count : counted.Max() + 1;
        var placed = new List<PlacedStride>();
        for (int i = 0; i < decided; i++)
        {
            bool isCounted = counted.Contains(i);
            placed.Add(new PlacedStride(_waiting[i].Received, isCounted ? Session!.Number : null));
            if (isCounted)
            {
                Session!.Add(_waiting[i].Received.Stride);
            }
        }

        _waiting.RemoveRange(0, decided);
        return placed;
    }

    private List<PlacedStride> TakeAll()
    {
        List<PlacedStride> all = [.. _waiting.Select(one => new PlacedStride(one.Received, null))];
        _waiting.Clear();
        return all;
    }

    private List<PlacedStride> Release(TimeSpan now)
    {
        bool lacksOthers = !IsUpToDate || (Session is { } session && _told is { Id: > 0 } told
            && (SessionCounts.Of(told) - session.Placed).Total > 0);
        var patience = lacksOthers ? ForLateOnes : BeforeBeginning;
        if (_waiting.Count == 0 || now - _waiting[0].Since < patience)
        {
            return [];
        }

        if (lacksOthers)
        {
            return Rebase(now);
        }

        int old = _waiting.FindIndex(one => now - one.Since < patience) is >= 0 and var found ? found : _waiting.Count;
        List<PlacedStride> released =
            [.. _waiting.Take(old).Select(one => new PlacedStride(one.Received, null))];
        _waiting.RemoveRange(0, old);
        return released;
    }

    /// <summary>Nobody will know which of the strides so far are counted; from here on it is known again.</summary>
    private List<PlacedStride> Rebase(TimeSpan now)
    {
        var left = ReleaseAll();
        _looseUntil = now + BeforeBeginning;
        if (Session is { IsOver: false } session && _told is { Id: > 0 } told)
        {
            session.IsLoose = false;
            (session.IsExact, session.Placed) = (false, SessionCounts.Of(told));
            _endedSince = now - ForLateOnes;
        }

        return left;
    }
}

/// <summary>A session of a clip, as far as it is handed over.</summary>
/// <param name="number">The clip's number of it.</param>
internal sealed class TalliedSession(int number)
{
    /// <summary>The clip's number of it.</summary>
    public int Number { get; } = number;

    /// <summary>Strides that were handed over as its own.</summary>
    public SessionCounts Placed { get; set; }

    /// <summary>The first of them.</summary>
    public uint? First { get; set; }

    /// <summary>The last.</summary>
    public uint? Last { get; set; }

    /// <summary>Whether nothing about it is in doubt.</summary>
    public bool IsExact { get; set; } = true;

    /// <summary>Whether strides with which it may have begun were let go before it was told.</summary>
    public bool IsLoose { get; set; }

    /// <summary>Whether its end is handed over.</summary>
    public bool IsOver { get; set; }

    /// <summary>One more is its own.</summary>
    public void Add(Stride stride)
    {
        Placed = Placed.With(stride);
        First = First is { } first ? Math.Min(first, stride.Sequence) : stride.Sequence;
        Last = Last is { } last ? Math.Max(last, stride.Sequence) : stride.Sequence;
    }
}
