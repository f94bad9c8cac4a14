using Backstep.Gait;
using Backstep.Gym.Messages;
using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Gym.Board;

/// <summary>One clip: what it last told, its foot, its cue. Knows nothing of belts.</summary>
internal sealed class ClipModel(BoardOptions options, TimeProvider time)
{
    // Ours: a batch is sent again within minutes; a foot makes less than one stride a second.
    private const int Remembered = 512;

    private readonly Queue<uint> _order = [];
    private readonly HashSet<uint> _numbers = [];
    private (string? Flash, int Run) _run;
    private (string? Flash, int? Session) _session;
    private CoachedFoot _foot = New(options, time);
    private CueBoard _board = new(time);
    private InclineWatch _incline = new();
    private long _newsAt = time.GetTimestamp();

    /// <summary>What it last told.</summary>
    public ClipLive? Live { get; private set; }

    /// <summary>When it last walked or paused, by our clock; null for never seen.</summary>
    public DateTimeOffset? ActiveAt { get; private set; }

    /// <summary>Its last initial contact that came as it was walked, by the gateway's clock.</summary>
    public DateTimeOffset? LastContactAt { get; private set; }

    /// <summary>Its marks.</summary>
    public string Marks => string.Concat(_foot.Marks.Select(StepMarks.Letter));

    /// <summary>Its recent strides.</summary>
    public RecentStrides Recent => _foot.Recent;

    /// <summary>Since something last came.</summary>
    public TimeSpan SilentFor => time.GetElapsedTime(_newsAt);

    /// <summary>Whether nothing came for a while.</summary>
    public bool IsStale => SilentFor >= BoardOptions.Stale;

    /// <summary>Takes what it tells of itself; false when it is no newer than what it told before.</summary>
    public bool Apply(ClipLive live)
    {
        if (Live is { } before && live.At <= before.At && !IsStale)
        {
            return false;
        }

        var session = (live.Flash, live.Session);
        if (live.Session != null && session != _session)
        {
            Begin(session);
        }

        Live = live;
        ActiveAt = live.State is "active" or "paused" ? time.GetUtcNow() : ActiveAt;
        _newsAt = time.GetTimestamp();
        return true;
    }

    /// <summary>Takes strides; those that are known are passed over.</summary>
    /// <param name="batch">Whose.</param>
    /// <param name="strides">With when each was, by the gateway's clock, and whether it comes late.</param>
    public void Apply(StrideBatch batch, IEnumerable<(Stride Stride, DateTimeOffset At, bool IsLate)> strides)
    {
        if (Live?.Placement == "wrist" || (batch.Session is { } told && _session.Session is { } now && told != now))
        {
            return; // no foot, or of a session that is over
        }

        if (_run != (batch.Flash, batch.Run))
        {
            _run = (batch.Flash, batch.Run);
            _numbers.Clear();
            _order.Clear();
        }

        foreach (var (stride, at, isLate) in strides)
        {
            if (!_numbers.Add(stride.Sequence))
            {
                continue;
            }

            _order.Enqueue(stride.Sequence);
            if (_order.Count > Remembered)
            {
                _numbers.Remove(_order.Dequeue());
            }

            _foot.Add(stride, isLate, Live?.State == "paused");
            (_newsAt, LastContactAt) = isLate ? (_newsAt, LastContactAt) : (time.GetTimestamp(), at);
        }
    }

    /// <summary>What there is to say now; null for nothing. Moves the cue on: call it a few times a second.</summary>
    public Cue? Cue(TimeSpan? target)
    {
        bool isWalk = Live?.State is "active" or "paused" || Recent.IsWalking;
        if (!isWalk || IsStale)
        {
            return null;
        }

        var moment = new WalkMoment
        {
            Mode = WalkMode.Treadmill,
            Walked = TimeSpan.FromSeconds(Live?.ActiveSeconds ?? 0),
            Target = target,
            IsPaused = Live?.State == "paused",
            Rails = Live?.Rails switch { "held" => Posture.Held, "free" => Posture.Free, _ => Posture.Unknown },
            IsRhythmSettled = Recent.IsRhythmSettled,
            LacksStrides = Live?.LacksStrides == true,
        };
        var cue = _board.Offer(_foot.Coach.Judge(moment with
        {
            Incline = _incline.CueFor(moment, Live?.InclinePercent),
        }));
        _incline.Saw(cue, moment.Walked);
        return cue;
    }

    private void Begin((string? Flash, int? Session) session)
    {
        bool isAnother = _session.Session != null;
        _session = session;
        if (isAnother)
        {
            (_foot, _board, _incline) = (New(options, time), new CueBoard(time), new InclineWatch());
        }
    }

    private static CoachedFoot New(BoardOptions options, TimeProvider time) =>
        new(options.Units, Coach.BeltLimitMetersPerSecond, time);
}
