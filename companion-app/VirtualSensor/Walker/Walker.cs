using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>Who walks and what with: all that does not change within a scenario.</summary>
public sealed record WalkerSettings
{
    /// <summary>Every random number follows from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The foot that wears the sensor.</summary>
    public FootSide Side { get; init; } = FootSide.Right;

    /// <summary>Slope of the surface, %, -3 to 15: up the x axis of its frame.</summary>
    public double InclinePercent { get; init; }

    /// <summary>Which way the walker faces at the start, degrees left of uphill: 0 forward walkers, 180 backward
    /// walkers on a treadmill.</summary>
    public double HeadingDegrees { get; init; }

    /// <summary>What the running belt's motor and joints shake into a foot on it at 1 m/s, g, 0 to 0.1.</summary>
    public double BeltVibrationG { get; init; }

    /// <summary>Where the chip sits.</summary>
    public SensorPlace Place { get; init; } = SensorPlace.Laces;
}

/// <summary>
/// A foot that does what a scenario says, felt by a perfect chip on its shoe, and the truth about it. The whole
/// movement is laid down in closed form when the walker is made; asking is cheap. After the scenario's end the foot
/// rests.
/// </summary>
public sealed class Walker : IMotionSource
{
    private readonly Stage stage;
    private readonly Vector3D position;
    private readonly Vector3D chipX, chipY, chipZ;

    /// <summary>Plays the segments once, from rest.</summary>
    public Walker(IEnumerable<Segment> segments, WalkerSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(segments);
        Settings = settings ?? new WalkerSettings();
        position = Settings.Place.PositionMeters;
        Mount = Settings.Place.TrueMount();
        (chipX, chipY, chipZ) = (new(Mount.XX, Mount.YX, Mount.ZX), new(Mount.XY, Mount.YY, Mount.ZY),
            new(Mount.XZ, Mount.YZ, Mount.ZZ));
        stage = new Stage(Settings, new RandomSource(Settings.Seed));
        foreach (var segment in segments)
        {
            var start = stage.Time;
            segment.Play(stage);
            stage.Note(segment, start);
        }
    }

    /// <summary>Who and what with.</summary>
    public WalkerSettings Settings { get; }

    /// <summary>The true rotation from chip to foot axes.</summary>
    public Mount Mount { get; }

    /// <summary>When the last segment ends, s.</summary>
    public double Seconds => stage.Time;

    /// <summary>Every stride of a walk, in order. Steps that are not walking (shuffles, turns, taps) are not in
    /// it.</summary>
    public IReadOnlyList<TrueStride> Strides => stage.Strides;

    /// <summary>What was done when.</summary>
    public IReadOnlyList<TrueActivity> Activities => stage.Activities;

    /// <summary>The strides whose foot-flat lies before a time in s.</summary>
    public IEnumerable<TrueStride> StridesUntil(double seconds) => Strides.TakeWhile(s => s.FootFlatSeconds <= seconds);

    /// <summary>The truth about the foot's pitch against the surface, degrees, toes up positive.</summary>
    public double ToesUpDegreesAt(double seconds) => -stage.Body.PitchAt(seconds);

    /// <summary>Where the sensor is, m, in the frame of the surface that moves with the belt: x uphill, z out of the
    /// surface.</summary>
    public Vector3D SensorAt(double seconds) => stage.Body.PositionOf(position, seconds);

    /// <summary>Height of the lowest point of the sole over the belt, m.</summary>
    public double LowestSoleMetersAt(double seconds) =>
        Shoe.Corners.Min(corner => stage.Body.PositionOf(corner, seconds).Z);

    /// <inheritdoc/>
    public Motion At(double seconds)
    {
        var (force, rate) = stage.Body.Feel(position, seconds);
        return new Motion(Dot(chipX, force), Dot(chipY, force), Dot(chipZ, force), Dot(chipX, rate), Dot(chipY, rate),
            Dot(chipZ, rate));
    }

    private static double Dot(Vector3D a, Vector3D b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);
}
