using System.Collections.Concurrent;
using Backstep.Gait;
using Backstep.Gym.Messages;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Gym.Gateway;

/// <summary>
/// Makes of what one clip tells what is written and sent: each stride once, under the start of the clip from which its
/// number counts, in the session that counts it; each session's end. It goes on where an earlier gateway was killed.
/// </summary>
internal sealed class ClipIntake
{
    // firmware/Sensor/README.md
    private const uint MostHeld = 1024;

    // Ours: a computer that is too busy to ask a clip for its log for so long has other troubles.
    private static readonly TimeSpan RunPatience = TimeSpan.FromMinutes(1);

    private readonly string _clip;
    private readonly bool _isSimulated;
    private readonly Func<int> _nextRun;
    private readonly TimeProvider _time;
    private readonly long _epoch;
    private readonly ClipTime _clock;
    private readonly SessionTally _tally = new();
    private readonly ConcurrentDictionary<(string Flash, int Session), HandedSession> _handed = new();
    private readonly List<OutboxEntry> _ready = [];
    private readonly List<(PlacedStride Placed, StrideLine Line)> _placed = [];
    private readonly Dictionary<uint, uint> _contacts = []; // by number, of a run that the clip does not count
    private string? _flash; // of the run that goes on; null before any is known
    private int _run;
    private StrideLedger _seen = new();
    private StrideLedger _had = new();
    private bool _hasNews;
    private uint? _mustSee; // the newest stride when the link was set up; null while it is not told
    private bool _isStartedAnew;
    private DateTimeOffset? _startedAt;
    private readonly List<StrideReceived> _runless = []; // whose run the clip has yet to tell
    private TimeSpan? _runlessSince;
    private bool _tellsNoRun; // on this link

    /// <summary>An intake that goes on where the outbox says.</summary>
    /// <param name="clip">As in topics.</param>
    /// <param name="isSimulated">Whether no person walks.</param>
    /// <param name="had">How far its strides are had; null for not at all.</param>
    /// <param name="handed">Its sessions that were handed over, the last one first.</param>
    /// <param name="nextRun">A number for a run of a clip that cannot count its own.</param>
    /// <param name="time">The gateway's clock.</param>
    public ClipIntake(string clip, bool isSimulated, HadStrides? had, IReadOnlyList<HandedSession> handed,
        Func<int> nextRun, TimeProvider time)
    {
        (_clip, _isSimulated, _nextRun, _time) = (clip, isSimulated, nextRun, time);
        _epoch = time.GetTimestamp();
        _clock = new ClipTime(time, had?.StartedAt);
        foreach (var session in handed.Where(one => one.Run < Outbox.FirstOwnRun).Reverse())
        {
            _handed[(session.Flash, session.Session)] = session;
        }

        _startedAt = had?.StartedAt;
        if (had != null)
        {
            (_flash, _run, _seen, _had) = (had.Flash, had.Run, new StrideLedger(had.Next), new StrideLedger(had.Next));
            if (handed.FirstOrDefault(one => one.Flash == had.Flash && one.Run == had.Run) is { } last)
            {
                _tally.Resume(last);
            }
        }
    }

    /// <summary>Whether the clip's flash is to be asked for the sessions that are over; whoever asks sets it
    /// back.</summary>
    public bool WantsSessions { get; set; }

    /// <summary>The flash, as in messages; null when it is not known.</summary>
    public string? Flash => _flash;

    private TimeSpan Now => _time.GetElapsedTime(_epoch);

    private bool IsOwnRun => _run >= Outbox.FirstOwnRun;

    /// <summary>What to want of the clip.</summary>
    // Of a clip that cannot count its starts all is asked for that it holds: a number tells nothing of the start.
    public FollowOptions Wanted() => new()
    {
        Newest = _flash != null && !IsOwnRun && _had.NextMissing > 1
            ? new StrideMark(_run, _had.NextMissing - 1) { Flash = Convert.ToUInt32(_flash, 16) } : null,
        WantsSession = (flash, start) =>
            !(_handed.TryGetValue((ClipName.OfFlash(flash), start.Id), out var had) && had.IsWhole),
        WithRails = true,
    };

