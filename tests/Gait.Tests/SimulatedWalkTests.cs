using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>Simulated walkers, whose every number is known: both directions, three landings, clips put on as people put
/// them on.</summary>
public sealed class SimulatedWalkTests(ITestOutputHelper output)
{
    public static TheoryData<Direction, Landing> EveryWalk()
    {
        var data = new TheoryData<Direction, Landing>();
        foreach (var direction in new[] { Direction.Backward, Direction.Forward })
        {
            foreach (var landing in new[] { Landing.Toe, Landing.Flat, Landing.Heel })
            {
                data.Add(direction, landing);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryWalk))]
    public void Every_stride_is_found_with_its_direction_landing_and_numbers(Direction direction, Landing landing)
    {
        var walks = Walks(direction, landing).ToList();
        var pairs = walks.SelectMany(w => w.Pairs).ToList();
        int missed = walks.Sum(w => w.Missed.Count);
        int invented = walks.Sum(w => w.Invented.Count);
        double strike =
            Walking.Median(pairs.Select(p => (p.Found.FootStrikeHalfDegrees / 2.0) - p.True.FootStrikeDegrees));
        double tilt = Walking.Median(pairs.Select(p => (p.Found.TiltHalfDegrees / 2.0) - p.True.TiltDegrees));
        double length =
            Walking.Median(pairs.Select(p => (p.Found.LengthMillimeters / 1000.0 / p.True.LengthMeters) - 1));
        double contact =
            Walking.Median(pairs.Select(p => p.Found.ContactMilliseconds - (p.True.ContactSeconds * 1000)));
        double known =
            Walking.Median(
                pairs.Select(
                    p => p.Found.ContactMilliseconds + p.Found.DecisionMilliseconds - (p.True.FootFlatSeconds * 1000)));
        output.WriteLine($"{pairs.Count} strides, {missed} missed, {invented} invented; median errors: strike "
            + $"{strike:F1} deg, tilt {tilt:F1} deg, length {length:P1}, contact {contact:F0} ms; known {known:F0} "
            + $"ms after flat");

        Assert.True(missed <= 0.01 * pairs.Count, $"{missed} missed of {pairs.Count}");
        Assert.True(invented <= 0.01 * pairs.Count, $"{invented} invented beside {pairs.Count}");
        Assert.True(pairs.Count(p => p.Found.Direction == direction) >= 0.99 * pairs.Count, "direction");
        Assert.DoesNotContain(pairs, p => p.Found.Direction != direction && p.Found.Direction != Direction.Unknown);
        Assert.True(pairs.Count(p => p.Found.Landing == p.True.Landing) >= 0.97 * pairs.Count, "landing");
        Assert.InRange(strike, 0, 3);
        Assert.InRange(tilt, 0, 3);
        Assert.InRange(length, 0, 0.05);
        Assert.InRange(contact, 0, 25);
        Assert.InRange(known, 0, 150);
    }

    [Fact]
    public void Stride_times_and_belt_speed_are_the_walkers()
    {
        var walk = WalkParameters.Backward(0.8);
        var pairs = Walking.Of(walk, 60,
            new WalkerSettings { Seed = 5,
                HeadingDegrees = 180 }).Pairs.Where(p => p.Found.StrideMilliseconds != Stride.Missing).ToList();
        Assert.True(pairs.Count > 30);
        double cadence = 120_000.0 / pairs.Average(p => p.Found.StrideMilliseconds);
        double truth = 120 / pairs.Average(p => p.True.StrideSeconds!.Value);
        Assert.InRange(cadence, truth - 0.5, truth + 0.5);

        // Away from the start and the stop of the belt.
        var steady = pairs.Skip(5).SkipLast(5).ToList();
        Assert.InRange(steady.Average(p => p.Found.BeltSpeedMillimetersPerSecond), 760, 840);
        Assert.All(pairs,
            p => Assert.Equal(p.Found.StrideMilliseconds, p.Found.StanceMilliseconds + p.Found.SwingMilliseconds));
    }

    [Fact]
    public void The_same_tilt_reads_the_same_on_either_foot()
    {
        foreach (var side in new[] { FootSide.Left, FootSide.Right })
        {
            var walk = WalkParameters.Backward(0.7) with { TiltDegrees = 8, TiltDeviationDegrees = 1 };
            var pairs = Walking.Of(walk, 40, new WalkerSettings { Seed = 3, Side = side, HeadingDegrees = 180 }).Pairs;
            Assert.InRange(pairs.Average(p => p.Found.TiltHalfDegrees / 2.0), 5, 11);
        }
    }

