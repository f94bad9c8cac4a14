using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>
/// Keeps what sensors tell: a session begins with the first foot's, takes every stride to its place, however late it
/// comes, goes on after a restart of the program, and ends with the last foot's. Trouble with the store does not stop
/// the walk: what could not be written is tried again.
/// </summary>
public sealed class SessionRecorder
{
    // Every stride is on the disk within a second of its arrival.
    private static readonly TimeSpan WriteAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // How often a session in which nothing happens is said to go on.
    private static readonly TimeSpan TouchAfter = TimeSpan.FromSeconds(10);

    // After the sensors' end, strides of a lost link are still on their way.
    private static readonly TimeSpan LateAfterEnd = TimeSpan.FromSeconds(15);

    // A session's start is told in whole seconds, and its first stride began before it.
    private static readonly TimeSpan StartSlack = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new(); // what a client wants of the flash is asked from its own flow
    private readonly ISessionArchive _archive;
    private readonly SensorSessions _sensorSessions;
    private readonly SessionHeader _template;
    private readonly TimeProvider _walk;
    private readonly SteadyClock _clock;
    private readonly TimeProvider _real;
    private readonly Worn[] _worn;
    private readonly List<KeptStride> _early = []; // before a session has begun: At counts from _epoch
    private readonly List<SessionHeader> _kept = [];
    private readonly Queue<(int Sensor, SessionWalkedAlone Session)> _alone = new(); // could not be written yet
    private readonly Queue<Walked> _older = new(); // ended while the store could not be written
    private readonly LeftOutStrides _leftOut = new();
    private DateTimeOffset? _intervalBegan;
    private readonly DateTimeOffset _epoch;
    private Walked? _current;
    private Walked? _last;
    private bool _isWaiting; // something has to be written, since then:
    private long _oldestUnwritten;
    private long _lastTouch;
    private long? _failedAt;

    /// <summary>Listens from now on.</summary>
    /// <param name="archive">Where to keep; stays the caller's.</param>
    /// <param name="template">What is known of every session: walker, mode, target, sensors. Its start does not
    /// matter.</param>
    /// <param name="walk">The clock of the walk, virtual when it is simulated; its wall clock dates the
    /// session.</param>
    /// <param name="real">The clock by which strides must be written.</param>
    public SessionRecorder(ISessionArchive archive, SessionHeader template, TimeProvider walk, TimeProvider real)
    {
        _archive = archive;
        _sensorSessions = new SensorSessions(archive);
        _template = template;
        _walk = walk;
        _real = real;
        _worn = [.. template.Sensors.Select(_ => new Worn())];
        _clock = new SteadyClock(walk);
        _epoch = _clock.Now;
    }

    /// <summary>Sessions begun, gone on with, or fetched from a sensor so far.</summary>
    public IReadOnlyList<SessionHeader> Kept => _kept;

    /// <summary>Strides of feet that came and are in no session: walked before one began, or out of a session that
    /// several walkers shared.</summary>
    public int LeftOut => _leftOut.Count;

    /// <summary>Why the last attempt to write failed; null when all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Rails held or free as the companion sees it now, when it knows better than the stride itself. What
    /// comes later tells its own.</summary>
    public Func<Stride, Posture> JudgeRails { get; set; } = stride => stride.Posture;

    /// <summary>What to want of a sensor: only strides that are not kept yet, and the sessions in its flash that are
    /// not, or not whole.</summary>
    public FollowOptions Wanted(string address)
    {
        lock (_gate)
        {
            return new FollowOptions
            {
                Newest = _archive.LastWithoutGap(address),
                WantsSession = (flash, start) => IsWanted(address, flash, start),
            };
        }
    }