    /// <summary>Takes an event.</summary>
    public void Apply(SensorEvent received)
    {
        switch (received)
        {
            case ControlReplied { Reply: { Operation: (byte)ControlOperation.SetClock, Result: ControlResult.Success,
                Value: >= 0 } reply }:
                _isStartedAnew |= _clock.Tell((uint)reply.Value);
                break;
            case ControlReplied { Reply: { Operation: (byte)ControlOperation.ReplayLog, Log: { } held } }:
                PlaceRunless(held);
                EnterRun(held.Flash, held.Run, null);
                _mustSee = held.LastSequence;
                SeeWhetherUpToDate();
                break;
            case CommandRefused { Operation: ControlOperation.ReplayLog }
                or ControlReplied { Reply.Operation: (byte)ControlOperation.ReplayLog }:
                if (received is CommandRefused { IsForGood: true } or ControlReplied { Reply.Result:
                    ControlResult.NotSupported or ControlResult.NotAllowed })
                {
                    PlaceRunless(null);
                }

                Keep(_tally.OnLost(Now)); // what was missed while the link was down does not come now
                _tally.IsUpToDate = true;
                break;
            case LinkChanged { State: LinkState.Reconnecting or LinkState.Disconnected }:
                _tally.OnAway();
                _clock.OnAway();
                (_mustSee, _tellsNoRun) = (null, false);
                break;
            case StrideReceived stride:
                Take(stride);
                break;
            case StridesLost lost:
                Keep(_tally.OnLost(Now));
                _seen.GiveUpBelow(lost.LastSequence + 1);
                _had.GiveUpBelow(lost.LastSequence + 1);
                _hasNews = true;
                break;
            case SessionReceived told:
                Keep(_tally.Tell(told.Session, Now));
                break;
            case SessionWalkedAlone alone:
                TakeAlone(alone);
                break;
            default:
                break;
        }
    }

    /// <summary>What is to be written now. It counts as written: who cannot write it forgets this intake.</summary>
    public IReadOnlyList<OutboxEntry> Take()
    {
        if (_runlessSince is { } since && Now - since >= RunPatience)
        {
            PlaceRunless(null);
        }

        Keep(_tally.Tick(Now));
        TakeEnd();
        Flush();
        WantsSessions |= _tally.HasDoubt && !IsOwnRun && _flash != null;
        _tally.HasDoubt = false;
        OutboxEntry[] ready = [.. _ready];
        _ready.Clear();
        return ready;
    }

    /// <summary>The clip is let go: nothing waits any longer. What has no run yet is asked for again.</summary>
    public void LetGo()
    {
        _runless.Clear();
        _runlessSince = null;
        Keep(_tally.ReleaseAll());
        _tally.OnAway();
    }

    private void Take(StrideReceived received)
    {
        if (!received.IsReplayed)
        {
            bool isStartedAnew = _clock.Hear(
                received.Stride.ContactMilliseconds + (uint)received.Stride.DecisionMilliseconds);
            _isStartedAnew |= isStartedAnew;
            if (received.Run == 0 && !_tellsNoRun)
            {
                _runless.Add(received);
                _runlessSince ??= Now;
                return;
            }

            if (isStartedAnew)
            {
                EnterRun(received.Flash, received.Run, null);
            }
        }

        Place(received);
    }

    /// <summary>Whoever follows the clip passes a live stride on after some seconds, though the clip has not been asked
    /// yet from which of its starts it counts. It waits for that here: under a run of the gateway's own it would come
    /// once more when it is asked for by its true one.</summary>
    /// <param name="held">What the clip holds, and of which run; null: it does not tell.</param>
    private void PlaceRunless(LogRange? held)
    {
        _tellsNoRun = held == null || held.Run == 0;
        StrideReceived[] waiting = [.. _runless];
        _runless.Clear();
        _runlessSince = null;
        foreach (var one in waiting)
        {
            // A number that the clip has not reached is of an earlier start.
            bool isOfRun = held != null && one.Stride.Sequence <= held.LastSequence;
            Place(isOfRun ? one with { Flash = held!.Flash, Run = held.Run } : one);
        }
    }

