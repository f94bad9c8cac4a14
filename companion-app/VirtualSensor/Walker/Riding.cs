namespace Backstep.VirtualSensor.Walker;

/// <summary>Rides in a car, the foot on the floor: the floor speeds up, slows down and shakes, and now and then the
/// foot works a pedal.</summary>
/// <param name="Seconds">How long.</param>
public sealed record Ride(double Seconds) : Segment
{
    // A town: up to 50 km/h, never harder on the brake than 3 m/s2.
    private const double FastestMetersPerSecond = 14;
    private const double HardestMetersPerSecondSquared = 3;

    /// <inheritdoc/>
    public override string Word => "ride";

    internal override void Play(Stage stage)
    {
        var c = stage.RandomSource;
        var (start, end) = (stage.Time, stage.Time + Seconds);
        var floor = stage.Body.BeltVelocity;
        floor.Hold(start);
        var (time, speed) = (start, 0.0);
        while (time < end - 12)
        {
            var next = c.Between(0, FastestMetersPerSecond);

            // A smooth change peaks at about twice its mean acceleration.
            time += Math.Max(2.2 * Math.Abs(next - speed) / HardestMetersPerSecondSquared, 1);
            floor.To(time, next);
            time += c.Between(0.5, 3);
            floor.To(time, next);
            speed = next;
        }

        floor.To(Math.Max(end, time + (2.2 * speed / HardestMetersPerSecondSquared)), 0);
        stage.Sway(0.1);
        while (stage.Time < end)
        {
            stage.Rock(Shoe.Heel, -c.Between(4, 18), c.Between(-3, 3), c.Between(0.2, 0.6), c.Between(0.3, 3),
                c.Between(0.2, 0.6));
            stage.Rest(c.Between(0.3, 4));
        }

        stage.Rest(Math.Max(time + 10 - stage.Time, 1));
    }
}
