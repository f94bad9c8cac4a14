using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Tests.Walking;

public class WalkerMotionTests
{
    /// <summary>Walks of 25 s at full speed, over the range of speeds, landings, slopes and places of the
    /// sensor.</summary>
    public static TheoryData<string> Walks => [.. Samples.Keys];

    private static readonly Dictionary<string, (WalkParameters Walk, WalkerSettings Settings)> Samples = new()
    {
        ["backward 0.3"] = (WalkParameters.Backward(0.3), new() { HeadingDegrees = 180, InclinePercent = 5 }),
        ["backward 0.7"] = (WalkParameters.Backward(0.7),
            new() { HeadingDegrees = 180, InclinePercent = 5, Side = FootSide.Left }),
        ["backward 1.3"] = (WalkParameters.Backward(1.3), new() { HeadingDegrees = 180, Place = SensorPlace.Instep }),
        ["backward heel first"] = (WalkParameters.Backward(0.7).LandingOn(Landing.Heel),
            new() { Place = SensorPlace.Side }),
        ["backward flat"] = (WalkParameters.Backward(0.7).LandingOn(Landing.Flat), new() { Place = SensorPlace.Heel }),
        ["backward tilted clip"] = (WalkParameters.Backward(0.8),
            new() { Place = SensorPlace.Instep with { PitchUpDegrees = 40, RollDegrees = 10, YawDegrees = -15 } }),
        ["forward 0.4"] = (WalkParameters.Forward(0.4), new()),
        ["forward 1.2"] = (WalkParameters.Forward(1.2), new() { InclinePercent = 10, Side = FootSide.Left }),
        ["forward 1.6"] = (WalkParameters.Forward(1.6), new() { Place = SensorPlace.Heel }),
        ["forward toe first"] = (WalkParameters.Forward(1.0).LandingOn(Landing.Toe), new()),
        ["backward restless"] = (WalkParameters.Backward(0.7) with { UnrestDegrees = 1 },
            new() { HeadingDegrees = 180 }),
        ["running 2.8"] = (WalkParameters.Run(2.8), new()),
    };

