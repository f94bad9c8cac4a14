using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Walks.Rails;

/// <summary>What is said of the rails, and by whom.</summary>
/// <param name="Posture">Held, free or unknown.</param>
/// <param name="HeldPercent">Probability that they are held, or null when it cannot be told.</param>
/// <param name="Source">Who says so.</param>
public sealed record RailState(Posture Posture, double? HeldPercent, RailSource Source)
{
    /// <summary>Nobody can tell.</summary>
    public static RailState Unknown { get; } = new(Posture.Unknown, null, RailSource.None);
}

/// <summary>Who says something about the rails.</summary>
public enum RailSource
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The shoe alone.</summary>
    Shoe,

    /// <summary>Shoe and wrist together.</summary>
    ShoeAndWrist,
}

/// <summary>
/// Joins a shoe and a wrist, on one clock. Feet that step while the wrist stays still, in the pose that it had on the
/// rail: held. A wrist that moves with every stride: free. The wrist is quick, and decides; the shoe is slow, and can
/// only take away, once the wrist has said the same for longer than the shoe looks back: a wrist that swings while the
/// feet go as steadily as with a rail may have its other hand there, and then nothing is said.
/// </summary>
public sealed class RailFusion
{
    // Ours: a wrist that was not heard for six of its records (WristMeter: four a second) is not there.
    private const double FreshSeconds = 1.5;

    // Ours: one contact may be a knock; two are a stride.
    private const int StepsToBelieve = 2;

    // Three strides and a half: the shoe may miss two in between. Bounds for strides of 0.86 to 1.7 s, 140 to
    // 70 steps/min; slow walkers take 81 to 85 (J NeuroEng Rehabil 2024 21:29, table 3).
    private const double SteppingStrides = 3.5;
    private const double LeastSteppingSeconds = 3;
    private const double MostSteppingSeconds = 6;

    // How a wrist's features become odds; 4 is 98 %: a single window is never surer. Set on simulated arms and held by
    // 'backstep-lab rails --check', seeds 1, 11, 4711, 9103 and 9104 (README.md). Synthetic: no person's wrist.
    private const double StillnessWeight = 4;
    private const double MostOdds = 4;

    // Just where it was on the rail, a hand may give a little more (the other arm swings, say); away from there, it is
    // not on the rail however still it is. Set and held as above.
    private const double PoseOdds = 2;
    private const double SameDegrees = 10;
    private const double NearDegrees = 20;
    private const double DegreesPerOdd = 5;

    // The shoe looks back over 40 strides (RailEstimator.DefaultWindow): a minute, and half of one to be sure. It
    // weighs as much as the 90 % from which it says a word: ln(0.9 / 0.1) = 2.2.
    private const double ShoeLagSeconds = 90;
    private const double MostShoeOdds = 2.2;

    // Before a calibration, deg/s and g. Ours: assumed, as the arms are (VirtualSensor/Walker/Arm.cs).
    private const double UsualTurnLimitDps = 12;
    private const double UsualSwayLimitG = 0.03;

    // What a chip's own noise makes of a wrist that lies still: less tells nothing more (WristCalibration).
    private const double LeastTurnDps = 0.1;
    private const double LeastSwayG = 0.0005;

    private readonly WristWindow _window = new();
    private readonly SteadyPosture _said = new();
    private WristBaseline? _baseline;
    private RailEstimate? _shoe;
    private double _lastStep = double.NegativeInfinity, _lastWrist = double.NegativeInfinity,
        _doubted = double.NegativeInfinity;
    private double _stepping = LeastSteppingSeconds, _wristSince;
    private int _steps;
    private Posture _wristSays;
    private double? _odds;

    /// <summary>What the wrist did last.</summary>
    public WristFeatures? Features { get; private set; }

    /// <summary>Compares with this from now on; null: a still wrist then tells nothing, only a moving one
    /// does.</summary>
    public void Use(WristBaseline? baseline) => _baseline = baseline;

    /// <summary>A stride of the shoe, at its contact on the common clock.</summary>
    public void AddStride(double seconds)
    {
        double since = seconds - _lastStep;
        _steps = since > _stepping ? 1 : _steps + 1;
        _stepping = Math.Clamp(SteppingStrides * since, LeastSteppingSeconds, MostSteppingSeconds);
        _lastStep = Math.Max(_lastStep, seconds);
    }

