using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Rehearsal;

/// <summary>Notes what a simulated sensor told, and makes the summary of it.</summary>
public sealed class DemoRecorder
{
    // The first strides of a walk are not yet an average.
    private const double SettlingSeconds = 10;

    // Between foot-flat and the moment at which a session that counts it has been sent.
    private const double LongestReportDelaySeconds = 1.2;

    private readonly SimulatedWalk _walk;
    private readonly List<(StrideReceived Event, double AtSeconds)> _strides = [];
    private readonly List<(double AtSeconds, Session Session)> _sessions = [];
    private int? _battery;
    private int _runningSpeedMessages;
    private int _rejected;
    private int _lost;
    private int _linkLosses;
    private double? _downSince;
    private double _downSeconds;
    private double _clockOffsetSeconds;

    /// <summary>Of a walk that has not begun.</summary>
    public DemoRecorder(SimulatedWalk walk) => _walk = walk;

    /// <summary>The summary of the first seconds of the walk.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="seconds">How many.</param>
    /// <param name="totals">What of it counts.</param>
    /// <param name="incline">What the shoe measured; null when it could not.</param>
    public DemoJson Summarise(int seed, double seconds, SessionTotals totals, MeasuredIncline? incline)
    {
        var truth = _walk.Walker.Strides;
        var comparison = TruthComparison.Make(truth, _strides.Select(stride => stride.Event.Stride),
            _clockOffsetSeconds, seconds);
        var arrived = comparison.Strides.Select(stride => stride.Arrived).ToArray();
        var sessions = _sessions.Where(one => one.AtSeconds <= seconds).ToArray();
        var last = sessions.Length == 0 ? null : sessions[^1].Session;
        return new DemoJson(
            Scenario: _walk.Scenario.Name,
            Description: _walk.Scenario.Description,
            Seed: seed,
            Seconds: Math.Round(seconds, 3),
            Strides: new DemoStridesJson(
                comparison.Truth.Count,
                comparison.Strides.Count,
                comparison.Missing,
                comparison.Invented,
                _strides.Count(stride => stride.Event.IsReplayed),
                _lost),
            Direction: DirectionCounts.Of(arrived),
            Landing: LandingCounts.Of(arrived),
            DirectionAgainstTruth: new AgreementJson(
                comparison.Matched.Count(stride => stride.Arrived.Direction == stride.Truth!.Direction),
                comparison.Matched.Count(
                    stride => stride.Arrived.Direction != stride.Truth!.Direction
                        && stride.Arrived.Direction != Direction.Unknown),
                comparison.Matched.Count(stride => stride.Arrived.Direction == Direction.Unknown)),
            LandingAgainstTruth: new AgreementJson(
                comparison.Matched.Count(stride => stride.Arrived.Landing == stride.Truth!.Landing),
                comparison.Matched.Count(
                    stride => stride.Arrived.Landing != stride.Truth!.Landing
                        && stride.Arrived.Landing != Landing.Unknown),
                comparison.Matched.Count(stride => stride.Arrived.Landing == Landing.Unknown)),
            Cadence: Cadence(comparison, sessions, totals),
            Session: Session(last?.State, totals),
            Link: new DemoLinkJson(_linkLosses,
                Math.Round(_downSeconds + (_downSince is { } since ? seconds - since : 0), 1), _runningSpeedMessages,
                _rejected),
            BatteryPercent: _battery)
        {
            Incline = new DemoInclineJson(incline?.Percent, _walk.Walker.Settings.InclinePercent),
        };
    }

    /// <summary>Takes an event of the shoe.</summary>
    public void Apply(SensorEvent received)
    {
        double now = _walk.Elapsed.TotalSeconds;
        switch (received)
        {
            case StrideReceived stride:
                _strides.Add((stride, now));
                break;
            case SessionReceived session:
                _sessions.Add((now, session.Session));
                break;
            case BatteryReceived battery:
                _battery = battery.Percent;
                break;
            case RunningSpeedReceived:
                _runningSpeedMessages++;
                break;
            case PayloadRejected:
                _rejected++;
                break;
            case StridesLost lost:
                _lost += (int)(lost.LastSequence - lost.FirstSequence + 1);
                break;
            case ControlReplied { Reply: { Operation: (byte)ControlOperation.SetClock,
                Result: ControlResult.Success } reply }:
                _clockOffsetSeconds = now - (reply.Value / 1000.0);
                break;
            case LinkChanged { IsLoss: true }:
                _linkLosses++;
                _downSince ??= now;
                break;
            case LinkChanged { State: LinkState.Connected } when _downSince is { } since:
                _downSeconds += now - since;
                _downSince = null;
                break;
            default:
                break;
        }
    }

    private DemoCadenceJson Cadence(TruthComparison comparison, (double AtSeconds, Session Session)[] sessions,
        SessionTotals totals)
    {
        var times = comparison.Truth.Select(stride => stride.StrideSeconds).OfType<double>().ToArray();
        double? trueMean = times.Length == 0 ? null : 120 / times.Average();
        double? mean = Statistics.Round(totals.CadenceStepsPerMinute, 1);
        return new DemoCadenceJson(
            mean,
            Statistics.Round(trueMean, 1),
            Statistics.Round(mean - trueMean, 1),
            Statistics.Round(LargestCadenceError(sessions), 1));
    }

    /// <summary>
    /// The worst difference between the cadence that was shown and the true one, from ten seconds after the first
    /// contact on. A session sent just when a stride ends may or may not count it, so the nearer of the true values
    /// around that moment is taken.
    /// </summary>
    private double? LargestCadenceError((double AtSeconds, Session Session)[] sessions)
    {
        var truth = _walk.Walker.Strides;
        double? worst = null;
        foreach (var (at, session) in sessions)
        {
            if (truth.Count == 0 || at < truth[0].ContactSeconds + SettlingSeconds
                || session.CadenceNowStepsPerMinute is Message.Missing or 0)
            {
                continue;
            }

            double? error = null;
            for (int i = 0; i < truth.Count; i++)
            {
                if (truth[i].FootFlatSeconds <= at
                    && at - truth[i].FootFlatSeconds <= truth[i].StrideSeconds + LongestReportDelaySeconds
                    && TruthComparison.TrueCadence(truth, i) is { } cadence)
                {
                    double difference = Math.Abs(session.CadenceNowStepsPerMinute - cadence);
                    error = error is { } least ? Math.Min(least, difference) : difference;
                }
            }

            worst = error is { } found && (worst is not { } largest || found > largest) ? found : worst;
        }

        return worst;
    }

    private static DemoSessionJson Session(SessionState? state, SessionTotals totals) => new(
        state switch
        {
            SessionState.Active => "active",
            SessionState.Paused => "paused",
            SessionState.Ended => "ended",
            _ => "idle",
        },
        (int)totals.Elapsed.TotalSeconds,
        (int)totals.Active.TotalSeconds,
        (int?)Statistics.Round(totals.ToeFirstShare * 100, 0),
        (int?)Statistics.Round(totals.HeldShare * 100, 0),
        Statistics.Round(totals.DistanceMeters, 2));
}
