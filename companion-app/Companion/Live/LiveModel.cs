using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Rails;

namespace Backstep.Companion.Live;

/// <summary>Keeps what the live view shows: events in, a snapshot out. Knows nothing of terminals.</summary>
public sealed class LiveModel
{
    private readonly LiveSetup _setup;
    private readonly TimeProvider _time;
    private readonly CueBoard _board;
    private readonly LiveRails _rails;
    private readonly SortedDictionary<int, FootModel> _feet = [];
    private readonly SortedDictionary<int, LinkState> _links = [];
    private readonly SortedDictionary<int, int> _batteries = [];
    private Session? _session;
    private readonly Dictionary<int, bool> _lacking = [];
    private bool _hasFoot;
    private int _strides;
    private int _marks;
    private long? _begun;
    private long? _pausedAt;
    private TimeSpan _pauses;

    /// <summary>A model of nothing yet.</summary>
    /// <param name="setup">What is known before the first step.</param>
    /// <param name="time">The clock of cues, intervals and pauses.</param>
    public LiveModel(LiveSetup setup, TimeProvider time)
    {
        _setup = setup;
        _time = time;
        _board = new CueBoard(time);
        _rails = new LiveRails(time);
        _feet[0] = new FootModel(setup.Units, time);
    }

    /// <summary>Whether what comes waits to be kept.</summary>
    public bool KeepingWaits { get; set; }

    /// <summary>Whether the walker has paused.</summary>
    public bool IsPaused => _pausedAt != null;

    /// <summary>Whether the sensor says that the session has ended.</summary>
    public bool HasEnded => _session?.State == SessionState.Ended;

    /// <summary>Whether the list of keys is asked for.</summary>
    public bool ShowsKeys { get; set; }

    /// <summary>Compares a unit on the wrist with what was calibrated; null when nothing was.</summary>
    public void Use(WristBaseline? wrist) => _rails.Use(wrist);

    /// <summary>Whose word about the rails counts.</summary>
    public RailTrust RailTrust
    {
        get => _rails.Trust;
        set => _rails.Trust = value;
    }

    /// <summary>What can be said of the rails now, and by whom: by the wrist where there is one, else as the newest
    /// stride says.</summary>
    public RailState Rails => IsWalking ? RailsBy(_feet.Values.First().Rails) : RailState.Unknown;

    /// <summary>Rails held or free when this stride was walked just now.</summary>
    public Posture RailsOf(Stride stride) => RailsBy(stride.Posture).Posture;

    /// <summary>Takes an event.</summary>
    /// <param name="received">The event.</param>
    /// <param name="sensor">Which of the walker's sensors told it, from 0.</param>
    /// <param name="placement">Where that one is worn, as far as is known.</param>
    /// <param name="isLeader">Whether its session is the one that is shown.</param>
    public void Apply(SensorEvent received, int sensor = 0, Placement placement = Placement.Unknown,
        bool isLeader = true)
    {
        if (isLeader || placement == Placement.Wrist)
        {
            _rails.Apply(received, placement == Placement.Wrist);
        }

        switch (received)
        {
            case StrideReceived stride when placement != Placement.Wrist:
                _strides++;
                var foot = Foot(sensor);
                foot.Side = SideOf(placement);
                foot.Add(stride);
                break;
            case SessionReceived session:
                _lacking[sensor] = session.Session.LacksStrides;
                if (session.Session.LacksStrides)
                {
                    Foot(sensor).Side = SideOf(placement); // no stride of its own will introduce it
                }

                _session = isLeader ? session.Session : _session;
                break;
            case BatteryReceived battery:
                _batteries[sensor] = battery.Percent;
                break;
            case LinkChanged link:
                _links[sensor] = link.State;
                _begun ??= link.State == LinkState.Connected ? _time.GetTimestamp() : null;
                break;
            default:
                break;
        }
    }

    /// <summary>Pauses, or goes on.</summary>
    public void TogglePause()
    {
        if (_pausedAt is { } since)
        {
            _pauses += _time.GetElapsedTime(since);
            _pausedAt = null;
        }
        else
        {
            _pausedAt = _time.GetTimestamp();
        }
    }

    /// <summary>Counts a moment that the walker marked.</summary>
    public void Mark() => _marks++;

