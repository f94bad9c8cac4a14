using System.Globalization;
using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>How somebody walks at one speed. Ranges are those in which the curves stay those of a human foot; they are
/// checked.</summary>
public sealed record WalkParameters
{
    /// <summary>Forward or backward.</summary>
    public Direction Direction { get; init; } = Direction.Backward;

    /// <summary>Which part of the foot touches first.</summary>
    public Landing Landing { get; init; } = Landing.Toe;

    /// <summary>Speed against the belt (or the ground), m/s: 0.1 to 1.3 backward, 0.1 to 1.6 walking forward, up to 2.8
    /// for an easy forward run.</summary>
    public double SpeedMetersPerSecond { get; init; } = 0.7;

    /// <summary>Steps of both feet, 1/min: 50 to 120 walking, up to 180 running.</summary>
    public double CadenceStepsPerMinute { get; init; } = 90;

    /// <summary>Share of the stride on the ground, 0.55 to 0.78 walking, 0.34 to 0.45 running.</summary>
    public double StanceFraction { get; init; } = 0.68;

    /// <summary>Mean foot strike angle, degrees, toes up positive, -35 to 30.</summary>
    public double FootStrikeDegrees { get; init; } = -20;

    /// <summary>Mean mediolateral tilt at contact, degrees, inversion positive, -15 to 15.</summary>
    public double TiltDegrees { get; init; } = 4;

    /// <summary>How far the lowest part of the sole rises in mid-swing, m, 0.01 to 0.12.</summary>
    public double ClearanceMeters { get; init; } = 0.04;

    /// <summary>Toes pointing outward from the line of travel, degrees, -10 to 20.</summary>
    public double ToeOutDegrees { get; init; } = 6;

    /// <summary>Largest acceleration of the impact burst at the foot, g, 0 to 14, before the chip's low-pass.</summary>
    public double ImpactG { get; init; } = 2.5;

    /// <summary>Coefficient of variation of stride time, %, 0 to 12.</summary>
    public double StrideTimeVariationPercent { get; init; } = 4;

    /// <summary>Coefficient of variation of stride length beyond what stride time brings, %, 0 to 12.</summary>
    public double LengthVariationPercent { get; init; } = 3;

    /// <summary>Standard deviation of foot strike angle, degrees, 0 to 8.</summary>
    public double FootStrikeDeviationDegrees { get; init; } = 2;

    /// <summary>Standard deviation of tilt, degrees, 0 to 5.</summary>
    public double TiltDeviationDegrees { get; init; } = 1.5;

    /// <summary>How far a flat foot is from rest, degrees, 0 to 2: it comes off the ground hesitantly and settles after
    /// it came down. The recordings show about 1.</summary>
    public double UnrestDegrees { get; init; }

    /// <summary>
    /// How fast the foot still rolls off the part that it landed on when it is called flat, deg/s, 0 to 40: evenly, for
    /// a tenth of a second or more, as far as its landing leaves it to roll. In real stances the rate is 6 to 35 deg/s
    /// and never 0 (13.5 deg/s over 300 ms in the gait-driven-inertial-navigation set).
    /// </summary>
    public double LandingRollDps { get; init; }

    /// <summary>How fast the flat foot already rolls onto the part that it leaves from, deg/s, 0 to 40: evenly, up to
    /// the lift.</summary>
    public double LiftingRollDps { get; init; }

    /// <summary>Stride time in s: two steps.</summary>
    public double StrideSeconds => 120 / CadenceStepsPerMinute;

    /// <summary>Mean stride length in m.</summary>
    public double StrideMeters => SpeedMetersPerSecond * StrideSeconds;

    /// <summary>
    /// Backward, toes first, at a speed of 0.3 to 1.3 m/s. Cadence as forward, strides shorter, longer on the ground
    /// (Laufer 2005), toes 10 to 30 degrees down at contact, twice to three times as unsteady as forward.
    /// </summary>
    public static WalkParameters Backward(double speedMetersPerSecond) => new()
    {
        SpeedMetersPerSecond = speedMetersPerSecond,
        CadenceStepsPerMinute = Math.Clamp(57 + (46 * speedMetersPerSecond), 50, 118),
        StanceFraction = Math.Clamp(0.735 - (0.08 * speedMetersPerSecond), 0.62, 0.76),
        FootStrikeDegrees = -(14 + (10 * speedMetersPerSecond)),
        ImpactG = 1 + (2 * speedMetersPerSecond),
        StrideTimeVariationPercent = 5,
    };

    /// <summary>Forward, heel first, at a walking speed of 0.3 to 1.6 m/s.</summary>
    public static WalkParameters Forward(double speedMetersPerSecond) => new()
    {
        Direction = Direction.Forward,
        Landing = Landing.Heel,
        SpeedMetersPerSecond = speedMetersPerSecond,
        CadenceStepsPerMinute = Math.Clamp(58 + (41 * speedMetersPerSecond), 50, 120),
        StanceFraction = Math.Clamp(0.72 - (0.065 * speedMetersPerSecond), 0.6, 0.72),
        FootStrikeDegrees = 10 + (7 * speedMetersPerSecond),
        ClearanceMeters = 0.025,
        ImpactG = 2 + (5 * speedMetersPerSecond),
        StrideTimeVariationPercent = 2,
        LengthVariationPercent = 2,
        FootStrikeDeviationDegrees = 1.2,
    };

