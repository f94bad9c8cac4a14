using System.Globalization;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Words;

namespace Backstep.Lab.Evaluation;

/// <summary>
/// Harder walkers than those of <see cref="WalkerGrid"/>: their stance rolls, every third walks slower than 0.3 m/s in
/// strides from 0.15 m, every fourth's gyroscope is 20 deg/s off from what it was in the rest before the walk, and all
/// of them drift as the chip warms up. Clips at heel and toes, the laces, the side.
/// </summary>
public static class RollingGrid
{
    private const double StepDps = 20;

    // The belt moves at 3 s; a walker at rest until then has taught the engine the bias of before.
    private const double StepAtSeconds = 3.2;

    // 0.3 deg/s a degree (SamplerOptions), and a chip warms up, or cools out of doors, by some degrees a minute.
    private const double MostDriftDps = 2;

    private static readonly (string Name, SensorPlace Place)[] Places =
        [("heel", SensorPlace.Heel), ("toes", SensorPlace.Toes), ("laces", SensorPlace.Laces),
            ("side", SensorPlace.Side)];

    /// <summary>What is drawn besides and instead of what <see cref="WalkerGrid.Ranges"/> says.</summary>
    public static IReadOnlyList<GridRange> Ranges { get; } =
    [
        new("stance roll", 10, 35, "deg/s"),
        new("speed", 0.3, 1.3, "m/s"),
        new("speed of every third", 0.1, 0.3, "m/s"),
        new("cadence of these", 0, 30, "% over usual"),
        new("drift of gyroscope bias", -MostDriftDps, MostDriftDps, "deg/s a minute, each axis"),
    ];

    /// <summary>Walker number 1, 2, ... of a seed.</summary>
    public static GridWalker At(int seed, int number)
    {
        var usual = WalkerGrid.At(seed ^ 0x5EED, number);
        var random = new Random(usual.Settings.Seed ^ 0x5EED);
        double Take(int range) => Ranges[range].Low + ((Ranges[range].High - Ranges[range].Low) * random.NextDouble());
        double roll = Take(0), speed = Take(1), slow = Take(2), quicker = Take(3);
        var drift = new Vector3D(Take(4), Take(4), Take(4));
        var (place, position) = Places[(number - 1) / 6 % Places.Length];
        position = position with
        {
            PitchUpDegrees = usual.Settings.Place.PitchUpDegrees, RollDegrees = usual.Settings.Place.RollDegrees,
            YawDegrees = usual.Settings.Place.YawDegrees,
        };
        double[] drawn = [.. usual.Drawn];
        if (number % 3 == 0)
        {
            (speed, drawn[1]) = (slow, quicker);
        }

        // Who walks slower rolls slower.
        roll = Ranges[0].Low + ((roll - Ranges[0].Low) * Math.Min(1, speed / Ranges[1].Low));
        drawn[0] = speed;
        var like =
            (usual.Walk.Direction == Direction.Backward ? WalkParameters.Backward(speed)
                : WalkParameters.Forward(speed)).LandingOn(usual.Walk.Landing);
        var walk = usual.Walk with
        {
            SpeedMetersPerSecond = speed,
            CadenceStepsPerMinute = Math.Clamp(like.CadenceStepsPerMinute * (1 + (drawn[1] / 100)), 50, 120),
            StanceFraction = like.StanceFraction,
            FootStrikeDegrees = like.FootStrikeDegrees,
            ImpactG = like.ImpactG,
        };
        var chip = usual.Chip with { GyroscopeDriftDpsPerMinute = drift };
        if (number % 4 == 0)
        {
            chip = chip with { GyroscopeBiasStepDps = Towards(random) * StepDps,
                GyroscopeBiasStepAtSeconds = StepAtSeconds };
        }

        return new GridWalker(number, walk.Rolling(roll, position), usual.Settings with { Place = position }, chip,
            drawn, place) { Grid = "rolling" };
    }

    /// <summary>The groups in which a walker is reported.</summary>
    public static IEnumerable<string> Groups(GridWalker who)
    {
        yield return $"{StrideText.Of(who.Walk.Direction)}, {who.Place} clip";
        if (who.Walk.SpeedMetersPerSecond < Ranges[1].Low)
        {
            yield return "of these slower than 0.3 m/s";
        }

        if (who.Chip.GyroscopeBiasStepDps != Vector3D.Zero)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"of these bias step of {StepDps:0} deg/s");
        }
    }

    // Evenly over all directions: the height on a sphere is even (Archimedes).
    private static Vector3D Towards(Random random)
    {
        double z = (2 * random.NextDouble()) - 1;
        var (sin, cos) = Math.SinCos(Math.Tau * random.NextDouble());
        double ring = Math.Sqrt(1 - (z * z));
        return new Vector3D(ring * cos, ring * sin, z);
    }
}
