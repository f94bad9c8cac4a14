using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>
/// Puts strides in order, each once: live ones, and those out of the sensor's log. A live stride waits until the
/// strides before it have come out of the log; if the log cannot be had, live ones pass, and what was missing comes
/// later. On a new link nothing passes before the sensor has told its run, because after a restart the numbers begin
/// anew.
/// </summary>
internal sealed class StrideIntake
{
    // A replay that says nothing for so long was cut off.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    // After a refusal, or a replay that brought nothing new. Doubles.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 5; // to 32 s: a session's worth of strides is not late for it

    // An answer is under way for less.
    private const int ClockSlackMilliseconds = 2000;

    private readonly TimeProvider _time;
    private readonly Func<uint, LogSessionStart, bool>? _wantsSession;
    private readonly Action<SensorEvent> _tell;
    private readonly StrideLedger _ledger;
    private readonly ReplayBounds _bounds;
    private readonly List<Stride> _early = []; // live, before the run is known
    private readonly SortedDictionary<uint, StrideReceived> _waiting = []; // later than the first that is missing
    private readonly HashSet<(uint Flash, int Run, int Id, uint Start)> _toldSessions = [];
    private int? _run;
    private uint _flash; // 0 until it is told
    private bool _isRunKnown;
    private (uint Milliseconds, long At)? _clock; // the sensor's, and when it was told
    private bool _clockBeganAnew;
    private bool _isOpen; // the log cannot be had: nothing waits
    private bool _hasWaitedLong; // nor will it, until a replay has come to its end
    private bool _needsStrides;
    private bool _needsSessions;
    private Stage _stage;
    private bool _asksSessions;
    private uint _missingWhenAsked;
    private int _fruitless;
    private long _lastSign;
    private TimeSpan _pause;
    private long _pausedAt;
    private (LogSessionStart Start, List<Stride> Strides)? _session;

    /// <summary>An intake that has had what the options say.</summary>
    public StrideIntake(TimeProvider time, FollowOptions? options, Action<SensorEvent> tell)
    {
        _time = time;
        _tell = tell;
        _bounds = new ReplayBounds(time);
        _wantsSession = options?.WantsSession;
        _needsSessions = _wantsSession != null;
        _run = options?.Newest?.Run;
        _flash = options?.Newest?.Flash ?? 0;
        _ledger = new StrideLedger((options?.Newest?.Sequence ?? 0) + 1);
    }

    private enum Stage
    {
        Idle,
        Asked,
        Replaying,
    }

    /// <summary>Whether everything that the sensor is known to hold has come.</summary>
    public bool IsComplete =>
        _isRunKnown && !_needsStrides && !_needsSessions && !_ledger.HasHole && _stage == Stage.Idle;

    /// <summary>The last stride before the first that is missing; null when none has come.</summary>
    public StrideMark? Newest =>
        _run is { } run && _ledger.NextMissing > 1
            ? new StrideMark(run, _ledger.NextMissing - 1) { Flash = _flash } : null;

    /// <summary>The link is up.</summary>
    public void OnLinkUp()
    {
        _isRunKnown = false;
        _isOpen = false;
        _hasWaitedLong = false;
        _bounds.OnLinkUp();
        _fruitless = 0;
        _pause = TimeSpan.Zero;
        AskAgain();
    }

    /// <summary>The link is gone. What came early comes again out of the log.</summary>
    public void OnLinkDown()
    {
        _stage = Stage.Idle;
        _session = null;
        _early.Clear();
    }

    /// <summary>Strides may have been missed: ask, even though no later one has come.</summary>
    public void AskAgain() => _needsStrides = true;

    /// <summary>Nobody waits any longer for what is missing.</summary>
    private void Open()
    {
        _isOpen = true;
        foreach (var stride in _early)
        {
            AcceptUnplaced(stride);
        }

        _early.Clear();
        Release();
    }

    /// <summary>What to ask the log for now, if anything.</summary>
    public ControlCommand? NextQuestion()
    {
        if (!_isOpen && _bounds.HasWaitedLong(_early.Count > 0 || _waiting.Count > 0, _ledger.NextMissing))
        {
            _hasWaitedLong = true;
            Open();
        }

        if (_stage != Stage.Idle)
        {
            bool isEndless = _bounds.IsExceeded(_asksSessions);
            if (_time.GetElapsedTime(_lastSign) < Silence && !isEndless)
            {
                return null;
            }

            if (isEndless)
            {
                _tell(new CommandRefused(ControlOperation.ReplayLog, "its replay comes to no end, and was given up"));
                _needsSessions &= !_asksSessions; // not again on this link
            }

            _needsStrides |= !_asksSessions;
            Fail();
        }

        bool wantsStrides = _needsStrides || _ledger.HasHole;
        if ((!wantsStrides && !_needsSessions) || (_pause > TimeSpan.Zero && _time.GetElapsedTime(_pausedAt) < _pause))
        {
            return null;
        }

        _asksSessions = !wantsStrides;
        _missingWhenAsked = _ledger.NextMissing;
        _stage = Stage.Asked;
        _bounds.Begin();
        _lastSign = _time.GetTimestamp();
        return ControlCommand.ReplayLog(_asksSessions ? 0 : _ledger.NextMissing);
    }

