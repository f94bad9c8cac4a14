using Backstep.Gait;
using Backstep.Walks.Rails;

namespace Backstep.Lab.Rails;

/// <summary>
/// The strides of a <see cref="RailWalker"/> as its shoe would tell them, one after another. On top of the walker's own
/// scatter comes the shoe's: contact and foot-off are found with an error, one stride in two hundred is missed, and
/// times come in whole 10 ms as far as the sensor rounds them.
/// </summary>
public sealed class RailStrides
{
    // What the engine's times miss by on simulated feet: see the page's full-chain figures.
    private const double ContactNoiseSeconds = 0.008;
    private const double ClearanceNoiseSeconds = 0.012;
    private const double AngleNoiseDegrees = 0.7;
    private const double MissedShare = 0.005;

    // Times carry over a few strides; the scatter itself wanders over a minute (assumed).
    private const double CarryOver = 0.8;
    private const double WanderDeviation = 0.08;
    private const double WanderStrides = 60;

    private readonly RailWalker _walker;
    private readonly RailChance _chance;
    private readonly double _stanceShare;
    private double _carriedStance, _carriedSwing, _wander, _contactNoise, _seconds;
    private int _walked;
    private uint _sequence;
    private bool _started;
    private double _since;

    /// <summary>From a standstill.</summary>
    /// <param name="walker">Who.</param>
    /// <param name="seed">Which chance.</param>
    public RailStrides(RailWalker walker, int seed)
    {
        _walker = walker;
        _chance = new RailChance(seed ^ 0x5EED, walker.Number);
        _stanceShare = Math.Clamp(0.735 - (0.08 * walker.SpeedMetersPerSecond), 0.62, 0.76);
    }

    /// <summary>Whether it is the day of the calibration, or another.</summary>
    public bool IsOtherDay { get; set; }

    /// <summary>The next stride.</summary>
    /// <param name="posture">Held or free.</param>
    /// <param name="speedFactor">Speed of the belt against the walker's own. Slower is less steady: scatter goes with
    /// 1/speed (assumed, after J NeuroEng Rehabil 2009 6:32).</param>
    public Stride Next(Posture posture, double speedFactor = 1)
    {
        var scatter = posture == Posture.Held ? _walker.Held : _walker.Free;
        double log = (IsOtherDay ? _walker.DayShift : 0) - (_walker.Practice * _walked / 600) + _wander;
        double factor = Math.Exp(log) / speedFactor;
        double mean = _walker.StrideSeconds * scatter.StrideTimeFactor / (0.5 + (0.5 * speedFactor));
        double stance = mean * _stanceShare * (1 + (scatter.StancePercent / 100 * factor * Draw(ref _carriedStance)));
        double swing = mean * (1 - _stanceShare)
            * (1 + (scatter.SwingPercent / 100 * factor * Draw(ref _carriedSwing)));
        _wander += (-_wander / WanderStrides) + (WanderDeviation * Math.Sqrt(2 / WanderStrides) * _chance.Normal());
        _walked++;

        double stride = Math.Max(0.3, stance + swing);
        _seconds += stride;
        _since += stride;
        double noise = ContactNoiseSeconds * _chance.Normal();
        if (_started && _chance.Happens(MissedShare))
        {
            return Next(posture, speedFactor);
        }

        double told = _since + noise - _contactNoise;
        double toldSwing = Math.Max(0.1, swing + noise + (ClearanceNoiseSeconds * _chance.Normal()));
        var made = new Stride(
            sequence: ++_sequence,
            contactMilliseconds: (uint)Math.Round((_seconds + noise) * 1000),
            direction: Direction.Backward,
            landing: Landing.Toe,
            posture: Posture.Unknown,
            confidencePercent: 95,
            footStrikeHalfDegrees: (int)Math.Round(2 * (-20 + Angle(scatter.StrikeDegrees))),
            tiltHalfDegrees: (int)Math.Round(2 * (4 + Angle(scatter.TiltDegrees))),
            strideMilliseconds: _started ? (int)Math.Round(told * 1000) : Stride.Missing,
            swingMilliseconds: (int)Math.Round(toldSwing * 1000),
            lengthMillimeters: (int)Math.Round(
                _walker.SpeedMetersPerSecond * speedFactor * _since * 1000 * (1 + (0.03 * _chance.Normal()))),
            impactTenthsG: 20,
            decisionMilliseconds: 100);
        _contactNoise = noise;
        _since = 0;
        _started = true;
        return made;
    }

    private double Angle(double deviation) =>
        Math.Sqrt((deviation * deviation) + (AngleNoiseDegrees * AngleNoiseDegrees)) * _chance.Normal();

    // Partly new, partly carried over; variance 1 in all.
    private double Draw(ref double carried)
    {
        carried = (CarryOver * carried) + (Math.Sqrt(1 - (CarryOver * CarryOver)) * _chance.Normal());
        return (Math.Sqrt(1 - _walker.Persistence) * _chance.Normal()) + (Math.Sqrt(_walker.Persistence) * carried);
    }
}
