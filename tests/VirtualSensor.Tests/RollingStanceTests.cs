using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Tests.Walking;

/// <summary>A stance that rolls while it is called flat.</summary>
public class RollingStanceTests
{
    /// <summary>Direction, place and rate.</summary>
    public static TheoryData<Direction, string, double> Walks()
    {
        var data = new TheoryData<Direction, string, double>();
        foreach (var direction in new[] { Direction.Forward, Direction.Backward })
        {
            foreach (string place in new[] { "heel", "toes", "laces" })
            {
                data.Add(direction, place, 12);
                data.Add(direction, place, 33);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void The_flat_foot_rolls_evenly_for_more_than_80_ms(Direction direction, string place, double dps)
    {
        var walker = Make(direction, place, dps);
        double sign = direction == Direction.Forward ? 1 : -1;
        foreach (var (before, stride) in Steady(walker))
        {
            double lift = Lift(direction, before, stride);
            double even = Even(walker, before.FootFlatSeconds, lift, sign * dps);
            Assert.True(even > 0.08, $"even for {even * 1000:0} ms before {stride.ContactSeconds:0.0} s");
        }
    }

    [Theory]
    [InlineData(Direction.Forward, "heel", false)]
    [InlineData(Direction.Forward, "toes", true)]
    [InlineData(Direction.Backward, "heel", true)]
    [InlineData(Direction.Backward, "toes", false)]
    public void A_heel_clip_feels_the_heel_and_a_toe_clip_the_toes(Direction direction, string place, bool afterLanding)
    {
        var walker = Make(direction, place, 20);
        double sign = direction == Direction.Forward ? 1 : -1;
        foreach (var (before, stride) in Steady(walker))
        {
            double lift = Lift(direction, before, stride);
            double middle = (before.FootFlatSeconds + lift) / 2;
            double early = Even(walker, before.FootFlatSeconds, middle, sign * 20),
                late = Even(walker, middle, lift, sign * 20);
            Assert.True(afterLanding ? early > 0.08 && late < 0.03 : late > 0.08 && early < 0.03,
                $"{early:0.00} and {late:0.00} s");
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void The_chip_feels_the_second_derivative_of_where_it_is(Direction direction, string place, double dps)
    {
        const double h = 1e-4;
        var walker = Make(direction, place, dps);
        var (count, off) = (0, 0);
        for (double t = 6.5; t < 27; t += 0.0037)
        {
            // Without a slope gravity is upright in the frame of the surface, whose belt runs evenly by now.
            var moved = (walker.SensorAt(t + h) + walker.SensorAt(t - h) - (walker.SensorAt(t) * 2)) * (1 / (h * h));
            double truth = (moved + new Vector3D(0, 0, 9.80665)).Length / 9.80665;
            var m = walker.At(t);
            count++;

            // Where the foot changes what it turns about, the difference lies astride two pieces of the curve.
            off += Math.Abs(Math.Sqrt((m.AxG * m.AxG) + (m.AyG * m.AyG) + (m.AzG * m.AzG)) - truth) > 0.003 ? 1 : 0;
        }

        Assert.InRange(off, 0, count / 500);
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void Its_velocity_jumps_nowhere_without_being_felt(Direction direction, string place, double dps)
    {
        // Millisecond after millisecond, none left out: a jump of 1 mm/s is 0.1 g of one of them. Sway that the change
        // of what the foot turns about leaves out of account makes 1.4 mm/s of it.
        const double tick = 1e-3;
        var walker = Make(direction, place, dps, impactG: 0);
        for (double t = 6.5; t < 27; t += tick)
        {
            var moved = (walker.SensorAt(t + tick) + walker.SensorAt(t - tick) - (walker.SensorAt(t) * 2))
                * (1 / (tick * tick));
            var m = walker.At(t);
            double felt = Math.Sqrt((m.AxG * m.AxG) + (m.AyG * m.AyG) + (m.AzG * m.AzG));
            Assert.Equal((moved + new Vector3D(0, 0, 9.80665)).Length / 9.80665, felt, 0.2);
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void Its_lengths_add_up_to_the_way(Direction direction, string place, double dps)
    {
        var walker = Make(direction, place, dps);
        var strides = walker.Strides;
        var way = walker.SensorAt(strides[^1].FootFlatSeconds) - walker.SensorAt(strides[0].FootFlatSeconds);
        Assert.Equal(Math.Sqrt((way.X * way.X) + (way.Y * way.Y)), strides.Skip(1).Sum(stride => stride.LengthMeters),
            0.05);
    }

    [Theory]
    [InlineData(Direction.Forward)]
    [InlineData(Direction.Backward)]
    public void The_slowest_belt_is_walked_in_strides_from_15_cm(Direction direction)
    {
        var usual = direction == Direction.Forward ? WalkParameters.Forward(0.1) : WalkParameters.Backward(0.1);
        var walker = new Walker([new Stand(2), new Walk(usual with { CadenceStepsPerMinute = 80 }, 40), new Stand(2)],
            new WalkerSettings { HeadingDegrees = 180 });
        Assert.InRange(walker.Strides.Count, 20, 30);
        Assert.InRange(walker.Strides.Skip(2).Average(stride => stride.LengthMeters), 0.13, 0.17);
    }

    [Fact]
    public void A_gyroscopes_bias_steps_and_drifts_as_told()
    {
        var options = new SamplerOptions
        {
            NoiseFactor = 0,
            GyroscopeBiasDps = new Vector3D(0, 3, 0),
            GyroscopeBiasStepDps = new Vector3D(0, 20, 0),
            GyroscopeBiasStepAtSeconds = 30,
            GyroscopeDriftDpsPerMinute = new Vector3D(0, 2, 0),
        };
        var still = Sampler.Sample(new Walker([new Stand(61, 0)]), 61, options);
        double At(int second) => still[second * 100].Gy / (double)MotionScale.GyroscopeCountsPerDegreePerSecond;
        Assert.Equal(3, At(0), 0.05);
        Assert.Equal(3 + (29 * 2 / 60.0), At(29), 0.05);
        Assert.Equal(3 + 20 + 2, At(60), 0.05);
    }

    private static Walker Make(Direction direction, string place, double dps, double? impactG = null)
    {
        var where = place switch { "heel" => SensorPlace.Heel, "toes" => SensorPlace.Toes, _ => SensorPlace.Laces };
        var walk =
            (direction == Direction.Forward ? WalkParameters.Forward(1) : WalkParameters.Backward(0.7)).Rolling(dps,
                where);
        return new Walker(
            [new Stand(2), new Walk(walk with { ImpactG = impactG ?? walk.ImpactG }, 31), new Stand(1)],
            new WalkerSettings { Seed = 5, Place = where, HeadingDegrees = direction == Direction.Backward ? 180 : 0 });
    }

    /// <summary>When the foot begins to lift: a fifth of the stride before foot-off forward, an eighth
    /// backward.</summary>
    private static double Lift(Direction direction, TrueStride before, TrueStride stride) =>
        stride.ClearanceSeconds
            - ((direction == Direction.Forward ? 0.2 : 0.12) * (stride.ContactSeconds - before.ContactSeconds));

    /// <summary>For how long on end, at most, the pitch rate is within 2 deg/s of what is asked for, s.</summary>
    private static double Even(Walker walker, double from, double to, double dps)
    {
        var (longest, now) = (0.0, 0.0);
        for (double t = from; t < to; t += 0.002)
        {
            now = Math.Abs(walker.At(t).GyDps - dps) < 2 ? now + 0.002 : 0;
            longest = Math.Max(longest, now);
        }

        return longest;
    }

    private static IEnumerable<(TrueStride Before, TrueStride Stride)> Steady(Walker walker) =>
        walker.Strides.Zip(walker.Strides.Skip(1))
            .Where(p => p.First.FootFlatSeconds > 6 && p.Second.FootFlatSeconds < 28).Select(p => (p.First, p.Second));
}