    /// <summary>Takes an event.</summary>
    /// <param name="sensor">Whose: position in the template's sensors.</param>
    /// <param name="received">The event.</param>
    public void Apply(int sensor, SensorEvent received)
    {
        var worn = _worn[sensor];
        switch (received)
        {
            case ConfigurationReceived told:
                worn.Placement = told.Configuration.Placement;
                break;
            case ControlReplied { Reply: { Operation: (byte)ControlOperation.SetClock, Result: ControlResult.Success,
                Value: >= 0 } reply }:
                _clock.Hear(sensor, (uint)reply.Value);
                worn.Clock = ((uint)reply.Value, _clock.Now);
                foreach (var waiting in worn.TakeUnplaced())
                {
                    Place(sensor, waiting);
                }

                break;
            case ControlReplied { Reply.Log: { } log }:
                Know(sensor, log.Flash);
                break;
            case LinkChanged { IsLoss: true }:
                worn.Clock = null; // it may come back started anew
                worn.IsFlashKnown = false; // or flashed anew
                break;
            case SessionReceived session:
                Hear(sensor, session.Session);
                break;
            case StrideReceived stride:
                Know(sensor, stride.Flash);
                Place(sensor, stride);
                break;
            case SessionWalkedAlone alone:
                KeepAlone(sensor, alone);
                break;
            default:
                break;
        }
    }

    /// <summary>Notes a moment of the session that goes on. Of those before it only the beginning of the interval that
    /// is walked when it begins: who obeys a countdown walks after it.</summary>
    public void Mark(MarkKind kind)
    {
        _intervalBegan = kind == MarkKind.IntervalBegins ? _clock.Now
            : kind == MarkKind.IntervalEnds ? null : _intervalBegan;
        if (_current is { } session)
        {
            session.Marks.Add(new SessionMark(_clock.Now - session.Header.StartedAt, kind));
            Wait();
        }
    }

    /// <summary>Writes what is due. To be called several times a second.</summary>
    public void Work()
    {
        if (_current is { } session && IsOver() && _clock.Now - session.LastSign >= LateAfterEnd)
        {
            End();
        }

        bool isDue = HasUnwritten && _real.GetElapsedTime(_oldestUnwritten) >= WriteAfter;
        bool mustTouch = _current is { Header.Id: not 0 } && _real.GetElapsedTime(_lastTouch) >= TouchAfter;
        if ((isDue || mustTouch) && !(_failedAt is { } failed && _real.GetElapsedTime(failed) < RetryAfter))
        {
            TryWrite();
        }
    }

    /// <summary>The walk is over: closes the session.</summary>
    /// <exception cref="ExplainedException">It could not be written.</exception>
    public void Close()
    {
        End();
        LeaveOut(_early);
        _early.Clear();
        for (int sensor = 0; sensor < _worn.Length; sensor++)
        {
            LeaveOut(_worn[sensor].TakeUnplaced().Select(one => Unplaced(sensor, one)));
        }

        Write();
    }

    private bool HasUnwritten =>
        _older.Count > 0 || _current?.HasUnwritten == true || _last?.HasUnwritten == true || _alone.Count > 0;

    /// <summary>A walk is known by the flash that counts it: nothing begins before that is told, or cannot be.</summary>
    private void Hear(int sensor, Session session)
    {
        var worn = _worn[sensor];
        bool isUnderWay = session.State is SessionState.Active or SessionState.Paused;
        if (worn.IsFlashKnown || !isUnderWay || _template.Sensors[sensor].Address == null)
        {
            worn.Heard = null;
            Apply(sensor, session, _clock.Now);
        }
        else
        {
            worn.Heard = (session, _clock.Now);
        }
    }

    private void Know(int sensor, uint flash)
    {
        var worn = _worn[sensor];
        if (flash != 0 && worn.Flash is { } before && before != flash)
        {
            worn.Number = null; // its numbers begin anew
            if (IsOver(except: sensor))
            {
                End();
            }
        }

        worn.Flash = flash != 0 ? flash : worn.Flash;
        worn.IsFlashKnown = true;
        if (worn.Heard is var (session, at))
        {
            worn.Heard = null;
            Apply(sensor, session, at);
        }
    }