    /// <summary>A live stride.</summary>
    public void OnLive(Stride stride)
    {
        if (!ReplayBounds.IsPossible(stride.Sequence))
        {
            _tell(new PayloadRejected(Uuids.Stride, DecodeError.OutOfRange));
        }
        else if (_isRunKnown)
        {
            Take(stride, isReplayed: false);
        }
        else if (_isOpen)
        {
            AcceptUnplaced(stride);
        }
        else
        {
            _early.Add(stride);
        }
    }

    /// <summary>The sensor tells its clock, in ms since its start. One that cannot count its starts gives itself away
    /// by it: its clock is behind where it would be.</summary>
    public void OnClock(uint milliseconds)
    {
        if (_clock is { } before)
        {
            var passed = _time.GetElapsedTime(before.At); // at least: a computer that sleeps does not count
            int ahead = (int)(milliseconds - before.Milliseconds - (uint)(long)passed.TotalMilliseconds);
            _clockBeganAnew |= ahead < -ClockSlackMilliseconds;
        }

        _clock = (milliseconds, _time.GetTimestamp());
    }

    /// <summary>The answer to a question.</summary>
    public void OnReply(ControlReply reply)
    {
        _lastSign = _time.GetTimestamp();
        if (reply.Log is { } held && !ReplayBounds.IsPossible(held))
        {
            _tell(new PayloadRejected(Uuids.Log, DecodeError.OutOfRange));
            OnRefused();
            return;
        }

        if (reply.Log != null)
        {
            OnHeld(reply.Log);
        }

        if (reply.Result == ControlResult.NotHeld && _ledger.NextMissing != _missingWhenAsked)
        {
            _stage = Stage.Idle; // what is not held was given up: ask for the rest
            _needsStrides = true;
        }
        else if (reply.Result != ControlResult.Success)
        {
            _needsStrides |= !_asksSessions;
            Fail();
        }
    }

    /// <summary>The question was not even taken.</summary>
    public void OnRefused()
    {
        _needsStrides |= !_asksSessions;
        Fail();
    }

    /// <summary>A frame of the log.</summary>
    public void OnFrame(byte[] value)
    {
        switch (LogFrame.KindOf(value))
        {
            case LogFrameKind.Begin when Accept(LogBegin.Decode(value, out var error), error) is { } begin:
                OnBegin(begin.Range);
                break;
            case LogFrameKind.Strides when Accept(LogStrides.Decode(value, out var error), error) is { } strides:
                OnStrides(strides);
                break;
            case LogFrameKind.SessionStart when Accept(LogSessionStart.Decode(value, out var error),
                error) is { } start:
                _bounds.AddSession();
                _session = (start, []);
                break;
            case LogFrameKind.SessionTotals when Accept(LogSessionTotals.Decode(value, out var error),
                error) is { } totals:
                OnSession(totals);
                break;
            case LogFrameKind.End when Accept(LogEnd.Decode(value, out var error), error) is { } end:
                OnEnd(end);
                break;
            case LogFrameKind.Unknown:
                _tell(new PayloadRejected(Uuids.Log, DecodeError.UnknownOpCode));
                break;
            default:
                break; // rejected, and told
        }
    }

    private void OnBegin(LogRange held)
    {
        if (!ReplayBounds.IsPossible(held))
        {
            _tell(new PayloadRejected(Uuids.Log, DecodeError.OutOfRange));
        }
        else if (_stage == Stage.Asked) // once: a replay that begins again and again is none
        {
            OnHeld(held);
            _stage = Stage.Replaying;
        }
    }

    private void OnStrides(Stride[] strides)
    {
        if (_stage != Stage.Replaying)
        {
            return; // of a replay that was given up: they come again
        }

        if (_asksSessions)
        {
            AddToSession(strides);
            return;
        }

        uint before = _ledger.NextMissing;
        int had = _ledger.Ahead;
        foreach (var stride in strides.Where(stride => ReplayBounds.IsPossible(stride.Sequence)))
        {
            Take(stride, isReplayed: true);
        }

        _bounds.AddStrides(strides.Length, _ledger.NextMissing != before || _ledger.Ahead != had);
    }

