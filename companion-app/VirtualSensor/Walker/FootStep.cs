namespace Backstep.VirtualSensor.Walker;

/// <summary>A pitch to be passed: degrees toes down and deg/s, at seconds since the foot began to lift.</summary>
internal readonly record struct PitchKnot(double Seconds, double Degrees, double Rate = 0);

/// <summary>
/// One movement of the foot from flat to flat: it rolls up over a pivot, leaves, swings, touches with another pivot,
/// rolls down over that. Any of the phases may be short. Everything that lifts a foot in a scenario is made of this.
/// </summary>
internal sealed record FootStep
{
    /// <summary>Rolling over the first pivot, s.</summary>
    public double LiftSeconds { get; init; }

    /// <summary>In the air, s.</summary>
    public double SwingSeconds { get; init; }

    /// <summary>From touch to flat, s.</summary>
    public double LoadSeconds { get; init; }

    /// <summary>Body point over which the foot leaves.</summary>
    public Vector3D LiftPivot { get; init; } = Shoe.Toes;

    /// <summary>Body point with which it touches.</summary>
    public Vector3D LandPivot { get; init; } = Shoe.Toes;

    /// <summary>From foot-flat to foot-flat on the surface, m.</summary>
    public Vector3D Travel { get; init; }

    /// <summary>Height of what the foot lands on, m: 0 the belt, some cm the side rails.</summary>
    public double GroundMeters { get; init; }

    /// <summary>Yaw at the end, degrees.</summary>
    public double YawDegrees { get; init; }

    /// <summary>Roll when the foot leaves, degrees.</summary>
    public double LiftRollDegrees { get; init; }

    /// <summary>Roll late in the swing, degrees.</summary>
    public double SwingRollDegrees { get; init; }

    /// <summary>Roll at touch, degrees.</summary>
    public double ContactRollDegrees { get; init; }

    /// <summary>Yaw when the foot leaves, on top of the yaw on the ground, degrees.</summary>
    public double LiftYawDegrees { get; init; }

    /// <summary>Yaw late in the swing, on top of the yaw at the end, degrees.</summary>
    public double SwingYawDegrees { get; init; }

    /// <summary>Extra sideways way in mid-swing, m to the left.</summary>
    public double ArcMeters { get; init; }

    /// <summary>Rise of the lowest part of the sole in mid-swing, m.</summary>
    public double ClearanceMeters { get; init; }

    /// <summary>Speed over the surface with which the foot touches, m/s; it slides a little to its place (Cham and
    /// Redfern 2002: heels do, some cm).</summary>
    public double SlideMetersPerSecond { get; init; }

    /// <summary>Largest acceleration of the impact burst, g.</summary>
    public double ImpactG { get; init; }

    /// <summary>How little a flat foot rests, degrees: it starts to roll up this much early, and still rolls this much
    /// when it has come down.</summary>
    public double UnrestDegrees { get; init; }

    /// <summary>Which way it then rolls, -1 to 1.</summary>
    public double UnrestSide { get; init; }

    /// <summary>How fast it still rolls off what it landed on when it is called flat, deg/s.</summary>
    public double LandingRollDps { get; init; }

    /// <summary>For how long that is even, s.</summary>
    public double LandingRollSeconds { get; init; }

    /// <summary>How fast it rolls onto what it leaves from before it lifts, deg/s.</summary>
    public double LiftingRollDps { get; init; }

    /// <summary>Pitch between flat and flat.</summary>
    public IReadOnlyList<PitchKnot> Pitch { get; init; } = [];

    /// <summary>Start of lift to foot-flat, s.</summary>
    public double Seconds => LiftSeconds + SwingSeconds + LoadSeconds;

    /// <summary>Writes the step into the body's tracks, beginning at a time at which the foot is flat.</summary>
    public void Write(Body body, double start)
    {
        double off = start + LiftSeconds, contact = off + SwingSeconds, flat = contact + LoadSeconds;
        StanceRoll.Write(body, this, start);
        WriteAngles(body, start, off, contact, flat);

        var origin = body.FlatPositionOf(Vector3D.Zero, start);
        body.LeaveGround(off);
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(YawDegrees));
        var pivot = new Vector3D((cos * LandPivot.X) - (sin * LandPivot.Y), (sin * LandPivot.X) + (cos * LandPivot.Y),
            0);
        var slide = Travel.Length > 0 ? Travel * (SlideMetersPerSecond / Travel.Length) : Vector3D.Zero;
        body.MeetGround(contact, LandPivot, (origin with { Z = GroundMeters }) + Travel + pivot, slide,
            contact + (0.5 * LoadSeconds));
        body.Hold(flat);
        WritePulses(body, off, contact);
    }

    private void WriteAngles(Body body, double start, double off, double contact, double flat)
    {
        foreach (var knot in Pitch)
        {
            body.Pitch.To(start + knot.Seconds, knot.Degrees, knot.Rate);
        }

        var way = -Math.Sign(body.Pitch.EndValue);
        body.Pitch.To(flat, -way * StanceRoll.DegreesLeft(LandingRollDps, LandingRollSeconds),
            LandingRollSeconds > 0 ? way * LandingRollDps : 0);

        var late = off + (0.65 * SwingSeconds);
        body.Roll.Hold(start);
        body.Roll.To(off, LiftRollDegrees);
        body.Roll.To(late, SwingRollDegrees);
        body.Roll.To(contact, ContactRollDegrees);
        body.Roll.To(flat, UnrestDegrees * UnrestSide);

        body.Yaw.Hold(start);
        body.Yaw.To(off, body.Yaw.EndValue + LiftYawDegrees);
        body.Yaw.To(late, YawDegrees + SwingYawDegrees);
        body.Yaw.To(contact, YawDegrees);
        body.Yaw.Hold(flat);
    }

    private void WritePulses(Body body, double off, double contact)
    {
        var lift = ClearanceMeters;
        for (var s = 0.1; s < 0.95; s += 0.05)
        {
            var weight = 64 * Math.Pow(s * (1 - s), 3);
            foreach (var corner in Shoe.Corners)
            {
                var height = body.PositionOf(corner, off + (s * SwingSeconds)).Z;
                lift = Math.Max(lift, ClearanceMeters - (height / weight));
            }
        }

        var (sin, cos) = Math.SinCos(double.DegreesToRadians(YawDegrees));
        body.Add(
            Pulse.Lift(off, SwingSeconds,
                new Vector3D(-sin * ArcMeters, cos * ArcMeters, Math.Min(lift, ClearanceMeters + 0.15))));
        if (ImpactG > 0)
        {
            var along = Travel.Length > 0 ? Travel * (-0.3 / Travel.Length) : Vector3D.Zero;
            body.Add(Pulse.Impact(contact, 0.05, (along with { Z = 0.95 }) * (ImpactG * Body.Gravity)));
        }
    }
}