    /// <summary>An easy forward run at 1.8 to 2.8 m/s: shorter on the ground than in the air.</summary>
    public static WalkParameters Run(double speedMetersPerSecond) => Forward(speedMetersPerSecond) with
    {
        CadenceStepsPerMinute = 145 + (8 * speedMetersPerSecond),
        StanceFraction = 0.38,
        FootStrikeDegrees = 12,
        ClearanceMeters = 0.06,
        ImpactG = 12,
    };

    /// <summary>
    /// The same walker with a stance that rolls, as a clip at that place feels it. The shoe bends at the toes: a heel
    /// clip feels the heel, which is the first to come up forward and the last to come down backward, while the toes
    /// lie flat; a toe clip feels the toes, of which the opposite is true; between them both.
    /// </summary>
    public WalkParameters Rolling(double degreesPerSecond, SensorPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var forward = Direction == Direction.Forward;
        bool heel = place.PositionMeters.X < 0.05, toes = place.PositionMeters.X > 0.2;
        return this with
        {
            LandingRollDps = forward ? (heel ? 0 : degreesPerSecond) : (toes ? 0 : degreesPerSecond),
            LiftingRollDps = forward ? (toes ? 0 : degreesPerSecond) : (heel ? 0 : degreesPerSecond),
        };
    }

    /// <summary>The same walker landing on another part of the foot, with an angle that fits it.</summary>
    public WalkParameters LandingOn(Landing landing) => this with
    {
        Landing = landing,
        FootStrikeDegrees = landing switch
        {
            Landing.Toe => Direction == Direction.Backward ? -(14 + (10 * SpeedMetersPerSecond)) : -8,
            Landing.Heel => Direction == Direction.Backward ? 9 : 10 + (7 * SpeedMetersPerSecond),
            _ => 0,
        },
        FootStrikeDeviationDegrees = landing == Landing.Flat ? 0.7 : FootStrikeDeviationDegrees,
    };

    /// <summary>Steadier, as with a hand on the rail: stride-time variation times 0.6, cadence a little lower (8.6 to
    /// 5.2 %, 85 to 81 steps/min; J NeuroEng Rehabil 2024 21:29).</summary>
    public WalkParameters RailsHeld() => this with
    {
        StrideTimeVariationPercent = StrideTimeVariationPercent * 5.2 / 8.6,
        CadenceStepsPerMinute = CadenceStepsPerMinute * 81 / 85,
        LengthVariationPercent = LengthVariationPercent * 5.2 / 8.6,
    };

    /// <summary>Throws if a number lies outside its range.</summary>
    public void Check()
    {
        Within(SpeedMetersPerSecond, 0.1, Direction == Direction.Backward ? 1.4 : 2.9, nameof(SpeedMetersPerSecond));
        Within(CadenceStepsPerMinute, 45, 180, nameof(CadenceStepsPerMinute));
        Within(StanceFraction, 0.34, 0.78, nameof(StanceFraction));
        Within(FootStrikeDegrees, -35, 30, nameof(FootStrikeDegrees));
        Within(TiltDegrees, -15, 15, nameof(TiltDegrees));
        Within(ClearanceMeters, 0.005, 0.12, nameof(ClearanceMeters));
        Within(ToeOutDegrees, -10, 20, nameof(ToeOutDegrees));
        Within(ImpactG, 0, 14, nameof(ImpactG));
        Within(StrideTimeVariationPercent, 0, 12, nameof(StrideTimeVariationPercent));
        Within(LengthVariationPercent, 0, 12, nameof(LengthVariationPercent));
        Within(FootStrikeDeviationDegrees, 0, 8, nameof(FootStrikeDeviationDegrees));
        Within(TiltDeviationDegrees, 0, 5, nameof(TiltDeviationDegrees));
        Within(UnrestDegrees, 0, 2, nameof(UnrestDegrees));
        Within(LandingRollDps, 0, 40, nameof(LandingRollDps));
        Within(LiftingRollDps, 0, 40, nameof(LiftingRollDps));
        if (Direction == Direction.Unknown || Landing == Landing.Unknown)
        {
            throw new ArgumentException("A walk has a direction and a landing.");
        }
    }

    private static void Within(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value,
                string.Create(CultureInfo.InvariantCulture, $"Must lie between {low} and {high}."));
        }
    }

    /// <summary>Part of the way to other parameters, 0 to 1: the numbers between, direction and landing those of the
    /// nearer.</summary>
    public WalkParameters Towards(WalkParameters other, double part)
    {
        double Mix(Func<WalkParameters, double> of) => of(this) + ((of(other) - of(this)) * part);
        return (part < 0.5 ? this : other) with
        {
            SpeedMetersPerSecond = Mix(p => p.SpeedMetersPerSecond),
            CadenceStepsPerMinute = Mix(p => p.CadenceStepsPerMinute),
            StanceFraction = Mix(p => p.StanceFraction),
            FootStrikeDegrees = Mix(p => p.FootStrikeDegrees),
            TiltDegrees = Mix(p => p.TiltDegrees),
            ClearanceMeters = Mix(p => p.ClearanceMeters),
            ToeOutDegrees = Mix(p => p.ToeOutDegrees),
            ImpactG = Mix(p => p.ImpactG),
            StrideTimeVariationPercent = Mix(p => p.StrideTimeVariationPercent),
            LengthVariationPercent = Mix(p => p.LengthVariationPercent),
            FootStrikeDeviationDegrees = Mix(p => p.FootStrikeDeviationDegrees),
            TiltDeviationDegrees = Mix(p => p.TiltDeviationDegrees),
            LandingRollDps = Mix(p => p.LandingRollDps),
            LiftingRollDps = Mix(p => p.LiftingRollDps),
        };
    }
}
