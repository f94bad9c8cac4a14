namespace Backstep.VirtualSensor.Walker;

/// <summary>Stands still but for sway.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="SwayDegrees">Amplitude of the foot's sway, 0 to 1 degree.</param>
public sealed record Stand(double Seconds, double SwayDegrees = 0.12) : Segment
{
    /// <inheritdoc/>
    public override string Word => "stand";

    internal override void Play(Stage stage)
    {
        stage.Sway(SwayDegrees);
        stage.Rest(Seconds);
    }
}

/// <summary>Stands and shifts the weight about: the foot rocks over its edges, the heel or the toes come up a
/// little.</summary>
/// <param name="Seconds">At least how long.</param>
public sealed record ShiftWeight(double Seconds) : Segment
{
    /// <inheritdoc/>
    public override string Word => "shift weight";

    internal override void Play(Stage stage)
    {
        stage.Sway(0.3);
        for (var end = stage.Time + Seconds; stage.Time < end;)
        {
            var c = stage.RandomSource;
            var heelUp = c.Even() < 0.6;
            stage.Rock(
                heelUp ? Shoe.Toes : Shoe.Heel, heelUp ? c.Between(0.5, 8)
                    : -c.Between(0.5, 4), c.Between(-5, 5), c.Between(0.4, 0.9), c.Between(0.2, 1.5),
                    c.Between(0.4, 0.9));
            stage.Rest(c.Between(0.2, 1.2));
        }
    }
}

/// <summary>Taps the floor in bars of some seconds, with the toes (the heel stays) or with the heel (the toes
/// stay).</summary>
/// <param name="Seconds">At least how long.</param>
/// <param name="Heel">Whether the heel taps.</param>
public sealed record Tap(double Seconds, bool Heel = false) : Segment
{
    /// <inheritdoc/>
    public override string Word => Heel ? "tap heel" : "tap toes";

    internal override void Play(Stage stage)
    {
        var c = stage.RandomSource;
        for (var end = stage.Time + Seconds; stage.Time < end;)
        {
            var beat = c.Between(0.35, 0.8);
            for (var i = c.Between(4, 10); i > 0; i--)
            {
                stage.Rock(Heel ? Shoe.Toes : Shoe.Heel, Heel ? c.Between(10, 25) : -c.Between(8, 20),
                    c.Between(-2, 2), 0.5 * beat, 0.05 * beat, 0.3 * beat);
                stage.Jolt(c.Between(0.5, 2));
                stage.Rest(0.15 * beat);
            }

            stage.Rest(c.Between(1, 3));
        }
    }
}

/// <summary>Rises on the toes and comes down, the gesture of the mount calibration.</summary>
/// <param name="Times">How often.</param>
public sealed record RiseOnToes(int Times = 3) : Segment
{
    /// <inheritdoc/>
    public override string Word => "rise on toes";

    internal override void Play(Stage stage)
    {
        var c = stage.RandomSource;
        for (var i = 0; i < Times; i++)
        {
            stage.Rock(Shoe.Toes, c.Between(25, 35), c.Between(-2, 2), c.Between(0.5, 0.8), c.Between(0.3, 0.8),
                c.Between(0.5, 0.8));
            stage.Rest(c.Between(0.6, 1.2));
        }
    }
}

/// <summary>Sits: the foot lies on its heel or stands flat, and moves now and then.</summary>
/// <param name="Seconds">At least how long.</param>
public sealed record Sit(double Seconds) : Segment
{
    /// <inheritdoc/>
    public override string Word => "sit";

    internal override void Play(Stage stage)
    {
        stage.Sway(0.05);
        for (var end = stage.Time + Seconds; stage.Time < end;)
        {
            var c = stage.RandomSource;
            stage.Rock(Shoe.Heel, -c.Between(5, 30), c.Between(-12, 12), c.Between(0.5, 1.5), c.Between(1, 6),
                c.Between(0.5, 1.5));
            stage.Rest(c.Between(0.5, 4));
        }
    }
}
