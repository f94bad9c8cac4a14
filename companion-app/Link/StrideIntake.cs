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
    private readonly Action<SensorEvent> _tell;
    private readonly StrideOrder _order;
    private readonly SensorRun _run;
    private readonly FlashSessionReplay _sessions;
    private readonly ReplayBounds _bounds;
    private readonly ReplayTurn _turn;
    private readonly List<Stride> _early = []; // live, before the run is known
    private bool _hasWaitedLong; // nothing will wait until a replay has come to its end
    private bool _needsStrides;
    private bool _needsSessions;

    /// <summary>An intake that has had what the options say.</summary>
    public StrideIntake(TimeProvider time, FollowOptions? options, Action<SensorEvent> tell)
    {
        _turn = new ReplayTurn(time);
        _tell = tell;
        _bounds = new ReplayBounds(time);
        _sessions = new FlashSessionReplay(options?.WantsSession, tell);
        _needsSessions = _sessions.IsWanted;
        _run = new SensorRun(time, options?.Newest);
        _order = new StrideOrder((options?.Newest?.Sequence ?? 0) + 1, tell);
    }

    /// <summary>Whether everything that the sensor is known to hold has come.</summary>
    public bool IsComplete =>
        _run.IsKnown && !_needsStrides && !_needsSessions && !_order.HasHole && _turn.Stage == ReplayStage.Idle;

    /// <summary>The last stride before the first that is missing; null when none has come.</summary>
    public StrideMark? Newest =>
        _run.Number is { } run && _order.NextMissing > 1
            ? new StrideMark(run, _order.NextMissing - 1) { Flash = _run.Flash } : null;

    /// <summary>The link is up.</summary>
    public void OnLinkUp()
    {
        _run.OnLinkUp();
        _order.IsOpen = false;
        _hasWaitedLong = false;
        _bounds.OnLinkUp();
        _turn.Hurry();
        AskAgain();
    }

    /// <summary>The link is gone. What came early comes again out of the log.</summary>
    public void OnLinkDown()
    {
        _turn.End();
        _sessions.Drop();
        _early.Clear();
    }

    /// <summary>Strides may have been missed: ask, even though no later one has come.</summary>
    public void AskAgain() => _needsStrides = true;

    /// <summary>Sessions may have ended since: ask for those that are wanted.</summary>
    public void AskForSessions() => _needsSessions = _sessions.IsWanted;

    /// <summary>Nobody waits any longer for what is missing.</summary>
    private void Open()
    {
        _order.IsOpen = true;
        foreach (var stride in _early)
        {
            AcceptUnplaced(stride);
        }

        _early.Clear();
        _order.Release();
    }

    /// <summary>What to ask the log for now, if anything.</summary>
    public ControlCommand? NextQuestion()
    {
        if (!_order.IsOpen && _bounds.HasWaitedLong(_early.Count > 0 || _order.IsWaiting, _order.NextMissing))
        {
            _hasWaitedLong = true;
            Open();
        }

        if (_turn.Stage != ReplayStage.Idle)
        {
            bool isEndless = _bounds.IsExceeded(_turn.OfSessions);
            if (!_turn.IsSilent && !isEndless)
            {
                return null;
            }

            if (isEndless)
            {
                _tell(new CommandRefused(ControlOperation.ReplayLog, "its replay comes to no end, and was given up"));
                _needsSessions &= !_turn.OfSessions; // not again on this link
            }

            _needsStrides |= !_turn.OfSessions;
            Fail();
        }

        bool wantsStrides = _needsStrides || _order.HasHole;
        if ((!wantsStrides && !_needsSessions) || _turn.IsPausing)
        {
            return null;
        }

        _turn.Ask(ofSessions: !wantsStrides, _order.NextMissing);
        _bounds.Begin();
        return ControlCommand.ReplayLog(_turn.OfSessions ? 0 : _order.NextMissing);
    }

    /// <summary>A live stride.</summary>
    public void OnLive(Stride stride)
    {
        if (!ReplayBounds.IsPossible(stride.Sequence))
        {
            _tell(new PayloadRejected(Uuids.Stride, DecodeError.OutOfRange));
        }
        else if (_run.IsKnown)
        {
            Take(stride, isReplayed: false);
        }
        else if (_order.IsOpen)
        {
            AcceptUnplaced(stride);
        }
        else
        {
            _early.Add(stride);
        }
    }

    /// <summary>As <see cref="SensorRun.OnClock"/>.</summary>
    public void OnClock(uint milliseconds) => _run.OnClock(milliseconds);

    /// <summary>The answer to a question.</summary>
    public void OnReply(ControlReply reply)
    {
        _turn.NoteSign();
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

        if (reply.Result == ControlResult.NotHeld && _order.NextMissing != _turn.From)
        {
            _turn.End(); // what is not held was given up: ask for the rest
            _needsStrides = true;
        }
        else if (reply.Result != ControlResult.Success)
        {
            _needsStrides |= !_turn.OfSessions;
            Fail();
        }
    }

    /// <summary>The question was not even taken.</summary>
    public void OnRefused()
    {
        _needsStrides |= !_turn.OfSessions;
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
                _sessions.Begin(start);
                break;
            case LogFrameKind.SessionTotals when Accept(LogSessionTotals.Decode(value, out var error),
                error) is { } totals:
                _sessions.End(_run.Flash, totals);
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
        else if (_turn.Stage == ReplayStage.Asked) // once: a replay that begins again and again is none
        {
            OnHeld(held);
            _turn.Begin();
        }
    }

    private void OnStrides(Stride[] strides)
    {
        if (_turn.Stage != ReplayStage.Replaying)
        {
            return; // of a replay that was given up: they come again
        }

        if (_turn.OfSessions)
        {
            _bounds.AddStrides(strides.Length, isNew: true);
            _sessions.Add(strides);
            return;
        }

        uint before = _order.NextMissing;
        int had = _order.Ahead;
        foreach (var stride in strides.Where(stride => ReplayBounds.IsPossible(stride.Sequence)))
        {
            Take(stride, isReplayed: true);
        }

        _bounds.AddStrides(strides.Length, _order.NextMissing != before || _order.Ahead != had);
    }

    private void OnEnd(LogEnd end)
    {
        if (_turn.Stage != ReplayStage.Replaying)
        {
            return;
        }

        _turn.End();
        _hasWaitedLong = false;
        if (_turn.OfSessions)
        {
            _sessions.Drop();
            _needsSessions = false;
            if (end.Result != ControlResult.Success)
            {
                _tell(new CommandRefused(ControlOperation.ReplayLog, "a part of the sensor's flash could not be read"));
            }

            return;
        }

        _needsStrides = end.Result != ControlResult.Success || _order.NextMissing < end.NextSequence;
        if (_needsStrides && _order.NextMissing == _turn.From)
        {
            Fail();
        }
        else
        {
            _turn.Hurry();
        }
    }

    /// <summary>The log cannot be had for now. Nobody waits for it, but it is asked again.</summary>
    private void Fail()
    {
        _turn.Fail();
        _sessions.Drop();
        Open();
    }

    /// <summary>The sensor tells what it holds: what lies below is lost, and another run means that it was started
    /// anew.</summary>
    private void OnHeld(LogRange held)
    {
        if (_run.Learn(held, _order.Newest))
        {
            Restart();
        }

        _order.GiveUpBelow(held.FirstSequence);
        _order.IsOpen = _hasWaitedLong;
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
        _order.Restart();
        _needsSessions = _sessions.IsWanted;
    }

    /// <summary>The sensor does not tell its run. No replay has been had on this link, so no stride comes twice: a
    /// number that came before is a restart.</summary>
    private void AcceptUnplaced(Stride stride)
    {
        if (stride.Sequence < _order.NextMissing)
        {
            Restart();
            _run.Forget();
        }

        Take(stride, isReplayed: false);
    }

    /// <summary>Before the sensor has told its run on this link, nobody knows which it is.</summary>
    private void Take(Stride stride, bool isReplayed) => _order.Take(new StrideReceived(stride, isReplayed)
    {
        Run = _run.IsKnown ? _run.Number ?? 0 : 0,
        Flash = _run.IsKnown ? _run.Flash : 0,
    });

    private T? Accept<T>(T? value, DecodeError error)
        where T : class
    {
        if (value == null)
        {
            _tell(new PayloadRejected(Uuids.Log, error));
        }
        else
        {
            _turn.NoteSign(); // garbage is no sign that it goes on
        }

        return value;
    }
}