    private void Apply(int sensor, Session session, DateTimeOffset at)
    {
        var worn = _worn[sensor];
        worn.State = session.State;
        if (worn.Placement == Placement.Wrist || session.State is not (SessionState.Active or SessionState.Paused)
            || session.Id == 0)
        {
            return;
        }

        bool isNew = worn.Number != session.Id;
        worn.Number = session.Id;
        if (_current is { } current && isNew && IsOver(except: sensor) && current.Numbers[sensor] is { } number
            && number != session.Id)
        {
            End(); // this foot's session ended while nobody listened
        }

        if (_current == null)
        {
            Begin(sensor, session, at);
        }
        else
        {
            _current.LastSign = _clock.Now;
            _current.Name(sensor, session.Id, worn.Flash);
        }
    }

    /// <summary>Whether no foot walks or rests in a session any more.</summary>
    private bool IsOver(int except = -1) => !_worn.Where((worn, i) => i != except && worn.Placement != Placement.Wrist)
        .Any(worn => worn.State is SessionState.Active or SessionState.Paused);

    private void Begin(int sensor, Session session, DateTimeOffset now)
    {
        var start = now - TimeSpan.FromSeconds(session.ElapsedSeconds);
        var kept = KeptAlready(sensor, session.Id, start);
        var mine = kept.FirstOrDefault(IsMine)?.Header;
        if (mine == null && kept.Length > 0)
        {
            start = now; // somebody else wore the sensor until now: what went before is theirs
        }

        // Those of another start of the sensor are of the session before.
        int? run = _early.LastOrDefault(stride => stride.Sensor == sensor)?.Run;
        var own = _early.Where(stride => _epoch + stride.At >= start - StartSlack
            && (stride.Sensor != sensor || stride.Run == run)).ToArray();
        LeaveOut(_early.Except(own));
        _early.Clear();
        if (mine is { } before)
        {
            _current = new Walked(before, now) { MustReopen = true };
        }
        else
        {
            var first =
                own.Select(stride => _epoch + stride.At - TimeSpan.FromMilliseconds(stride.Stride.SwingMilliseconds))
                    .Append(start).Min();
            _current = new Walked(_template with { StartedAt = Whole(first),
                IsStartUnknown = !_clock.IsBelievable }, now);
        }

        _current.Name(sensor, session.Id, _worn[sensor].Flash);
        if (_intervalBegan is { } began && mine == null)
        {
            var at = began - _current.Header.StartedAt;
            _current.Marks.Add(new SessionMark(at > TimeSpan.Zero ? at : TimeSpan.Zero, MarkKind.IntervalBegins));
        }

        foreach (var stride in own)
        {
            Take(_current, stride, _epoch + stride.At);
        }
    }

