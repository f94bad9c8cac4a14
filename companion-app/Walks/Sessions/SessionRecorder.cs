using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Backstep.Walks.Rails;

namespace Backstep.Walks.Sessions;

/// <summary>
/// Keeps what sensors tell: a session begins with the first foot's, takes every stride to its place, however late it
/// comes, goes on after a restart of the program, and ends with the last foot's. What it says of the walk so far is
/// what will be kept.
/// </summary>
public sealed class SessionRecorder
{
    private readonly IWalkArchive _archive;
    private readonly SessionHeader _template;
    private readonly FlashSessions _flash;
    private readonly SteadyClock _clock;
    private readonly SessionWriter _writer;
    private readonly SensorInWalk[] _sensors;
    private readonly StridePlacer _placer;
    private readonly SessionBeginning _beginning;
    private readonly LeftOutStrides _leftOut = new();
    private DateTimeOffset? _intervalBegan;
    private readonly DateTimeOffset _epoch;
    private readonly Pauses _pauses = new(); // of the walk, counted from _epoch

    /// <summary>Listens from now on.</summary>
    /// <param name="archive">Where to keep; stays the caller's.</param>
    /// <param name="template">What is known of every session: walker, mode, target, sensors. Its start does not
    /// matter.</param>
    /// <param name="walk">The clock of the walk, virtual when it is simulated; its wall clock dates the
    /// session.</param>
    /// <param name="real">The clock by which strides must be written.</param>
    /// <param name="writeAfter">How long a stride may wait for others before it is written; null: half a
    /// second.</param>
    public SessionRecorder(IWalkArchive archive, SessionHeader template, TimeProvider walk, TimeProvider real,
        TimeSpan? writeAfter = null)
    {
        _archive = archive;
        _template = template;
        _writer = new SessionWriter(archive, KeepAlone, real, writeAfter ?? SessionWriter.WriteAfter);
        _flash = new FlashSessions(archive, template, walk);
        _sensors = [.. template.Sensors.Select(_ => new SensorInWalk())];
        _clock = new SteadyClock(walk);
        _epoch = _clock.Now;
        Rails = new WalkRails(walk);
        Incline = new WalkIncline(() => _clock.Now);
        _placer = new StridePlacer(_writer, _sensors, _clock, Rails, _leftOut);
        _beginning = new SessionBeginning(archive, template, _sensors, _flash, _writer, _placer);
    }

    /// <summary>The rails of this walk.</summary>
    public WalkRails Rails { get; }

    /// <summary>The incline now.</summary>
    public WalkIncline Incline { get; }

    /// <summary>The incline of the walk so far, as it will be kept; null when it is not measured.</summary>
    public MeasuredIncline? MeasuredIncline => (_writer.Current ?? _writer.Last)?.Incline;

    /// <summary>Sessions begun, gone on with, or fetched from a sensor so far.</summary>
    public IReadOnlyList<SessionHeader> Kept => _writer.Kept;

    /// <summary>What came so far of the session that goes on, or of the one before.</summary>
    public SessionTotals Totals => (_writer.Current ?? _writer.Last)?.Totals ?? new SessionTotals();

    /// <summary>The session that goes on, or the one before; null before any. Its key is 0 until it is kept.</summary>
    public SessionHeader? Session => (_writer.Current ?? _writer.Last)?.Header;

    /// <summary>Whether the walker has paused: by key, or at the sensor.</summary>
    public bool IsPaused => _pauses.IsOn;

    /// <summary>Strides of feet that came and are in no session: walked before one began, or out of a session that
    /// several walkers shared.</summary>
    public int LeftOut => _leftOut.Count;

    /// <summary>Why the last attempt to write failed; null when all is well.</summary>
    public string? Trouble => _writer.Trouble;

    /// <summary>Position of the sensor whose session leads: the first that is not worn on a wrist.</summary>
    public int Leader => Math.Max(0, Array.FindIndex(_sensors, sensor => !sensor.IsOnWrist));

    /// <summary>What to want of a sensor: only strides that are not kept yet, and the sessions in its flash that are
    /// not, or not whole.</summary>
    public FollowOptions Wanted(string address)
    {
        int sensor = _template.Sensors.ToList().FindIndex(one => one.Address == address);
        lock (_writer.Gate)
        {
            return new FollowOptions
            {
                Newest = _archive.LastWithoutGap(address),
                WantsSession = (flash, start) =>
                {
                    lock (_writer.Gate)
                    {
                        long? current = _writer.Current is { Header.Id: > 0 and var id } ? id : null;
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
                    _placer.Place(sensor, waited);
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
                _placer.Place(sensor, stride);
                break;
            case SessionWalkedAlone { Strides.Count: > 0 } alone:
                _writer.Add(sensor, alone);
                break;
            default:
                break;
        }

        if (!worn.IsOnWrist && Incline.Apply(sensor, received, sensor == Leader) is { } measured && !IsPaused)
        {
            _writer.Current?.Add(measured);
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
        if (_writer.Current is { } session)
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
        if (_writer.Current is { } session)
        {
            session.Add(_clock.Now, kind);
            _writer.Wait();
        }
    }

    /// <summary>The time of the walk, which no set clock moves.</summary>
    public DateTimeOffset Now => _clock.Now;

    /// <summary>The time since a moment of <see cref="Now"/>, pauses left out.</summary>
    public TimeSpan WalkedSince(DateTimeOffset moment) => _pauses.Outside(moment - _epoch, _clock.Now - _epoch);

    /// <summary>Writes what is due. To be called several times a second.</summary>
    public void Work()
    {
        if (_writer.Current is { } session && IsOver() && _clock.Now - session.LastSign >= StridePlacer.LateAfterEnd)
        {
            _writer.End();
        }

        _writer.Work();
    }

    /// <summary>The walk is over: closes the session.</summary>
    /// <exception cref="ExplainedException">It could not be written.</exception>
    public void Close()
    {
        _writer.End();
        _placer.Close();
        _writer.Write();
    }

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
                _writer.End();
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
        if (_writer.Current is { } current && isNew && IsOver(except: sensor) && current.Numbers[sensor] is { } number
            && number != session.Id)
        {
            _writer.End(); // this foot's session ended while nobody listened
        }

        if (_writer.Current == null)
        {
            Begin(sensor, session, at);
        }
        else
        {
            _writer.Current.LastSign = _clock.Now;
            _writer.Current.Name(sensor, session.Id, worn.Flash);
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
        var begun = _beginning.Begin(sensor, session, now, _clock.IsBelievable, _intervalBegan);
        _writer.Current = begun;
        if (begun.IsPaused && session.State == SessionState.Paused)
        {
            _pauses.Begin(now - _epoch); // and still is, since an earlier run of the program
        }
        else if (_pauses.IsOn != begun.IsPaused)
        {
            begun.Add(_epoch + _pauses.OnSince ?? now, _pauses.IsOn ? MarkKind.Paused : MarkKind.Resumed);
        }
    }

    private SessionHeader? KeepAlone(int sensor, SessionWalkedAlone alone)
    {
        if (_flash.Keep(sensor, alone, _sensors[sensor].Placement, Rails.Of, out var header))
        {
            _leftOut.Remove(sensor, alone);
        }
        else if (!_sensors[sensor].IsOnWrist)
        {
            _leftOut.Add(sensor, alone);
        }

        return header;
    }
}
