namespace Backstep.VirtualSensor.Walker;

/// <summary>Shuffles: small slides forward and back, the foot hardly lifted.</summary>
/// <param name="Seconds">At least how long.</param>
public sealed record Shuffle(double Seconds) : Segment
{
    /// <inheritdoc/>
    public override string Word => "shuffle";

    internal override void Play(Stage stage)
    {
        stage.Sway(0.3);
        var c = stage.RandomSource;
        for (var end = stage.Time + Seconds; stage.Time < end;)
        {
            var swing = c.Between(0.2, 0.4);
            stage.Step(new FootStep
            {
                LiftSeconds = 0.05,
                SwingSeconds = swing,
                LoadSeconds = 0.05,
                Travel = stage.Ahead(c.Between(-0.12, 0.12), c.Between(-0.03, 0.03)),
                YawDegrees = stage.HeadingDegrees + c.Between(-6, 6),
                ClearanceMeters = c.Between(0, 0.006),
                Pitch = [new(0.05 + (swing / 2), c.Between(-2, 4)), new(0.05 + swing, c.Between(-1, 1.5))],
            });
            stage.Rest(c.Between(0.15, 0.8));
        }
    }
}

/// <summary>Turns on the spot in small steps.</summary>
/// <param name="Degrees">How far, to the left positive.</param>
public sealed record Turn(double Degrees) : Segment
{
    /// <inheritdoc/>
    public override string Word => "turn";

    internal override void Play(Stage stage)
    {
        stage.Sway(0.12);
        stage.Rest(0.5);
        var c = stage.RandomSource;
        var steps = Math.Max(1, (int)Math.Ceiling(Math.Abs(Degrees) / 40));
        for (var i = 0; i < steps; i++)
        {
            // The foot is a hip's half width beside the axis of the turn, and swings around it.
            var before = stage.Ahead(0, 0.1 * stage.Outward);
            stage.HeadingDegrees += Degrees / steps;
            var swing = c.Between(0.35, 0.5);
            stage.Step(new FootStep
            {
                LiftSeconds = 0.12,
                SwingSeconds = swing,
                LoadSeconds = 0.08,
                Travel = stage.Ahead(c.Between(-0.03, 0.03), 0.1 * stage.Outward) - before,
                YawDegrees = stage.HeadingDegrees + c.Between(-4, 4),
                ClearanceMeters = c.Between(0.015, 0.04),
                ImpactG = c.Between(0.3, 1),
                Pitch = [new(0.12 + (0.3 * swing), c.Between(6, 16)), new(0.12 + swing, c.Between(-3, 3))],
            });
            stage.Rest(c.Between(0.4, 0.8));
        }
    }
}

/// <summary>Steps sideways, out and back.</summary>
/// <param name="Steps">How many in all.</param>
public sealed record SideStep(int Steps) : Segment
{
    /// <inheritdoc/>
    public override string Word => "side-step";

    internal override void Play(Stage stage)
    {
        stage.Sway(0.12);
        stage.Rest(0.5);
        for (var i = 0; i < Steps; i++)
        {
            stage.Step(Sideways(stage, (i / 4 % 2 == 0 ? 1 : -1) * stage.RandomSource.Between(0.2, 0.35), 0));
            stage.Rest(stage.RandomSource.Between(0.4, 0.8));
        }
    }

    /// <summary>A step to the left.</summary>
    internal static FootStep Sideways(Stage stage, double leftMeters, double groundMeters)
    {
        var c = stage.RandomSource;
        var swing = c.Between(0.35, 0.5);
        return new FootStep
        {
            LiftSeconds = 0.12,
            SwingSeconds = swing,
            LoadSeconds = 0.08,
            Travel = stage.Ahead(c.Between(-0.04, 0.04), leftMeters),
            GroundMeters = groundMeters,
            YawDegrees = stage.HeadingDegrees + c.Between(-3, 3),
            LiftRollDegrees = c.Between(-3, 3),
            SwingRollDegrees = c.Between(-6, 6),
            ClearanceMeters = c.Between(0.03, 0.06),
            ImpactG = c.Between(0.5, 1.5),
            Pitch = [new(0.12 + (0.3 * swing), c.Between(5, 14)), new(0.12 + swing, c.Between(-2, 4))],
        };
    }
}

