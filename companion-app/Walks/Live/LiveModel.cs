using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Rails;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Live;

/// <summary>Keeps what the live view shows: events in, a snapshot out. Knows nothing of terminals.</summary>
public sealed class LiveModel
{
    private readonly LiveSetup _setup;
    private readonly TimeProvider _time;
    private readonly CueBoard _board;
    private readonly SessionRecorder _walk;
    private readonly InclineWatch _incline;
    private bool _knowsIncline;
    private readonly SortedDictionary<int, FootModel> _feet = [];
    private readonly SortedDictionary<int, LinkState> _links = [];
    private readonly SortedDictionary<int, int> _batteries = [];
    private Session? _session;
    private readonly Dictionary<int, bool> _lacking = [];
    private bool _hasFoot;
    private int _marks;
    private bool? _markedQuiet;
    private int _markedSession;
    private DateTimeOffset? _begun;

    /// <summary>A model of nothing yet.</summary>
    /// <param name="setup">What is known before the first step.</param>
    /// <param name="walk">What counts: its figures, its pauses and its rails are shown.</param>
    /// <param name="time">The clock of the walk.</param>
    public LiveModel(LiveSetup setup, SessionRecorder walk, TimeProvider time)
    {
        _setup = setup;
        _walk = walk;
        _time = time;
        _board = new CueBoard(time);
        _incline = new InclineWatch(setup.InclineDosePercent);
        _feet[0] = new FootModel(setup, time);
    }

    /// <summary>What counts.</summary>
    public SessionRecorder Walk => _walk;

    /// <summary>Whether the sensor says that the session has ended.</summary>
    public bool HasEnded => _session?.State == SessionState.Ended;

    /// <summary>Whether the list of keys is asked for.</summary>
    public bool ShowsKeys { get; set; }

    /// <summary>Takes an event.</summary>
    /// <param name="received">The event.</param>
    /// <param name="sensor">Which of the walker's sensors told it, from 0.</param>
    /// <param name="placement">Where that one is worn, as far as is known.</param>
    /// <param name="isLeader">Whether its session is the one that is shown.</param>
    public void Apply(SensorEvent received, int sensor = 0, Placement placement = Placement.Unknown,
        bool isLeader = true)
    {
        _walk.Apply(sensor, received);
        switch (received)
        {
            case StrideReceived stride when placement != Placement.Wrist:
                var foot = Foot(sensor);
                foot.Side = SideOf(placement);
                foot.Add(stride, _walk.IsPaused);
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
                _begun ??= link.State == LinkState.Connected ? _walk.Now : null;
                break;
            default:
                break;
        }
    }

    /// <summary>Counts a moment that the walker marked.</summary>
    public void Mark()
    {
        _marks++;
        _walk.Mark(MarkKind.Walker);
    }

    /// <summary>What there is to show now. Also moves the cue on: call it a few times a second.</summary>
    public LiveSnapshot Snapshot()
    {
        var leader = _feet.Values.First();
        var totals = _walk.Totals;
        var moment = new WalkMoment
        {
            Mode = _setup.Mode,
            Walked = totals.Active,
            Target = _setup.Intervals == null ? _setup.Target : null,
            IsPaused = _walk.IsPaused,
            Interval = Interval(),
            Rails = _walk.Rails.Now.Posture,
            IsRhythmSettled = IsRhythmSettled(leader),
            IsQuiet = IsQuiet(totals.Active),
            IsBandWide = _setup.Feedback?.IsBandWide == true,
        };
        MarkQuiet(moment.IsQuiet);
        double? incline = _walk.Incline.Now;
        _knowsIncline |= incline != null;
        var cue = _board.Offer(MostUrgent(moment with { Incline = _incline.CueFor(moment, incline) }));
        _incline.Saw(cue, totals.Active);
        return new LiveSnapshot
        {
            Source = _setup.Source,
            Simulated = _setup.IsSimulated,
            Warning = _setup.Warning,
            BeltLimitMetersPerSecond = _setup.BeltLimitMetersPerSecond,
            IsQuiet = moment.IsQuiet,
            Mode = _setup.Mode,
            Walked = totals.Active,
            Target = moment.Target,
            Interval = moment.Interval,
            CadenceStepsPerMinute = Measured(_session?.CadenceNowStepsPerMinute),
            ToeFirstPercent = totals.ToeFirstShare * 100,
            Feet = [.. _feet.Values.OrderBy(foot => foot.Side == FootSide.Right).Select(foot => foot.Snapshot())],
            Strides = totals.Strides,
            BeltMetersPerSecond = leader.Recent.BeltMetersPerSecond(),
            InclinePercent = incline,
            KnowsIncline = _knowsIncline,
            Rails = moment.Rails,
            IsRhythmSettled = moment.IsRhythmSettled,
            Link = _links.Count == 0 ? LinkState.Disconnected : _links.Values.MinBy(Goodness),
            BatteryPercent = _batteries.Count == 0 ? null : _batteries.Values.Min(),
            Cue = cue,
            IsPaused = _walk.IsPaused,
            KeepingWaits = _walk.Trouble != null,
            WalkersMarks = _marks,
            ShowsKeys = ShowsKeys,
        };
    }

    /// <summary>Keeps with the session when there were cues on form: at its beginning, and whenever that changes. A
    /// session that begins later begins anew.</summary>
    private void MarkQuiet(bool isQuiet)
    {
        if (_setup.Feedback == null || _walk.Kept.Count == 0
            || (_markedQuiet == isQuiet && _markedSession == _walk.Kept.Count))
        {
            return;
        }

        (_markedQuiet, _markedSession) = (isQuiet, _walk.Kept.Count);
        _walk.Mark(isQuiet ? MarkKind.CuesQuiet : MarkKind.CuesOn);
    }

    private bool IsQuiet(TimeSpan walked) => _setup.Feedback is { } feedback
        && (Interval() is { } interval ? feedback.IsQuiet(interval.Number) : feedback.IsQuiet(walked));

    // The sensor measures by the walker's own threshold; by somebody else's it would be no help.
    private bool IsRhythmSettled(FootModel leader) =>
        _walk.Rails.Trust == RailTrust.Everything && (_session?.IsRhythmSettled == true || _walk.Rails.IsShoeTrusted)
        ? _session?.IsRhythmSettled == true
        : leader.Recent.IsRhythmSettled;

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

    private IntervalMoment? Interval() =>
        _setup.Intervals?.At(_begun is { } begun ? _walk.WalkedSince(begun) : TimeSpan.Zero);

    /// <summary>Of what each foot's coach would say, the most urgent; of two alike the first foot's.</summary>
    private Cue MostUrgent(WalkMoment moment)
    {
        var (foot,
            cue) =
                _feet.Select(
                    one => (Foot: one.Value,
                        Cue: one.Value.Coach.Judge(moment with { LacksStrides = _lacking.GetValueOrDefault(one.Key) })))
                            .ToArray().MinBy(said => (said.Cue.Kind, said.Cue.Tone));
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
                foot = new FootModel(_setup, _time);
            }

            _feet[sensor] = foot;
        }

        _hasFoot = true;
        return foot;
    }
}