    [Fact]
    public void Without_a_side_there_is_no_tilt()
    {
        var walker = new Walker([new Stand(3), new Walk(WalkParameters.Backward(0.7), 20)],
            new WalkerSettings { HeadingDegrees = 180 });
        var strides = Walking.Run(new GaitEngine(Mount.Identity, FootSide.Unknown),
            Sampler.Sample(walker, walker.Seconds));
        Assert.NotEmpty(strides);
        Assert.All(strides, s => Assert.Equal(Stride.Missing, s.TiltHalfDegrees));
    }

    [Fact]
    public void A_clip_put_on_back_to_front_turns_backward_into_forward()
    {
        // Not a wish: physics. The chip turned half round feels just what a forward walker's would; only the mount can
        // tell.
        var half = new Mount(-1, 0, 0, 0, -1, 0, 0, 0, 1);
        var pairs = Walking.Of(WalkParameters.Backward(0.7), 30, new WalkerSettings { HeadingDegrees = 180 },
            mount: half).Pairs;
        Assert.NotEmpty(pairs);
        Assert.All(pairs, p => Assert.Equal(Direction.Forward, p.Found.Direction));
    }

    [Fact]
    public void A_walk_that_was_under_way_before_the_sensor_woke_is_found_though_the_foot_never_rests()
    {
        var walker = new Walker([new Walk(WalkParameters.Backward(0.9), 40)],
            new WalkerSettings { Seed = 7, Side = FootSide.Left, HeadingDegrees = 180 });
        var engine = new GaitEngine(Mount.Identity, FootSide.Left);
        const int AwakeFrom = 500; // samples: in mid-stride
        var strides = new List<Stride>();
        int number = 0;
        foreach (var m in Sampler.Sample(walker, walker.Seconds).Skip(AwakeFrom))
        {
            // A stance that sways: 12 deg/s to and fro three times a second, which no 200 ms hold still.
            short sway =
                (short)(12 * MotionScale.GyroscopeCountsPerDegreePerSecond
                    * Math.Sin(2 * Math.PI * 3 * number++ / MotionScale.SampleRateHertz));
            if (engine.Add(m.Ax, m.Ay, m.Az, m.Gx, (short)(m.Gy + sway), m.Gz))
            {
                strides.Add(engine.TakeStride());
            }
        }

        // Two seconds of patience, the stride that was under way, and the first of the bout may be lacking.
        int walked = walker.Strides.Count(s => s.ContactSeconds > AwakeFrom / 100.0);
        Assert.InRange(strides.Count, walked - 4, walked);
        Assert.DoesNotContain(strides, s => s.Direction == Direction.Forward);
        Assert.True(strides.Count(s => s.Direction == Direction.Backward) >= strides.Count - 1);
    }

    private static IEnumerable<Walking> Walks(Direction direction, Landing landing)
    {
        SensorPlace[] places = [SensorPlace.Laces, SensorPlace.Instep, SensorPlace.Side, SensorPlace.Heel];
        for (int i = 0; i < 8; i++)
        {
            var random = new Random(((int)direction * 100) + ((int)landing * 10) + i);
            double In(double from, double to) => from + ((to - from) * random.NextDouble());
            double speed = In(0.3, 1.3);
            var walk =
                (direction == Direction.Backward ? WalkParameters.Backward(speed)
                    : WalkParameters.Forward(speed)).LandingOn(landing) with
            {
                TiltDegrees = In(-8, 8),
                ToeOutDegrees = In(0, 12),
            };
            var settings = new WalkerSettings
            {
                Seed = i,
                Side = i % 2 == 0 ? FootSide.Left : FootSide.Right,
                InclinePercent = In(0, 10),
                HeadingDegrees = direction == Direction.Backward ? 180 : 0,
                Place = places[i % places.Length] with { PitchUpDegrees = In(-45, 45), RollDegrees = In(-10, 10),
                    YawDegrees = In(-15, 15) },
            };
            var chip = new SamplerOptions
            {
                Seed = i,
                NoiseFactor = In(1, 4),
                GyroscopeBiasDps = new Vector3D(In(-10, 10), In(-10, 10), In(-10, 10)),
            };
            yield return Walking.Of(walk, 40, settings, chip);
        }
    }
}