    private void AddToSession(Stride[] strides)
    {
        _bounds.AddStrides(strides.Length, isNew: true);
        if (_session is var (start, before))
        {
            before.AddRange(strides);
            if (before.Count > (long)start.LastSequence - start.FirstSequence + 1)
            {
                _session = null; // more than it says itself
                _tell(new PayloadRejected(Uuids.Log, DecodeError.OutOfRange));
            }
        }
    }

    private void OnSession(Session totals)
    {
        if (_session is var (start, strides) && _wantsSession?.Invoke(_flash, start) == true
            && _toldSessions.Add((_flash, start.Run, start.Id, start.StartUnixSeconds)))
        {
            _tell(new SessionWalkedAlone(start, totals, strides) { Flash = _flash });
        }

        _session = null;
    }

    private void OnEnd(LogEnd end)
    {
        if (_stage != Stage.Replaying)
        {
            return;
        }

        _stage = Stage.Idle;
        _hasWaitedLong = false;
        if (_asksSessions)
        {
            _session = null;
            _needsSessions = false;
            if (end.Result != ControlResult.Success)
            {
                _tell(new CommandRefused(ControlOperation.ReplayLog, "a part of the sensor's flash could not be read"));
            }

            return;
        }

        _needsStrides = end.Result != ControlResult.Success || _ledger.NextMissing < end.NextSequence;
        if (_needsStrides && _ledger.NextMissing == _missingWhenAsked)
        {
            Fail();
        }
        else
        {
            _fruitless = 0;
            _pause = TimeSpan.Zero;
        }
    }

    /// <summary>The log cannot be had for now. Nobody waits for it, but it is asked again.</summary>
    private void Fail()
    {
        _stage = Stage.Idle;
        _session = null;
        _pausedAt = _time.GetTimestamp();
        _pause = Pause * (1 << Math.Min(_fruitless++, MostDoublings));
        Open();
    }

    /// <summary>The sensor tells what it holds: what lies below is lost, and another run means that it was started
    /// anew.</summary>
    private void OnHeld(LogRange held)
    {
        if (!_isRunKnown)
        {
            bool isOther = _run is { } run && (run != held.Run || held.Flash != _flash);
            bool hasCountedAnew = held.LastSequence < _ledger.Newest || (held.Run == 0 && _clockBeganAnew);
            if (isOther || (_run != null && hasCountedAnew))
            {
                Restart();
            }

            _run = held.Run;
            _flash = held.Flash;
            _isRunKnown = true;
            _clockBeganAnew = false;
        }

        GiveUpBelow(held.FirstSequence);
        _isOpen = _hasWaitedLong;
        foreach (var stride in _early)
        {
            Take(stride, isReplayed: false);
        }

        _early.Clear();
    }

    /// <summary>The numbers begin anew. What is missing of the old run is no longer in the sensor's memory; its flash
    /// may have it, in a session.</summary>
    private void Restart()
    {
        GiveUpBelow(_ledger.Newest);
        Release();
        _waiting.Clear();
        _ledger.Restart();
        _needsSessions = _wantsSession != null;
    }

    private void GiveUpBelow(uint sequence)
    {
        foreach (var (first, last) in _ledger.GiveUpBelow(sequence))
        {
            Release(first);
            _tell(new StridesLost(first, last));
        }

        Release();
    }

    /// <summary>The sensor does not tell its run. No replay has been had on this link, so no stride comes twice: a
    /// number that came before is a restart.</summary>
    private void AcceptUnplaced(Stride stride)
    {
        if (stride.Sequence < _ledger.NextMissing)
        {
            Restart();
            _run = null;
        }

        Take(stride, isReplayed: false);
    }

    private void Take(Stride stride, bool isReplayed)
    {
        if (_ledger.Add(stride.Sequence))
        {
            _waiting.Add(stride.Sequence, Named(stride, isReplayed));
            Release();
        }
    }

    /// <summary>Before the sensor has told its run on this link, nobody knows which it is.</summary>
    private StrideReceived Named(Stride stride, bool isReplayed) =>
        new(stride, isReplayed) { Run = _isRunKnown ? _run ?? 0 : 0, Flash = _isRunKnown ? _flash : 0 };

    private void Release() => Release(_isOpen ? uint.MaxValue : _ledger.NextMissing);

    private void Release(uint below)
    {
        while (_waiting.Count > 0 && _waiting.First() is var (sequence, stride) && sequence < below)
        {
            _waiting.Remove(sequence);
            _tell(stride);
        }
    }

    private T? Accept<T>(T? value, DecodeError error)
        where T : class
    {
        if (value == null)
        {
            _tell(new PayloadRejected(Uuids.Log, error));
        }
        else
        {
            _lastSign = _time.GetTimestamp(); // garbage is no sign that it goes on
        }

        return value;
    }
}