    // The store keeps whole milliseconds, and all else counts from here.
    private static DateTimeOffset Whole(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));

    private SessionSummary[] KeptAlready(int sensor, int number, DateTimeOffset start)
    {
        lock (_gate)
        {
            try
            {
                return _template.Sensors[sensor].Address is { } address
                    ? _sensorSessions.Begun(address, _worn[sensor].Flash ?? 0, number, start) : [];
            }
            catch (ExplainedException e)
            {
                Fail(e);
                return [];
            }
        }
    }

    private bool IsMine(SessionSummary found) => found.Header.WalkerId == _template.WalkerId
        && found.Header.Sensors.Select(one => one.Address)
        .SequenceEqual(_template.Sensors.Select(one => one.Address), StringComparer.OrdinalIgnoreCase);

    private void End()
    {
        if (_current is { } session)
        {
            session.MustClose = true;
            if (_last?.HasUnwritten == true)
            {
                TryWrite();
            }

            if (_last is { HasUnwritten: true } waiting)
            {
                _older.Enqueue(waiting);
            }

            _last = session;
            _current = null;
            Wait();
        }
    }

    private void Place(int sensor, StrideReceived received)
    {
        var stride = received.Stride;
        var worn = _worn[sensor];
        DateTimeOffset at;
        if (worn.Clock is { } clock)
        {
            at = clock.At + TimeSpan.FromMilliseconds((int)(stride.ContactMilliseconds - clock.Milliseconds));
        }
        else if (received.IsReplayed)
        {
            worn.Unplaced.Add(received);
            return;
        }
        else
        {
            at = _clock.Now - TimeSpan.FromMilliseconds(stride.DecisionMilliseconds);
        }

        var kept = Unplaced(sensor, received);
        if (_current is { } current && at >= current.Header.StartedAt - StartSlack)
        {
            Take(current, kept, at);
        }
        else if (_last is { } last && at >= last.Header.StartedAt - StartSlack && at <= last.LastContact + StartSlack)
        {
            last.MustClose = true; // with other totals
            Take(last, kept, at);
        }
        else if (_current == null)
        {
            var tooOld = _clock.Now - LateAfterEnd;
            LeaveOut(_early.Where(old => _epoch + old.At < tooOld));
            _early.RemoveAll(old => _epoch + old.At < tooOld);
            _early.Add(kept with { At = at - _epoch });
        }
        else
        {
            LeaveOut([kept]);
        }
    }

    private KeptStride Unplaced(int sensor, StrideReceived received) => new(
        sensor, received.Run, TimeSpan.Zero, received.Stride,
        received.IsReplayed ? received.Stride.Posture : JudgeRails(received.Stride));

    private void LeaveOut(IEnumerable<KeptStride> strides)
    {
        foreach (var kept in strides.Where(kept => _worn[kept.Sensor].Placement != Placement.Wrist))
        {
            _leftOut.Add(kept.Sensor, kept.Stride);
        }
    }

    private void Take(Walked session, KeptStride stride, DateTimeOffset at)
    {
        session.Strides.Add(stride with { At = at - session.Header.StartedAt });
        session.LastContact = at > session.LastContact ? at : session.LastContact;
        session.LastSign = _clock.Now;
        Wait();
    }

    private void Wait()
    {
        if (!_isWaiting)
        {
            _isWaiting = true;
            _oldestUnwritten = _real.GetTimestamp();
        }
    }

    /// <summary>Nobody who looks at a walk waits for another program that holds the store: what comes waits.</summary>
    private void TryWrite()
    {
        lock (_gate)
        {
            _archive.Waits = false;
            try
            {
                Write();
            }
            catch (ExplainedException e)
            {
                Fail(e);
            }
            finally
            {
                _archive.Waits = true;
            }
        }
    }

    private void Fail(ExplainedException e)
    {
        Trouble = e.Message;
        _failedAt = _real.GetTimestamp();
    }

    private void Write()
    {
        lock (_gate)
        {
            while (_older.TryPeek(out var older))
            {
                Write(older);
                _older.Dequeue();
            }

            if (_last is { HasUnwritten: true } last)
            {
                Write(last);
            }

            if (_current is { } current)
            {
                Write(current);
            }

            while (_alone.TryPeek(out var waiting))
            {
                Keep(waiting.Sensor, waiting.Session);
                _alone.Dequeue();
            }

            Trouble = null;
            _failedAt = null;
            _isWaiting = false;
            _lastTouch = _real.GetTimestamp();
        }
    }

    private void Write(Walked session)
    {
        if (session.Strides.Count == 0 && session.Header.Id == 0)
        {
            session.MustClose = false; // a session without a stride is none
            return;
        }

        if (session.Header.Id == 0)
        {
            session.Header = _archive.Begin(session.Header with
            {
                Sensors =
                    [
                        .. session.Header.Sensors.Select(
                            (sensor, i) => sensor with { Placement = _worn[i].Placement ?? sensor.Placement,
                                SessionNumber = session.Numbers[i], Flash = session.Flashes[i] })],
            });
            _kept.Add(session.Header);
        }
        else if (session.MustReopen)
        {
            _archive.Reopen(session.Header.Id);
            _kept.Add(session.Header);
            session.MustReopen = false;
        }

        foreach (int sensor in session.TakeNamed())
        {
            _archive.Name(session.Header.Id, sensor, session.Numbers[sensor]!.Value, session.Flashes[sensor]);
        }

        if (session.Strides.Count > 0)
        {
            _archive.Add(session.Header.Id, session.Strides);
            session.Strides.Clear();
        }
        else if (!session.MustClose)
        {
            _archive.Touch(session.Header.Id);
        }

        foreach (var mark in session.Marks)
        {
            _archive.Add(session.Header.Id, mark);
        }

        session.Marks.Clear();
        if (session.MustClose)
        {
            Close(session.Header);
            session.MustClose = false;
        }
    }

    private void Close(SessionHeader header)
    {
        if (_archive.Find(header.Id) is { } whole) // not deleted meanwhile
        {
            _archive.Close(header.Id, SessionTotals.Of(whole.Summary.Header.Sensors, whole.Strides));
        }
    }

    private bool IsWanted(string address, uint flash, LogSessionStart start)
    {
        lock (_gate)
        {
            var kept = _sensorSessions.Finished(address, flash, start);
            if (kept is not [var found])
            {
                return kept.Length == 0; // when walkers shared it, nobody knows whose the rest is
            }

            long held = start.FirstSequence == 0 ? 0 : (long)start.LastSequence - start.FirstSequence + 1;
            int position = SensorSessions.PositionOf(found.Header, address);
            return !IsCurrent(found.Header)
                && (!found.IsComplete
                    || _archive.Find(found.Header.Id)!.Strides.Count(stride => stride.Sensor == position) < held);
        }
    }

    private bool IsCurrent(SessionHeader header) => _current?.Header.Id == header.Id && header.Id != 0;

    /// <summary>A session that a sensor kept by itself: it is told once, so it waits until it can be written.</summary>
    private void KeepAlone(int sensor, SessionWalkedAlone alone)
    {
        if (alone.Strides.Count > 0)
        {
            _alone.Enqueue((sensor, alone));
            Wait();
            TryWrite();
        }
    }

    /// <summary>Keeps it whole, or what is lacking of one that is kept.</summary>
    private void Keep(int sensor, SessionWalkedAlone alone)
    {
        string? address = _template.Sensors[sensor].Address;
        var kept = address == null ? []
            : _sensorSessions.Finished(address, alone.Flash, alone.Start, alone.Strides);
        if (kept is [var found])
        {
            Complete(found.Header, address!, alone);
            _leftOut.Remove(sensor, alone);
        }
        else if (_worn[sensor].Placement != Placement.Wrist)
        {
            if (kept.Length == 0)
            {
                KeepWhole(sensor, alone);
                _leftOut.Remove(sensor, alone);
            }
            else
            {
                _leftOut.Add(sensor, alone);
            }
        }
    }

    private void Complete(SessionHeader header, string address, SessionWalkedAlone alone)
    {
        int position = SensorSessions.PositionOf(header, address);
        int run = alone.Start.Run;
        var known = _archive.Find(header.Id)!.Strides.FirstOrDefault(stride => stride.Sensor == position
            && (run == 0 || stride.Run == run));
        var first = alone.Strides[0];
        var (at, contact) = known is { } one
            ? (one.At, one.Stride.ContactMilliseconds)
            : ((SensorSessions.TimeOf(alone.Start) ?? header.StartedAt) - header.StartedAt,
                first.ContactMilliseconds - (uint)first.SwingMilliseconds);
        // The first strides of a walk may have been taken for the end of the one before.
        _archive.Add(header.Id, [.. _archive.NotHeld(address, alone.Strides).Select(stride => new KeptStride(
            position, run != 0 ? run : known?.Run ?? 0,
            at + TimeSpan.FromMilliseconds((int)(stride.ContactMilliseconds - contact)), stride, stride.Posture))]);
        Close(header);
        _kept.Add(header);
    }

    private void KeepWhole(int sensor, SessionWalkedAlone alone)
    {
        // The flash may call a walk by another name than the one that it was followed under.
        var rest = _template.Sensors[sensor].Address is { } address ? _archive.NotHeld(address, alone.Strides)
            : alone.Strides;
        if (rest.Count == 0)
        {
            return;
        }

        var first = alone.Strides[0];
        var strides = rest.Select(stride => new KeptStride(
            0, alone.Start.Run,
            TimeSpan.FromMilliseconds((int)(stride.ContactMilliseconds - first.ClearanceMilliseconds)), stride,
            stride.Posture)).ToArray();
        var worn =
            _template.Sensors[sensor] with { Placement = _worn[sensor].Placement
                ?? _template.Sensors[sensor].Placement, SessionNumber = alone.Start.Id,
                Flash = alone.Flash == 0 ? null : alone.Flash };
        bool isDated = alone.Start.StartUnixSeconds != 0;
        var header = _template with
        {
            StartedAt = isDated
                ? TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(alone.Start.StartUnixSeconds),
                    _walk.LocalTimeZone) : Whole(_clock.Now),
            IsStartUnknown = !isDated,
            Target = null,
            Sensors = [worn],
        };
        var summary = new SessionSummary(header, SessionTotals.Of(header.Sensors, strides), IsComplete: true);
        _kept.Add(
            _archive.Keep(
                new KeptSession(summary, new WalkerProfile(header.WalkerId, "", header.StartedAt), strides, [], [])));
    }

    /// <summary>A sensor of the walk.</summary>
    private sealed class Worn
    {
        public Placement? Placement { get; set; }

        public SessionState State { get; set; }

        public int? Number { get; set; }

        /// <summary>The flash that it told last; null when it told none.</summary>
        public uint? Flash { get; set; }

        /// <summary>Whether it was told, or could not be, since the link was set up.</summary>
        public bool IsFlashKnown { get; set; }

        /// <summary>What it said of its session before its flash was known, and when.</summary>
        public (Session Session, DateTimeOffset At)? Heard { get; set; }

        /// <summary>The sensor's clock in ms at a moment; null when it is not known since the link was set
        /// up.</summary>
        public (uint Milliseconds, DateTimeOffset At)? Clock { get; set; }

        public List<StrideReceived> Unplaced { get; } = [];

        public StrideReceived[] TakeUnplaced()
        {
            var taken = Unplaced.ToArray();
            Unplaced.Clear();
            return taken;
        }
    }

    /// <summary>A session and what of it is not written yet.</summary>
    private sealed class Walked(SessionHeader header, DateTimeOffset now)
    {
        private readonly List<int> _named = [];

        public SessionHeader Header { get; set; } = header;

        public int?[] Numbers { get; } = [.. header.Sensors.Select(sensor => sensor.SessionNumber)];

        public uint?[] Flashes { get; } = [.. header.Sensors.Select(sensor => sensor.Flash)];

        public List<KeptStride> Strides { get; } = [];

        public List<SessionMark> Marks { get; } = [];

        public DateTimeOffset LastContact { get; set; } = header.StartedAt;

        public DateTimeOffset LastSign { get; set; } = now;

        public bool MustReopen { get; set; }

        public bool MustClose { get; set; }

        /// <summary>What a sensor calls the session; its first name stays.</summary>
        public void Name(int sensor, int number, uint? flash)
        {
            if (Numbers[sensor] == null)
            {
                (Numbers[sensor], Flashes[sensor]) = (number, flash);
                _named.Add(sensor);
            }
        }

        /// <summary>The sensors that were named since the last time.</summary>
        public int[] TakeNamed()
        {
            int[] named = [.. _named];
            _named.Clear();
            return named;
        }

        public bool HasUnwritten => Strides.Count > 0 || Marks.Count > 0 || MustClose;
    }
}