/// <summary>From the belt onto the side rail: the belt may run on, the foot stands still.</summary>
/// <param name="RailMeters">Height of the rail over the belt, 0 to 0.08 m.</param>
public sealed record StepOff(double RailMeters = 0.03) : Segment
{
    /// <inheritdoc/>
    public override string Word => "step onto the rails";

    internal override void Play(Stage stage) => SideRailStep.Play(stage, stage.Outward * 0.28, RailMeters, 0);
}

/// <summary>From the side rail back onto the belt.</summary>
/// <param name="BeltMetersPerSecond">How fast the belt carries a foot on it away, m/s, in the walker's direction of
/// travel reversed.</param>
/// <param name="Backward">Whether the walker is about to go backward.</param>
public sealed record StepOn(double BeltMetersPerSecond = 0, bool Backward = true) : Segment
{
    /// <inheritdoc/>
    public override string Word => "step onto the belt";

    internal override void Play(Stage stage) =>
        SideRailStep.Play(stage, -stage.Outward * 0.28, 0, -stage.Ahead(Backward ? -1 : 1).X * BeltMetersPerSecond);
}

/// <summary>Between belt and rail, which move against each other: what carries the foot changes its velocity while the
/// foot is in the air.</summary>
internal static class SideRailStep
{
    public static void Play(Stage stage, double leftMeters, double groundMeters, double velocity)
    {
        stage.LastContact = null;
        var carrier = stage.Body.BeltVelocity;
        stage.Rest(Math.Max(0.3, carrier.EndTime - stage.Time));
        var step = SideStep.Sideways(stage, leftMeters, groundMeters);
        carrier.Hold(stage.Time + step.LiftSeconds);
        carrier.To(stage.Time + step.LiftSeconds + step.SwingSeconds, velocity);
        stage.Step(step);
        stage.Rest(0.4);
    }
}

/// <summary>The shoe in a hand: lifted, swung about as its carrier walks, and put down again.</summary>
/// <param name="Seconds">At least how long.</param>
public sealed record Carry(double Seconds) : Segment
{
    /// <summary>How high it is held at least and at most, m.</summary>
    public (double Least, double Most) HeightMeters { get; init; } = (0.35, 0.6);

    /// <summary>How far it gets with every swing of the arm, m; 0 for a shoe that is turned over in the
    /// hands.</summary>
    public double WayMeters { get; init; } = 0.4;

    /// <inheritdoc/>
    public override string Word => "carry";

    internal override void Play(Stage stage)
    {
        var (body, c) = (stage.Body, stage.RandomSource);
        stage.Sway(0);
        stage.Rest(0.6);
        var origin = body.PositionOf(Shoe.Ankle, stage.Time);
        var count = (int)(Seconds / 0.5);
        var previous = origin;
        var place = origin + new Vector3D(0, 0, 0.4);
        var (time, heading) = (stage.Time + 1, stage.HeadingDegrees);

        // The angles of the whole way first: leaving and meeting the ground ask for them.
        var end = time + (count * 0.5) + 1;
        foreach (var (track, flat, reach) in new[] { (body.Pitch, 0.0, 55), (body.Roll, 0.0, 40),
            (body.Yaw, heading, 50) })
        {
            track.Hold(stage.Time);
            for (var i = 0; i < count; i++)
            {
                track.To(time + (i * 0.5), flat + c.Between(-reach, reach));
            }

            track.To(end, flat);
        }

        body.LeaveGround(stage.Time);
        for (var i = 0; i < count; i++)
        {
            var swing =
                stage.Ahead((((i & 1) == 0 ? 0.6 : -0.6) * WayMeters) + (WayMeters * i) + c.Between(-0.02, 0.02),
                    c.Between(-0.1, 0.1));
            var next = origin + swing + new Vector3D(0, 0, c.Between(HeightMeters.Least, HeightMeters.Most));
            body.PassBy(time + (i * 0.5), place, (next - previous) * 0.5);
            (previous, place) = (place, next);
        }

        body.MeetGround(end, Shoe.Toes, (place with { Z = 0 }) + stage.Ahead(0.2), Vector3D.Zero, end + 0.1);
        stage.Time = end + 0.1;
        stage.Jolt(1.5);
        stage.Rest(1);
    }
}