    private void Place(StrideReceived received)
    {
        EnterRun(received.Flash, received.Run, received.Stride);
        if (_seen.Add(received.Stride.Sequence))
        {
            Remember(received.Stride);
            Keep(_tally.Add(received, Now));
        }

        SeeWhetherUpToDate();
    }

    private void SeeWhetherUpToDate() => _tally.IsUpToDate |= _mustSee < _seen.NextMissing;

    // As many as a clip holds.
    private void Remember(Stride stride)
    {
        if (IsOwnRun)
        {
            _contacts[stride.Sequence] = stride.ContactMilliseconds;
            _contacts.Remove(stride.Sequence - MostHeld);
        }
    }

    /// <summary>Strides count from another start of the clip, or from the same. One that cannot count them gives itself
    /// away by its clock; strides of its old run that had waited for others still come then, with higher
    /// numbers.</summary>
    /// <param name="flashTold">The flash.</param>
    /// <param name="runTold">The clip's run; 0 where it tells none.</param>
    /// <param name="stride">One of its strides; null when none is known.</param>
    private void EnterRun(uint flashTold, int runTold, Stride? stride)
    {
        string flash = ClipName.OfFlash(flashTold);
        bool isCounted = runTold is > 0 and < Outbox.FirstOwnRun;
        bool isSame = isCounted ? _flash == flash && _run == runTold
            : _flash != null && IsOwnRun && !IsOther(stride)
                && !(_isStartedAnew && (stride == null || stride.Sequence <= _seen.Newest));
        if (isSame)
        {
            _isStartedAnew &= stride != null && !isCounted;
            return;
        }

        if (_flash != null)
        {
            Keep(_tally.BeginRun());
            Flush();
        }

        _isStartedAnew = false;
        (_flash, _run) = isCounted ? (flash, runTold) : (ClipName.OfFlash(0), _nextRun());
        (_seen, _had) = (new StrideLedger(), new StrideLedger());
        _contacts.Clear();
    }

    /// <summary>Whether it has a number that was told before, of another stride: then numbers count anew.</summary>
    private bool IsOther(Stride? stride) => stride != null
        && _contacts.TryGetValue(stride.Sequence, out uint contact) && contact != stride.ContactMilliseconds;

    private void Keep(List<PlacedStride> placed)
    {
        foreach (var one in placed)
        {
            _placed.Add((one, StrideLine.Of(one.Received.Stride, _clock.Of(one.Received))));
        }
    }

    /// <summary>Makes entries of what is placed: strides of one session in one message.</summary>
    private void Flush()
    {
        for (int i = 0; i < _placed.Count;)
        {
            int? session = _placed[i].Placed.Session;
            var lines = _placed.Skip(i).TakeWhile(one => one.Placed.Session == session).Select(one => one.Line)
                .Take(StrideBatch.MostStrides).ToArray();
            Array.ForEach(lines, line => _had.Add(line.Number));
            _ready.Add(new OutboxEntry(_clip) { Strides = Batch(_flash!, _run, session, lines) });
            i += lines.Length;
            _hasNews = true;
        }

        _placed.Clear();
        if (_hasNews && _flash != null)
        {
            _hasNews = false;
            _ready.Add(new OutboxEntry(_clip)
            {
                Had = new HadStrides(_flash, _run, _had.NextMissing, StartedAt()),
                Handed = _tally.Session is { } session ? Handed(session) : null,
            });
        }
    }

    /// <summary>The end of a session that was followed.</summary>
    private void TakeEnd()
    {
        if (_flash == null || _tally.TakeEnd(Now) is not { } totals || _tally.Session is not { } session
            || (_handed.TryGetValue((_flash, session.Number), out var had) && had.IsWhole && !IsOwnRun))
        {
            return;
        }

        Flush();
        var now = ClipTime.Whole(_time.GetUtcNow());
        var handed = Handed(session);
        _handed[(_flash, session.Number)] = handed;
        _ready.Add(new OutboxEntry(_clip)
        {
            Session = End(_flash, _run, totals) with
            {
                StartedAt = now - TimeSpan.FromSeconds(totals.ElapsedSeconds),
                EndedAt = now,
                FirstNumber = session.IsExact ? session.First : null,
                LastNumber = session.IsExact ? session.Last : null,
            },
            Handed = handed,
        });
    }

