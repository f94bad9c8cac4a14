using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>Turns walk parameters into the step of one stride.</summary>
internal static class Stepping
{
    /// <summary>A step of the given stride time and length; variation of angles is drawn here, variation of time and
    /// length is the caller's.</summary>
    public static FootStep Make(WalkParameters walk, double strideSeconds, Vector3D travel, Stage stage)
    {
        var chance = stage.RandomSource;
        var strike = walk.FootStrikeDegrees + (walk.FootStrikeDeviationDegrees * chance.Scatter());
        var roll = -stage.Outward * (walk.TiltDegrees + (walk.TiltDeviationDegrees * chance.Scatter()));
        var swing = (1 - walk.StanceFraction) * strideSeconds;
        var speed = Math.Min(walk.SpeedMetersPerSecond, travel.Length / strideSeconds);
        var forward = walk.Direction == Direction.Forward;
        var (lift, load, pitch) = forward ? Forward(strideSeconds, swing, speed, strike)
            : Backward(strideSeconds, swing, speed, strike);

        // Push-off turns the foot about an oblique axis: everts it and turns the toes in; the swing takes that back and
        // more. Less so at low speed.
        var wobble = Math.Min(1.3, 0.3 + (0.6 * speed));
        return new FootStep
        {
            LiftSeconds = lift,
            SwingSeconds = swing,
            LoadSeconds = load,
            LiftPivot = forward ? Shoe.Toes : Shoe.Heel,
            LandPivot = Shoe.Edge(strike > 0 ? Shoe.Heel : Shoe.Toes, roll),
            Travel = travel,
            YawDegrees = stage.HeadingDegrees + (stage.Outward * walk.ToeOutDegrees) + (1.2 * chance.Scatter()),
            LiftRollDegrees = stage.Outward * wobble * (6 + chance.Scatter()),
            SwingRollDegrees = -stage.Outward * wobble * (10 + (2 * chance.Scatter())),
            ContactRollDegrees = roll,
            LiftYawDegrees = -stage.Outward * wobble * (7 + chance.Scatter()),
            SwingYawDegrees = stage.Outward * wobble * (7 + (2 * chance.Scatter())),
            ArcMeters = stage.Outward * 0.015,
            ClearanceMeters = walk.ClearanceMeters * (1 + (0.15 * chance.Scatter())),
            SlideMetersPerSecond = 0.35 * speed,
            ImpactG = walk.ImpactG * Math.Max(0.4, 1 + (0.2 * chance.Scatter())),
            UnrestDegrees = walk.UnrestDegrees,
            UnrestSide = chance.Between(-1, 1),
            LandingRollDps = walk.LandingRollDps,
            LandingRollSeconds = StanceRoll.LandingSeconds(walk.LandingRollDps, strideSeconds - lift - swing - load,
                strike),
            LiftingRollDps = walk.LiftingRollDps,
            Pitch = pitch,
        };
    }

    /// <summary>
    /// Heel-rise over the toes in a growing rush, toes highest up behind just after foot-off, then up through the swing
    /// at an almost even rate, toe drop. Shares of the stride and the 64 degrees at 1.3 m/s are those of the recordings
    /// of one healthy adult (gaitmap example data).
    /// </summary>
    private static (double Lift, double Load, PitchKnot[] Pitch) Forward(double stride, double swing, double speed,
        double strike)
    {
        double lift = 0.2 * stride, fall = Math.Max(0.045 * stride, 0.04);
        var top = Math.Min(35 + (22 * speed), 70);
        var topAt = lift + fall;
        var rush = 2 * top / topAt;
        var contact = lift + swing;
        var down = contact - topAt;
        var even = (top + strike) / (0.75 * down);
        var load = Math.Clamp(0.1 * stride, 0.04, 0.16);
        return (lift, load,
        [
            new(lift, top - (rush * fall / 2), rush),
            new(topAt, top),
            new(topAt + (0.25 * down), top - (0.125 * down * even), -even),
            new(topAt + (0.75 * down), (0.125 * down * even) - strike, -even),
            new(contact, -strike),
        ]);
    }

    /// <summary>
    /// Toes come up over the heel, go down through the swing to the contact, and the foot rolls down over what touched:
    /// the reverse of forward in order (Winter 1989), with the smaller angles of the slower walk.
    /// </summary>
    private static (double Lift, double Load, PitchKnot[] Pitch) Backward(double stride, double swing, double speed,
        double strike)
    {
        var lift = 0.12 * stride;
        var lowAt = lift + (0.02 * stride);
        var low = -(11 + (11 * speed));
        var contact = lift + swing;
        var load = Math.Clamp(stride * (0.09 + (0.004 * Math.Abs(strike))), 0.06, 0.26);
        // The ground turns the pitch at contact, on the toes as on the heel.
        return strike < 0
            ? (lift, load, [new(lowAt, low), new(contact, -strike)])
            : (lift, load, [new(lowAt, low), new(lowAt + (0.5 * (contact - lowAt)), 3), new(contact, -strike)]);
    }
}
