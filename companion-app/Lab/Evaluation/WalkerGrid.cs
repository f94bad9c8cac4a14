using System.Globalization;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Lab.Evaluation;

/// <summary>A simulated walker of the grid. The same seed and number give the same one, whatever the size of the
/// grid.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Walk">How it walks.</param>
/// <param name="Settings">Foot, surface and clip.</param>
/// <param name="Chip">The chip's errors.</param>
/// <param name="Drawn">The numbers that were drawn, in the order of <see cref="WalkerGrid.Ranges"/>.</param>
/// <param name="Place">Word for the position of the sensor.</param>
public sealed record GridWalker(int Number, WalkParameters Walk, WalkerSettings Settings, SamplerOptions Chip,
    IReadOnlyList<double> Drawn, string Place)
{
    /// <summary>Of which grid: usual, or rolling.</summary>
    public string Grid { get; init; } = "usual";

    /// <summary>Direction and landing: the group in which it is reported.</summary>
    public string Group => $"{StrideText.Of(Walk.Direction)}, {StrideText.Of(Walk.Landing)}";

    /// <summary>Who it is, in a line.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{StrideText.Of(Walk.Direction)} on the {StrideText.Of(Walk.Landing)}, {Walk.SpeedMetersPerSecond:0.00} "
        + $"m/s, {Walk.CadenceStepsPerMinute:0}/min, {Place}, slope {Settings.Place.PitchUpDegrees:+0;-0;0}, yaw "
        + $"{Settings.Place.YawDegrees:+0;-0;0}, noise x{Chip.NoiseFactor:0.0}{RollWords}");

    private string RollWords => Grid == "usual" ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $", roll {Math.Max(Walk.LandingRollDps, Walk.LiftingRollDps):0} deg/s, bias step "
            + $"{Chip.GyroscopeBiasStepDps.Length:0} deg/s");

    /// <summary>Stands 3 s, walks, stands 2 s.</summary>
    public Walker Make(double seconds) => new([new Stand(3), new Walk(Walk, seconds), new Stand(2)], Settings);
}

/// <summary>
/// Who walks when the engine is evaluated on simulated feet. Direction, landing and position of the sensor go round, so
/// that each of their 24 combinations comes as often as any other; everything else is drawn evenly from
/// <see cref="Ranges"/>.
/// </summary>
public static class WalkerGrid
{
    /// <summary>What is drawn, from where to where.</summary>
    public static IReadOnlyList<GridRange> Ranges { get; } =
    [
        new("speed", 0.3, 1.3, "m/s"),
        new("cadence against usual", -10, 10, "%"),
        new("stride time variation", 2, 8, "%"),
        new("stride length variation", 1, 5, "%"),
        new("tilt", -10, 10, "degrees"),
        new("toe-out", -5, 15, "degrees"),
        new("unrest of a flat foot", 0, 1, "degrees"),
        new("incline", 0, 15, "%"),
        new("belt vibration", 0, 0.05, "g at 1 m/s"),
        new("clip slope", -45, 45, "degrees"),
        new("clip roll", -10, 10, "degrees"),
        new("clip yaw", -15, 15, "degrees"),
        new("noise against data sheet", 1, 4, "x"),
        // zero-rate output of the MPU-6050: +-20 deg/s (product specification 3.4, 6.1)
        new("gyroscope bias x", -20, 20, "deg/s"),
        new("gyroscope bias y", -20, 20, "deg/s"),
        new("gyroscope bias z", -20, 20, "deg/s"),
        new("accelerometer bias x", -0.05, 0.05, "g"), // zero-g output: +-50 mg on x and y, +-80 mg on z (6.2)
        new("accelerometer bias y", -0.05, 0.05, "g"),
        new("accelerometer bias z", -0.08, 0.08, "g"),
    ];

    private static readonly Direction[] Directions = [Direction.Backward, Direction.Forward];
    private static readonly Landing[] Landings = [Landing.Toe, Landing.Flat, Landing.Heel];
    private static readonly (string Name, SensorPlace Place)[] Places =
        [("laces", SensorPlace.Laces), ("instep", SensorPlace.Instep), ("side", SensorPlace.Side),
            ("heel", SensorPlace.Heel)];

    /// <summary>Walker number 1, 2, ... of a seed.</summary>
    public static GridWalker At(int seed, int number)
    {
        int which = number - 1;
        var direction = Directions[which % Directions.Length];
        var landing = Landings[which / Directions.Length % Landings.Length];
        var (place, position) = Places[which / (Directions.Length * Landings.Length) % Places.Length];

        int walkerSeed = Mixed(seed, number);
        var random = new Random(walkerSeed);
        var side = random.Next(2) == 0 ? FootSide.Left : FootSide.Right;
        double[] drawn = [.. Ranges.Select(range => range.Low + ((range.High - range.Low) * random.NextDouble()))];
        int next = 0;
        double Take() => drawn[next++];

        double speed = Take();
        var usual =
            (direction == Direction.Backward ? WalkParameters.Backward(speed)
                : WalkParameters.Forward(speed)).LandingOn(landing);
        var walk = usual with
        {
            CadenceStepsPerMinute = Math.Clamp(usual.CadenceStepsPerMinute * (1 + (Take() / 100)), 50, 120),
            StrideTimeVariationPercent = Take(),
            LengthVariationPercent = Take(),
            TiltDegrees = Take(),
            ToeOutDegrees = Take(),
            UnrestDegrees = Take(),
        };
        var settings = new WalkerSettings
        {
            Seed = walkerSeed,
            Side = side,
            HeadingDegrees = direction == Direction.Backward ? 180 : 0,
            InclinePercent = Take(),
            BeltVibrationG = Take(),
            Place = position with { PitchUpDegrees = Take(), RollDegrees = Take(), YawDegrees = Take() },
        };
        var chip = new SamplerOptions
        {
            Seed = walkerSeed,
            NoiseFactor = Take(),
            GyroscopeBiasDps = new Vector3D(Take(), Take(), Take()),
            AccelerometerBiasG = new Vector3D(Take(), Take(), Take()),
        };
        return new GridWalker(number, walk, settings, chip, drawn, place);
    }

    /// <summary>Neighbouring numbers give sequences that have nothing to do with each other (finaliser of MurmurHash3,
    /// public domain).</summary>
    private static int Mixed(int seed, int number)
    {
        ulong h = ((ulong)(uint)seed << 32) | (uint)number;
        h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCD;
        h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53;
        return (int)((h ^ (h >> 33)) & 0x7FFFFFFF);
    }
}
