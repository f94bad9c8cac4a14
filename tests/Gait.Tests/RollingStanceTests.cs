using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>Simulated feet whose stance never rests: an even roll is not the gyroscope's bias.</summary>
public sealed class RollingStanceTests(ITestOutputHelper output)
{
    private static readonly SensorPlace[] Places =
        [SensorPlace.Laces, SensorPlace.Toes, SensorPlace.Instep, SensorPlace.Side, SensorPlace.Heel];

    [Theory]
    [InlineData(Direction.Backward)]
    [InlineData(Direction.Forward)]
    public void Lengths_and_belt_speed_are_the_walkers_wherever_the_clip_sits(Direction direction)
    {
        var all = new List<(TrueStride True, Stride Found)>();
        foreach (var place in Places)
        {
            var pairs = Enumerable.Range(0, 4)
                .SelectMany(seed => Of(direction, place, seed, new SamplerOptions { Seed = seed }).Pairs).ToList();
            double known = Middle(pairs.Select(p =>
                p.Found.ContactMilliseconds + p.Found.DecisionMilliseconds - (p.True.FootFlatSeconds * 1000)));
            output.WriteLine($"{place.PositionMeters}: length {Middle(pairs.Select(Ratio)):F3}, known {known:F0} ms "
                + $"after flat");
            Assert.InRange(Middle(pairs.Select(Ratio)), 0.95, 1.05);
            Assert.InRange(known, 0, 150);
            all.AddRange(pairs);
        }

        double belt = Middle(all.Where(p => p.Found.StrideMilliseconds != Stride.Missing).Select(Belt));
        output.WriteLine($"all: length {Middle(all.Select(Ratio)):F3}, belt {belt:F3}");
        Assert.InRange(Middle(all.Select(Ratio)), 0.97, 1.03);
        Assert.InRange(belt, 0.97, 1.03);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_bias_that_steps_by_20_degrees_a_second_after_rest_is_found_within_ten_strides(int axis)
    {
        foreach (double dps in new[] { 20.0, -20 })
        {
            var step = new Vector3D(axis == 0 ? dps : 0, axis == 1 ? dps : 0, axis == 2 ? dps : 0);
            var chip = new SamplerOptions { Seed = 1, GyroscopeBiasStepDps = step, GyroscopeBiasStepAtSeconds = 3.2 };
            var walk = Of(Direction.Backward, SensorPlace.Laces, 1, chip);
            Assert.DoesNotContain(walk.Found, s => s.Direction == Direction.Forward);
            Assert.InRange(Middle(walk.Pairs.Skip(10).Select(Ratio)), 0.95, 1.05);
        }
    }

    [Fact]
    public void A_bias_that_drifts_with_temperature_is_followed()
    {
        var chip = new SamplerOptions { Seed = 2, GyroscopeDriftDpsPerMinute = new Vector3D(3, -3, 3) };
        var walk = Of(Direction.Backward, SensorPlace.Heel, 2, chip, seconds: 240);
        Assert.InRange(Middle(walk.Pairs.TakeLast(40).Select(Ratio)), 0.95, 1.05);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.15)]
    [InlineData(0.2)]
    public void The_slowest_belt_makes_strides_that_count(double speed)
    {
        var walks = Enumerable.Range(0, 6).Select(seed => Walking.Of(
            WalkParameters.Backward(speed), 60, new WalkerSettings { Seed = seed, HeadingDegrees = 180 })).ToList();
        int missed = walks.Sum(w => w.Missed.Count), found = walks.Sum(w => w.Pairs.Count);
        output.WriteLine($"{speed} m/s: {missed} missed of {missed + found}");
        Assert.InRange(missed, 0, 0.05 * (missed + found));
        Assert.DoesNotContain(walks.SelectMany(w => w.Found), s => s.Direction == Direction.Forward);
    }

    private static Walking Of(Direction direction, SensorPlace place, int seed, SamplerOptions chip,
        double seconds = 40)
    {
        var random = new Random(seed);
        double speed = 0.4 + (0.8 * random.NextDouble()), roll = 10 + (25 * random.NextDouble());
        var usual = direction == Direction.Backward ? WalkParameters.Backward(speed) : WalkParameters.Forward(speed);
        double heading = direction == Direction.Backward ? 180 : 0;
        var settings = new WalkerSettings { Seed = seed, Place = place, HeadingDegrees = heading };
        return Walking.Of(usual.Rolling(roll, place), seconds, settings, chip);
    }

    private static double Ratio((TrueStride True, Stride Found) pair) =>
        pair.Found.LengthMillimeters / 1000.0 / pair.True.LengthMeters;

    private static double Belt((TrueStride True, Stride Found) pair) =>
        pair.Found.BeltSpeedMillimetersPerSecond / 1000.0 * pair.True.StrideSeconds!.Value / pair.True.LengthMeters;

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