    /// <summary>What the shoe says; null: nothing.</summary>
    public void AddEstimate(RailEstimate? estimate) => _shoe = estimate;

    /// <summary>The same, of the device's own estimator where it is fed here.</summary>
    public void AddEstimateOf(RailEstimator shoe) =>
        AddEstimate(
            new RailEstimate(shoe.Posture, shoe.Why, shoe.HeldPercent, shoe.Strides, false, Message.Missing, 0,
                Message.Missing));

    /// <summary>A record of the wrist, at its end on the common clock.</summary>
    public void AddWrist(WristMotion record, double seconds)
    {
        _lastWrist = seconds;
        Features = _window.Add(record);
        _odds = Features is { } features ? Odds(features) : null;
        Follow(seconds);
    }

    /// <summary>What can be said now.</summary>
    public RailState At(double seconds)
    {
        if (seconds - _lastWrist > FreshSeconds)
        {
            _said.Clear();
            return _shoe is { } shoe && IsStepping(seconds)
                ? new RailState(shoe.Posture, shoe.HeldPercent == Message.Missing ? null : shoe.HeldPercent,
                    shoe.Posture == Posture.Unknown ? RailSource.None : RailSource.Shoe)
                : RailState.Unknown;
        }

        return !IsStepping(seconds) || _odds is not { } odds
            ? RailState.Unknown
            : new RailState(_said.Posture, 100 * Probability(odds + ShoeOdds(seconds)), RailSource.ShoeAndWrist);
    }

    private bool IsStepping(double seconds) => _steps >= StepsToBelieve && seconds - _lastStep <= _stepping;

    private double? Odds(WristFeatures features)
    {
        // Before a calibration stillness alone proves nothing.
        double turnLimit = _baseline?.TurnLimitDps ?? UsualTurnLimitDps;
        double swayLimit = _baseline?.SwayLimitG ?? UsualSwayLimitG;
        double still = StillnessWeight
            * (Math.Log(turnLimit / Math.Max(features.TurnDps, LeastTurnDps))
                + Math.Log(swayLimit / Math.Max(features.SwayG, LeastSwayG)));
        if (_baseline is null)
        {
            return Math.Clamp(still, -MostOdds, 0);
        }

        double degrees = features.DegreesFrom(_baseline);
        double same = PoseOdds * Math.Clamp((NearDegrees - degrees) / (NearDegrees - SameDegrees), 0, 1);
        double away = Math.Max(degrees - NearDegrees, 0) / DegreesPerOdd;
        return Math.Clamp(Math.Min(still + same, MostOdds - away), -MostOdds, MostOdds);
    }

    // What the shoe says against the wrist, as odds; 0 when it says nothing, or the same.
    private double ShoeOdds(double seconds)
    {
        if (_shoe is not { HeldPercent: not Message.Missing } shoe || _wristSays == Posture.Unknown
            || seconds - _wristSince < ShoeLagSeconds)
        {
            return 0;
        }

        double held = Math.Clamp(shoe.HeldPercent / 100.0, 0.01, 0.99);
        double odds = Math.Clamp(Math.Log(held / (1 - held)), -MostShoeOdds, MostShoeOdds);
        return odds > 0 == (_wristSays == Posture.Held) ? 0 : odds;
    }

    private void Follow(double seconds)
    {
        if (_odds is not { } odds || !IsStepping(seconds))
        {
            _said.Clear();
            return;
        }

        var wrist = odds > 0 ? Posture.Held : odds < 0 ? Posture.Free : Posture.Unknown;
        if (wrist != _wristSays)
        {
            (_wristSays, _wristSince) = (wrist, seconds);
            _doubted = double.NegativeInfinity;
        }

        double shoe = ShoeOdds(seconds);
        _doubted = shoe != 0 ? seconds : _doubted;
        _said.Add(Probability(odds + shoe), seconds - _doubted < SteadyPosture.LeastSeconds, seconds);
    }

    private static double Probability(double odds) => 1 / (1 + Math.Exp(-odds));
}