    [Theory]
    [MemberData(nameof(Walks))]
    public void Integrating_the_force_twice_between_foot_flats_gives_the_stride_length_within_one_percent(string name)
    {
        var walker = Make(name);
        // The navigator starts and ends when a restless foot has settled and not yet begun to come off.
        double Calm(TrueStride s) => s.FootFlatSeconds + (Samples[name].Walk.UnrestDegrees > 0 ? 0.155 : 0.01);
        foreach (var (before, stride) in Steady(walker).Take(6))
        {
            var found = WalkerDeadReckoning.Between(walker,
                before.FootFlatSeconds + (Samples[name].Walk.UnrestDegrees > 0 ? 0.155 : 0.01), Calm(stride));
            Assert.InRange(found.LengthMeters, stride.LengthMeters * 0.99, stride.LengthMeters * 1.01);
            Assert.InRange(found.EndSpeedMetersPerSecond, 0, 0.02);
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void Integrating_the_angular_rate_gives_the_true_pitch_within_a_tenth_of_a_degree(string name)
    {
        var walker = Make(name, inclinePercent: 0);
        var (before, stride) = Steady(walker).Skip(3).First();
        var found = WalkerDeadReckoning.Between(walker,
            before.FootFlatSeconds + (Samples[name].Walk.UnrestDegrees > 0 ? 0.155 : 0.01), stride.FootFlatSeconds);
        Assert.All(found.Pitch, p => Assert.Equal(walker.ToesUpDegreesAt(p.Seconds), p.ToesUpDegrees, 0.1));
    }

    [Theory]
    [InlineData(0, 0.0995)]
    [InlineData(180, -0.0995)]
    public void On_a_slope_a_flat_foot_feels_gravity_along_its_sole(double headingDegrees, double expectedG)
    {
        var walker = new Walker([new Stand(1, 0)],
            new WalkerSettings { InclinePercent = 10, HeadingDegrees = headingDegrees });
        Assert.Equal(expectedG, walker.At(0.5).AxG, 0.0001);
        Assert.Equal(0.9950, walker.At(0.5).AzG, 0.0001);
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void A_flat_foot_feels_rest(string name)
    {
        // A restless foot is hardly ever still: a few deg/s, as in the recordings.
        var (force, rate) = Samples[name].Walk.UnrestDegrees > 0 ? (0.25, 16) : (0.002, 1);
        var walker = Make(name);
        foreach (var (before, stride) in Steady(walker))
        {
            // From foot-flat to the lift; running is hardly ever flat.
            var lift = 0.21 * (stride.ContactSeconds - before.ContactSeconds) + 0.01;
            for (var t = before.FootFlatSeconds + 0.001; t < stride.ClearanceSeconds - lift; t += 0.01)
            {
                var m = walker.At(t);
                Assert.Equal(1, Norm(m.AxG, m.AyG, m.AzG), force);
                Assert.InRange(Norm(m.GxDps, m.GyDps, m.GzDps), 0, rate);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void The_pitch_lobes_have_the_signs_of_the_direction_and_the_landing(string name)
    {
        var (walk, _) = Samples[name];
        var walker = Make(name);
        var toesDown = walk.Direction == Direction.Backward ? 1 : -1;
        foreach (var (before, stride) in Steady(walker))
        {
            // Push-off still turns the foot for a moment after it has left.
            var swing = Lobe(walker,
                stride.ClearanceSeconds + (0.2 * (stride.ContactSeconds - stride.ClearanceSeconds)),
                stride.ContactSeconds);
            Assert.True(swing * toesDown > 20, $"swing lobe {swing}");
            var off = Lobe(walker, stride.ClearanceSeconds - 0.15, stride.ClearanceSeconds);
            Assert.True(off * toesDown < -20, $"foot-off lobe {off}");
            if (walk.Landing != Landing.Flat)
            {
                var last = Lobe(walker, stride.ContactSeconds, stride.FootFlatSeconds);
                Assert.True(last * (walk.Landing == Landing.Heel ? 1 : -1) > 20, $"last lobe {last}");
            }

            Assert.Equal(walk.Direction, stride.Direction);
            Assert.Equal(walk.Landing, stride.Landing);
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void The_foot_travels_the_way_it_walks_and_no_part_of_the_sole_sinks_in(string name)
    {
        var (walk, _) = Samples[name];
        var walker = Make(name);
        // a runner's shoe bends at the toes more than a stiff sole can
        var give = walk.CadenceStepsPerMinute > 120 ? 0.015 : 0.006;
        foreach (var (before, stride) in Steady(walker))
        {
            var way = walker.SensorAt(stride.FootFlatSeconds) - walker.SensorAt(before.FootFlatSeconds);
            var uphill = walk.Direction == Direction.Forward == (walker.Settings.HeadingDegrees == 0);
            Assert.True(uphill ? way.X > 0 : way.X < 0);
            Assert.Equal(stride.LengthMeters, Math.Sqrt((way.X * way.X) + (way.Y * way.Y)), 0.01);
            for (var t = stride.ClearanceSeconds; t < stride.ContactSeconds; t += 0.01)
            {
                Assert.True(walker.LowestSoleMetersAt(t) > -give, $"sole at {walker.LowestSoleMetersAt(t)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void Without_impacts_force_and_rate_never_jump(string name)
    {
        const double tick = 0.0001;
        var walker = Make(name, impacts: false);
        foreach (var (before, stride) in Steady(walker).Take(4))
        {
            var last = walker.At(before.FootFlatSeconds - tick);
            for (var t = before.FootFlatSeconds; t < stride.FootFlatSeconds; t += tick)
            {
                var now = walker.At(t);
                Assert.InRange(Norm(now.AxG - last.AxG, now.AyG - last.AyG, now.AzG - last.AzG), 0, 0.08);
                Assert.InRange(Norm(now.GxDps - last.GxDps, now.GyDps - last.GyDps, now.GzDps - last.GzDps), 0, 4);
                last = now;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void Nothing_jumps_where_the_foot_changes_what_it_turns_about(string name)
    {
        var walker = Make(name);
        foreach (var stride in walker.Strides)
        {
            foreach (var t in new[] { stride.ClearanceSeconds, stride.ContactSeconds, stride.FootFlatSeconds })
            {
                var (a, b) = (walker.At(t - 1e-8), walker.At(t + 1e-8));
                Assert.InRange(Norm(b.AxG - a.AxG, b.AyG - a.AyG, b.AzG - a.AzG), 0, 0.001);
                Assert.InRange(Norm(b.GxDps - a.GxDps, b.GyDps - a.GyDps, b.GzDps - a.GzDps), 0, 0.01);
            }
        }
    }

    [Fact]
    public void An_impact_is_a_burst_at_contact_that_leaves_no_velocity_behind()
    {
        const double tick = 0.0002;
        var hard = Make("forward 1.2");
        var soft = Make("forward 1.2", impacts: false);
        foreach (var (_, stride) in Steady(hard))
        {
            var (peak, velocity) = (0.0, 0.0);
            for (var t = stride.ContactSeconds; t < stride.ContactSeconds + 0.05; t += tick)
            {
                var (a, b) = (hard.At(t), soft.At(t));
                var force = Norm(a.AxG, a.AyG, a.AzG) - Norm(b.AxG, b.AyG, b.AzG);
                peak = Math.Max(peak, force);
                velocity += (a.AzG - b.AzG) * tick;
            }

            Assert.InRange(peak, 3, 13);
            Assert.InRange(Math.Abs(velocity), 0, 0.0025);
            var (before, after) = (stride.ContactSeconds - 0.001, stride.ContactSeconds + 0.051);
            Assert.Equal((hard.At(before), hard.At(after)), (soft.At(before), soft.At(after)));
        }
    }

    [Theory]
    [InlineData(Direction.Forward, 0, -1)]
    [InlineData(Direction.Backward, 180, 1)]
    public void A_foot_on_a_starting_belt_feels_it_pull(Direction direction, double headingDegrees, int sign)
    {
        var walk = direction == Direction.Forward ? WalkParameters.Forward(1) : WalkParameters.Backward(1);
        var walker = new Walker([new Stand(1, 0), new Walk(walk, 20)],
            new WalkerSettings { HeadingDegrees = headingDegrees });

        // From rest to 1 m/s in 3 s by a quintic: 30 s²(1-s)² / 3 m/s², half a second after the start.
        const double s = 0.5 / 3;
        var expected = sign * 30 * s * s * (1 - s) * (1 - s) / 3 / 9.80665;
        Assert.Equal(expected, walker.At(1.5).AxG, 0.003);
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void Speed_cadence_stance_and_angles_are_those_asked_for(string name)
    {
        var (walk, _) = Samples[name];
        var pairs = Steady(Make(name)).ToList();
        var strideSeconds = pairs.Average(p => p.Stride.StrideSeconds!.Value);
        Assert.Equal(walk.StrideSeconds, strideSeconds, 0.04 * walk.StrideSeconds);
        Assert.Equal(walk.SpeedMetersPerSecond,
            pairs.Sum(p => p.Stride.LengthMeters) / pairs.Sum(p => p.Stride.StrideSeconds!.Value),
            0.04 * walk.SpeedMetersPerSecond);
        Assert.Equal(walk.StanceFraction,
            pairs.Average(
                p => 1 - ((p.Stride.ContactSeconds - p.Stride.ClearanceSeconds) / p.Stride.StrideSeconds!.Value)),
                0.02);
        Assert.Equal(walk.FootStrikeDegrees, pairs.Average(p => p.Stride.FootStrikeDegrees), 1.5);
        Assert.Equal(walk.TiltDegrees, pairs.Average(p => p.Stride.TiltDegrees), 1.5);
    }

    private static Walker Make(string name, double? inclinePercent = null, bool impacts = true)
    {
        var (walk, settings) = Samples[name];
        return new Walker(
            [new Stand(1), new Walk(impacts ? walk : walk with { ImpactG = 0 }, 31), new Stand(1)],
            settings with { Seed = 7, InclinePercent = inclinePercent ?? settings.InclinePercent });
    }

    /// <summary>Each stride with the one before it, from those at constant belt speed.</summary>
    private static IEnumerable<(TrueStride Before, TrueStride Stride)> Steady(Walker walker) =>
        walker.Strides.Zip(walker.Strides.Skip(1))
            .Where(p => p.First.FootFlatSeconds > 5.5 && p.Second.FootFlatSeconds < 28)
            .Select(p => (p.First, p.Second));

    private static double Lobe(Walker walker, double from, double to)
    {
        var largest = 0.0;
        for (var t = from; t < to; t += 0.002)
        {
            // Toes down positive, about the foot's own axis whatever the clip.
            var m = walker.At(t);
            var rate = (walker.Mount.YX * m.GxDps) + (walker.Mount.YY * m.GyDps) + (walker.Mount.YZ * m.GzDps);
            largest = Math.Abs(rate) > Math.Abs(largest) ? rate : largest;
        }

        return largest;
    }

    private static double Norm(double x, double y, double z) => Math.Sqrt((x * x) + (y * y) + (z * z));
}