    /// <summary>What there is to show now. Also moves the cue on: call it a few times a second.</summary>
    public LiveSnapshot Snapshot()
    {
        var leader = _feet.Values.First();
        var elapsed = TimeSpan.FromSeconds(Measured(_session?.ActiveSeconds) ?? 0);
        var moment = new WalkMoment
        {
            Mode = _setup.Mode,
            IsTargetReached = _setup.Intervals == null && _setup.Target is { } target && elapsed >= target,
            IsPaused = IsPaused,
            Interval = Interval(),
            Rails = Rails.Posture,
            IsRhythmSettled = IsRhythmSettled(leader),
        };
        var cue = _board.Offer(MostUrgent(moment));
        return new LiveSnapshot
        {
            Source = _setup.Source,
            Simulated = _setup.IsSimulated,
            Mode = _setup.Mode,
            Elapsed = elapsed,
            Target = _setup.Intervals == null ? _setup.Target : null,
            Interval = moment.Interval,
            CadenceStepsPerMinute = Measured(_session?.CadenceNowStepsPerMinute),
            ToeFirstPercent = Measured(_session?.ToeFirstPercent),
            Feet = [.. _feet.Values.OrderBy(foot => foot.Side == FootSide.Right).Select(foot => foot.Snapshot())],
            Strides = _strides,
            BeltMetersPerSecond = leader.Recent.BeltMetersPerSecond(),
            Rails = moment.Rails,
            IsRhythmSettled = moment.IsRhythmSettled,
            Link = _links.Count == 0 ? LinkState.Disconnected : _links.Values.MinBy(Goodness),
            BatteryPercent = _batteries.Count == 0 ? null : _batteries.Values.Min(),
            Cue = cue,
            IsPaused = IsPaused,
            KeepingWaits = KeepingWaits,
            WalkersMarks = _marks,
            ShowsKeys = ShowsKeys,
        };
    }

    private RailState RailsBy(Posture shoe) =>
        _rails.HasWrist ? _rails.Now
        : RailTrust != RailTrust.Everything || shoe == Posture.Unknown ? RailState.Unknown
        : new RailState(shoe, Measured(_rails.Shoe?.HeldPercent), RailSource.Shoe);

    private bool IsWalking => _feet.Values.Any(foot => foot.Recent.IsWalking);

    // The sensor measures by the walker's own threshold; by somebody else's it would be no help.
    private bool IsRhythmSettled(FootModel leader) =>
        RailTrust == RailTrust.Everything && (_session?.IsRhythmSettled == true || _rails.Shoe != null)
        ? _session?.IsRhythmSettled == true
        : leader.Coach.IsSettled;

    private static double? Measured(int? value) => value is null or Message.Missing ? null : value;

    private static FootSide SideOf(Placement placement) => placement switch
    {
        Placement.LeftShoe => FootSide.Left,
        Placement.RightShoe => FootSide.Right,
        _ => FootSide.Unknown,
    };

    private static int Goodness(LinkState link) => link switch
    {
        LinkState.Connected => 3,
        LinkState.Connecting => 2,
        LinkState.Reconnecting => 1,
        _ => 0,
    };

    private IntervalMoment? Interval() => _setup.Intervals is not { } intervals
        ? null
        : intervals.At(
            _begun is { } begun
                ? (_pausedAt is { } paused ? _time.GetElapsedTime(begun, paused) : _time.GetElapsedTime(begun))
                - _pauses : TimeSpan.Zero);

    /// <summary>Of what each foot's coach would say, the most urgent; of two alike the first foot's.</summary>
    private Cue MostUrgent(WalkMoment moment)
    {
        var (foot,
            cue) =
                _feet.Select(
                    one => (Foot: one.Value,
                        Cue: one.Value.Coach.Judge(moment with { LacksStrides = _lacking.GetValueOrDefault(one.Key) })))
                            .ToArray().MinBy(said => said.Cue.Kind);
        return _feet.Count > 1 && foot.Side != FootSide.Unknown
            && cue.Kind is CueKind.HeelFirst or CueKind.FootTilting or CueKind.LookAtClip
            ? cue with { Text = $"{(foot.Side == FootSide.Left ? "Left" : "Right")}: "
                + $"{char.ToLowerInvariant(cue.Text[0])}{cue.Text[1..]}" }
            : cue;
    }

    private FootModel Foot(int sensor)
    {
        if (!_feet.TryGetValue(sensor, out var foot))
        {
            // The foot that was there before anything came is the first sensor's; when that is a wrist, the first shoe
            // takes it over.
            if (!_hasFoot)
            {
                (foot, _) = (_feet.Values.First(), _feet.Remove(_feet.Keys.First()));
            }
            else
            {
                foot = new FootModel(_setup.Units, _time);
            }

            _feet[sensor] = foot;
        }

        _hasFoot = true;
        return foot;
    }
}
