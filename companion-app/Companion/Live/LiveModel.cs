using Backstep.Companion.Bluetooth;
using Backstep.Companion.Coaching;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Companion.Live;

/// <summary>Keeps what the live view shows: events in, a snapshot out. Knows nothing of terminals.</summary>
public sealed class LiveModel
{
    private readonly string _source;
    private readonly bool _simulated;
    private readonly TimeSpan? _target;
    private readonly RecentStrides _recent;
    private readonly Coach _coach;
    private readonly CueBoard _board;
    private readonly List<StepMark> _marks = [];
    private Session? _session;
    private int? _battery;
    private int _strides;
    private Posture _rails;
    private LinkState _link = LinkState.Disconnected;

    /// <summary>A model of nothing yet.</summary>
    /// <param name="source">Who is followed.</param>
    /// <param name="simulated">Whether that is no real person.</param>
    /// <param name="target">How long the session shall be, if that was set.</param>
    /// <param name="units">For cues that name a speed.</param>
    /// <param name="time">The clock of cues and pauses.</param>
    public LiveModel(string source, bool simulated, TimeSpan? target, Units units, TimeProvider time)
    {
        _source = source;
        _simulated = simulated;
        _target = target;
        _recent = new RecentStrides(time);
        _coach = new Coach(_recent, units);
        _board = new CueBoard(time);
    }

    /// <summary>Takes an event.</summary>
    public void Apply(SensorEvent received)
    {
        switch (received)
        {
            case StrideReceived stride:
                Add(stride);
                break;
            case SessionReceived session:
                _session = session.Session;
                break;
            case BatteryReceived battery:
                _battery = battery.Percent;
                break;
            case LinkChanged link:
                _link = link.State;
                break;
            default:
                break;
        }
    }

    /// <summary>What there is to show now. Also moves the cue on: call it a few times a second.</summary>
    public LiveSnapshot Snapshot()
    {
        var elapsed = TimeSpan.FromSeconds(_session?.ElapsedSeconds ?? 0);
        var cue = _board.Offer(_coach.Judge(_target is { } target && elapsed >= target));
        return new LiveSnapshot
        {
            Source = _source,
            Simulated = _simulated,
            Elapsed = elapsed,
            Target = _target,
            CadenceStepsPerMinute = Measured(_session?.CadenceNowStepsPerMinute),
            ToeFirstPercent = Measured(_session?.ToeFirstPercent),
            Marks = _marks.ToArray(),
            Strides = _strides,
            FootStrikeDegrees = _recent.FootStrikeDegrees(),
            TiltDegrees = _recent.TiltDegrees(),
            BeltMetersPerSecond = _recent.BeltMetersPerSecond(),
            Rails = _recent.IsWalking ? _rails : Posture.Unknown,
            IsRhythmSettled = _session?.IsRhythmSettled == true || _coach.IsSettled,
            Link = _link,
            BatteryPercent = _battery,
            Cue = cue,
        };
    }

    private static double? Measured(int? value) => value is null or Message.Missing ? null : value;

    private void Add(StrideReceived received)
    {
        _strides++;
        _rails = received.Stride.Posture;
        _marks.Add(StepMarks.Of(received.Stride));
        if (_marks.Count > StepMarks.Shown)
        {
            _marks.RemoveAt(0);
        }

        // What was walked minutes ago is counted, but nobody is corrected for it now.
        if (!received.IsReplayed)
        {
            _recent.Add(received.Stride);
        }
    }
}
