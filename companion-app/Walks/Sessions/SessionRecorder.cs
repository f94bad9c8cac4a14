using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Backstep.Walks.Rails;

namespace Backstep.Walks.Sessions;

/// <summary>
/// Keeps what sensors tell: a session begins with the first foot's, takes every stride to its place, however late it
/// comes, goes on after a restart of the program, and ends with the last foot's. What it says of the walk so far is
/// what will be kept. Trouble with the store does not stop the walk: what could not be written is tried again.
/// </summary>
public sealed class SessionRecorder
{
    // Every stride is on the disk within a second of its arrival.
    private static readonly TimeSpan WriteAfter = TimeSpan.FromMilliseconds(500);

    // Ours: another program's write takes milliseconds; a second is no load and no loss.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // How often a session in which nothing happens is said to go on.
    private static readonly TimeSpan TouchAfter = TimeSpan.FromSeconds(10);

    // After the sensors' end, strides of a lost link are still on their way.
    private static readonly TimeSpan LateAfterEnd = TimeSpan.FromSeconds(15);

    // A session's start is told in whole seconds, and its first stride began before it.
    private static readonly TimeSpan StartSlack = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new(); // what a client wants of the flash is asked from its own flow
    private readonly ISessionArchive _archive;
    private readonly SessionHeader _template;
    private readonly FlashSessions _flash;
    private readonly SteadyClock _clock;
    private readonly TimeProvider _real;
    private readonly SensorInWalk[] _sensors;
    private readonly List<KeptStride> _early = []; // before a session has begun: At counts from _epoch
    private readonly List<SessionHeader> _kept = [];
    private readonly Queue<(int Sensor, SessionWalkedAlone Session)> _alone = new(); // could not be written yet
    private readonly Queue<SessionInProgress> _older = new(); // ended while the store could not be written
    private readonly LeftOutStrides _leftOut = new();
    private DateTimeOffset? _intervalBegan;
    private readonly DateTimeOffset _epoch;
    private readonly Pauses _pauses = new(); // of the walk, counted from _epoch
    private SessionInProgress? _current;
    private SessionInProgress? _last;
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
        _template = template;
        _real = real;
        _flash = new FlashSessions(archive, template, walk);
        _sensors = [.. template.Sensors.Select(_ => new SensorInWalk())];
        _clock = new SteadyClock(walk);
        _epoch = _clock.Now;
        Rails = new WalkRails(walk);
    }

    /// <summary>The rails of this walk.</summary>
    public WalkRails Rails { get; }

    /// <summary>Sessions begun, gone on with, or fetched from a sensor so far.</summary>
    public IReadOnlyList<SessionHeader> Kept => _kept;

    /// <summary>What came so far of the session that goes on, or of the one before.</summary>
    public SessionTotals Totals => (_current ?? _last)?.Totals ?? new SessionTotals();

    /// <summary>Whether the walker has paused: by key, or at the sensor.</summary>
    public bool IsPaused => _pauses.IsOn;

    /// <summary>Strides of feet that came and are in no session: walked before one began, or out of a session that
    /// several walkers shared.</summary>
    public int LeftOut => _leftOut.Count;

    /// <summary>Why the last attempt to write failed; null when all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Position of the sensor whose session leads: the first that is not worn on a wrist.</summary>
    public int Leader => Math.Max(0, Array.FindIndex(_sensors, sensor => !sensor.IsOnWrist));

    /// <summary>What to want of a sensor: only strides that are not kept yet, and the sessions in its flash that are
    /// not, or not whole.</summary>
    public FollowOptions Wanted(string address)
    {
        int sensor = _template.Sensors.ToList().FindIndex(one => one.Address == address);
        lock (_gate)
        {
            return new FollowOptions
            {
                Newest = _archive.LastWithoutGap(address),
                WantsSession = (flash, start) =>
                {
                    lock (_gate)
                    {
                        long? current = _current is { Header.Id: > 0 and var id } ? id : null;
                        return _flash.IsWanted(sensor, flash, start, current);
                    }
                },
            };
        }
    }

    /// <summary>Takes an event.</summary>
    /// <param name="sensor">Whose: position in the template's sensors.</param>
    /// <param name="received">The event.</param>
    public void Apply(int sensor, SensorEvent received)
    {
        var worn = _sensors[sensor];
        worn.Placement = received is ConfigurationReceived told ? told.Configuration.Placement : worn.Placement;
        if (worn.IsOnWrist || sensor == Leader)
        {
            Rails.Apply(received, worn.IsOnWrist);
        }

        switch (received)
        {
            case ControlReplied { Reply: { Operation: (byte)ControlOperation.SetClock, Result: ControlResult.Success,
                Value: >= 0 } reply }:
                _clock.Observe(sensor, (uint)reply.Value);
                foreach (var waited in worn.SetClock((uint)reply.Value, _clock.Now))
                {
                    Place(sensor, waited);
                }

                break;
            case ControlReplied { Reply.Log: { } log }:
                Know(sensor, log.Flash);
                break;
            case LinkChanged { IsLoss: true }:
                worn.OnLinkLost();
                break;
            case SessionReceived session:
                Observe(sensor, session.Session);
                break;
            case StrideReceived stride:
                Know(sensor, stride.Flash);
                Place(sensor, stride);
                break;
            case SessionWalkedAlone { Strides.Count: > 0 } alone: // told once, so it waits until it can be written
                _alone.Enqueue((sensor, alone));
                Wait();
                TryWrite();
                break;
            default:
                break;
        }
    }

    /// <summary>The walker pauses, or goes on: nothing in between counts.</summary>
    public void TogglePause()
    {
        var now = _clock.Now;
        if (_pauses.IsOn)
        {
            _pauses.End(now - _epoch);
        }
        else
        {
            _pauses.Begin(now - _epoch);
        }

        Mark(_pauses.IsOn ? MarkKind.Paused : MarkKind.Resumed);
    }

    /// <summary>The walker ends the session: what is walked from now on is not its.</summary>
    public void Stop()
    {
        if (_current is { } session)
        {
            session.StoppedAt = _clock.Now;
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
            session.Add(_clock.Now, kind);
            Wait();
        }
    }

    /// <summary>The time of the walk, which no set clock moves.</summary>
    public DateTimeOffset Now => _clock.Now;

    /// <summary>The time since a moment of <see cref="Now"/>, pauses left out.</summary>
    public TimeSpan WalkedSince(DateTimeOffset moment) => _pauses.Outside(moment - _epoch, _clock.Now - _epoch);

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
        LeaveOut(_early.Where(stride => _epoch + stride.At < (_last?.StoppedAt ?? DateTimeOffset.MaxValue)));
        _early.Clear();
        for (int sensor = 0; sensor < _sensors.Length; sensor++)
        {
            LeaveOut(_sensors[sensor].TakeUnplaced().Select(one => Unplaced(sensor, one)));
        }

        Write();
    }

    // The store keeps whole milliseconds, and all else counts from here.
    internal static DateTimeOffset Whole(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));

    private bool HasUnwritten =>
        _older.Count > 0 || _current?.HasUnwritten == true || _last?.HasUnwritten == true || _alone.Count > 0;

    /// <summary>A walk is known by the flash that counts it: nothing begins before that is told, or cannot
    /// be.</summary>
    private void Observe(int sensor, Session session)
    {
        var worn = _sensors[sensor];
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
        var worn = _sensors[sensor];
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
        var worn = _sensors[sensor];
        bool? paused = worn.Enter(session.State, at);
        if (!worn.IsInSession || session.Id == 0)
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

        if (sensor == Leader && paused is { } isOn && isOn != IsPaused)
        {
            TogglePause(); // at the sensor's own button, or by another app
        }
    }

    /// <summary>Whether no foot walks or rests in a session any more.</summary>
    private bool IsOver(int except = -1) => !_sensors.Where((_, i) => i != except).Any(worn => worn.IsInSession);

    private void Begin(int sensor, Session session, DateTimeOffset now)
    {
        var start = now - TimeSpan.FromSeconds(session.ElapsedSeconds);
        SessionSummary[] kept = [];
        Try(() => kept = _flash.Kept(sensor, _sensors[sensor].Flash ?? 0, session.Id, start));
        KeptSession? mine = null;
        Try(() => mine = kept.FirstOrDefault(IsMine) is { } found ? _archive.Find(found.Header.Id) : null);
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
        var first = own.Select(stride => _epoch + stride.At
                - TimeSpan.FromMilliseconds(stride.Stride.SwingMilliseconds)).Append(start).Min();
        _current = mine != null ? SessionInProgress.Resumed(mine, now)
            : new SessionInProgress(_template with { StartedAt = Whole(first),
                IsStartUnknown = !_clock.IsBelievable }, SensorsOf, now);
        _current.Name(sensor, session.Id, _sensors[sensor].Flash);
        if (_intervalBegan is { } began && mine == null)
        {
            _current.Add(began, MarkKind.IntervalBegins);
        }

        foreach (var stride in own)
        {
            Take(_current, stride, _epoch + stride.At);
        }

        if (_current.IsPaused && session.State == SessionState.Paused)
        {
            _pauses.Begin(now - _epoch); // and still is, since an earlier run of the program
        }
        else if (_pauses.IsOn != _current.IsPaused)
        {
            _current.Add(_epoch + _pauses.OnSince ?? now, _pauses.IsOn ? MarkKind.Paused : MarkKind.Resumed);
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
        if (_sensors[sensor].TimeOf(received, _clock.Now) is not { } at)
        {
            return;
        }

        var kept = Unplaced(sensor, received);
        if (_current is { } current && at >= current.Header.StartedAt - StartSlack && at < current.StoppedAt)
        {
            Take(current, kept, at);
        }
        else if (_last is { } last && at >= last.Header.StartedAt - StartSlack && at <= last.LastContact + StartSlack
            && at < last.StoppedAt)
        {
            last.MustClose = true; // with other totals
            Take(last, kept, at);
        }
        else if (_current == null || at >= _current.StoppedAt)
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

    private KeptStride Unplaced(int sensor, StrideReceived received) =>
        new(sensor, received.Run, TimeSpan.Zero, received.Stride, Rails.Of(received));

    private void LeaveOut(IEnumerable<KeptStride> strides)
    {
        foreach (var kept in strides.Where(kept => !_sensors[kept.Sensor].IsOnWrist))
        {
            _leftOut.Add(kept.Sensor, kept.Stride);
        }
    }

    private void Take(SessionInProgress session, KeptStride stride, DateTimeOffset at)
    {
        session.Add(stride, at, _clock.Now);
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
    private void TryWrite() => Try(() =>
    {
        _archive.Waits = false;
        try
        {
            Write();
        }
        finally
        {
            _archive.Waits = true;
        }
    });

    // What fails stays, and is tried again.
    private void Try(Action action)
    {
        lock (_gate)
        {
            try
            {
                action();
            }
            catch (ExplainedException e)
            {
                Trouble = e.Message;
                _failedAt = _real.GetTimestamp();
            }
        }
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
                KeepAlone(waiting.Sensor, waiting.Session);
                _alone.Dequeue();
            }

            Trouble = null;
            _failedAt = null;
            _isWaiting = false;
            _lastTouch = _real.GetTimestamp();
        }
    }

    private void Write(SessionInProgress session)
    {
        if (session.Write(_archive))
        {
            _kept.Add(session.Header);
        }
    }

    private SessionSensor[] SensorsOf(SessionInProgress session) =>
    [
        .. session.Header.Sensors.Select((sensor, i) => sensor with
        {
            Placement = _sensors[i].Placement ?? sensor.Placement,
            SessionNumber = session.Numbers[i],
            Flash = session.Flashes[i],
        }),
    ];

    private void KeepAlone(int sensor, SessionWalkedAlone alone)
    {
        if (_flash.Keep(sensor, alone, _sensors[sensor].Placement, Rails.Of, out var header))
        {
            _leftOut.Remove(sensor, alone);
        }
        else if (!_sensors[sensor].IsOnWrist)
        {
            _leftOut.Add(sensor, alone);
        }

        if (header != null)
        {
            _kept.Add(header);
        }
    }
}