    /// <summary>A session out of the flash: what of it is not handed over, and its end.</summary>
    private void TakeAlone(SessionWalkedAlone alone)
    {
        string flash = ClipName.OfFlash(alone.Flash);
        _handed.TryGetValue((flash, alone.Start.Id), out var had);
        if (had is { IsWhole: true })
        {
            return;
        }

        // Older firmware does not tell in which run it was walked: then its strides are had, or get a run of their own.
        int run = alone.Start.Run > 0 ? alone.Start.Run : had?.Run ?? _nextRun();
        bool isOfThisRun = flash == _flash && run == _run;
        bool isTold = alone.Start.Run > 0 || had == null;
        foreach (var part in (isTold ? alone.Strides : []).Chunk(StrideBatch.MostStrides))
        {
            _ready.Add(new OutboxEntry(_clip)
            {
                Strides = Batch(flash, run, alone.Start.Id, [.. part.Select(stride =>
                    StrideLine.Of(stride, ClipSessionTimes.Of(alone, stride, _time.GetUtcNow())))]),
            });
        }

        foreach (var stride in isOfThisRun ? alone.Strides : [])
        {
            _seen.Add(stride.Sequence);
            _had.Add(stride.Sequence);
        }

        var handed = new HandedSession(flash, run, alone.Start.Id, SessionCounts.Of(alone.Totals),
            alone.Start.FirstSequence > 0 ? alone.Start.FirstSequence : null,
            alone.Start.LastSequence > 0 ? alone.Start.LastSequence : null, IsExact: true, IsWhole: true);
        _handed[(flash, alone.Start.Id)] = handed;
        var began = ClipSessionTimes.Began(alone);
        _ready.Add(new OutboxEntry(_clip)
        {
            Session = End(flash, run, alone.Totals) with
            {
                Session = alone.Start.Id,
                StartedAt = began,
                EndedAt = began + TimeSpan.FromSeconds(alone.Totals.ElapsedSeconds),
                FirstNumber = handed.First,
                LastNumber = handed.Last,
                InclinePercent = ClipFigures.Percent(alone.Start.InclineFifthsPercent),
            },
            Had = isOfThisRun ? new HadStrides(flash, run, _had.NextMissing, StartedAt()) : null,
            Handed = handed,
        });
    }

    // Of the run that is had: one that has begun and told no stride yet is another.
    private DateTimeOffset? StartedAt() => _isStartedAnew ? _startedAt : _startedAt = _clock.StartedAt;

    private HandedSession Handed(TalliedSession session) => new(_flash!, _run, session.Number, session.Placed,
        session.First, session.Last, session.IsExact, session.IsOver && (session.IsExact || IsOwnRun));

    private StrideBatch Batch(string flash, int run, int? session, StrideLine[] lines) =>
        new("", "", 0, _clip, _isSimulated, flash, run, session, lines);

    private ClipSession End(string flash, int run, Session totals) => new(
        Gateway: "",
        Outbox: "",
        Batch: 0,
        Clip: _clip,
        Simulated: _isSimulated,
        Flash: flash,
        Run: run,
        Session: totals.Id,
        StartedAt: null,
        EndedAt: null,
        FirstNumber: null,
        LastNumber: null,
        ElapsedSeconds: totals.ElapsedSeconds,
        ActiveSeconds: totals.ActiveSeconds,
        BackwardStrides: totals.BackwardStrides,
        ForwardStrides: totals.ForwardStrides,
        UnknownStrides: totals.UnknownStrides,
        ToeFirstPercent: ClipFigures.Known(totals.ToeFirstPercent),
        RailsHeldPercent: ClipFigures.Known(totals.RailsHeldPercent),
        MeanCadenceStepsPerMinute: ClipFigures.Known(totals.CadenceMeanStepsPerMinute),
        DistanceMeters: ClipFigures.Meters(totals),
        InclinePercent: ClipFigures.Percent(totals.InclineFifthsPercent));
}
