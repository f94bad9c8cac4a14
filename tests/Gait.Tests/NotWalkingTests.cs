using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>What feet do besides walking must not become strides.</summary>
public sealed class NotWalkingTests
{
    [Fact]
    public void Standing_makes_no_strides()
    {
        Assert.Empty(
            Walking.Of(new Walker([new Stand(60, SwayDegrees: 1)]), new SamplerOptions { NoiseFactor = 4 }).Found);
    }

    [Theory]
    [InlineData("standing")]
    [InlineData("shuffling")]
    [InlineData("turning")]
    [InlineData("weight-shift")]
    [InlineData("tapping")]
    [InlineData("side-step")]
    [InlineData("side-rails")]
    [InlineData("carry")]
    [InlineData("putting-on")]
    [InlineData("riding")]
    [InlineData("sitting")]
    [InlineData("calibrating")]
    public void What_is_not_walking_makes_no_stride_with_a_direction(string scenario)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            Assert.True(Scenarios.TryGet(scenario, seed, out var walker));
            Assert.Empty(walker.Strides);
            var found = Walking.Of(walker,
                new SamplerOptions { Seed = seed, GyroscopeBiasDps = new Vector3D(2, -3, 1) }).Found;
            Assert.DoesNotContain(found, s => s.Direction != Direction.Unknown);
            Assert.True(found.Count <= 2, $"{found.Count} strides of unknown direction");
        }
    }

    [Fact]
    public void Nothing_is_said_before_the_foot_has_rested()
    {
        var walker = new Walker([new Stand(1), new Walk(WalkParameters.Backward(0.7), 20)],
            new WalkerSettings { HeadingDegrees = 180 });
        var engine = new GaitEngine(Mount.Identity, FootSide.Right);
        Assert.False(engine.IsLevelled);
        Walking.Run(engine, Sampler.Sample(walker, 1));
        Assert.True(engine.IsLevelled);
    }

    [Fact]
    public void No_stride_spans_a_gap()
    {
        var walker = new Walker([new Stand(3), new Walk(WalkParameters.Backward(0.7), 40)],
            new WalkerSettings { HeadingDegrees = 180 });
        var samples = Sampler.Sample(walker, walker.Seconds);
        var whole = Walking.Run(new GaitEngine(Mount.Identity, FootSide.Right), samples);
        var cut = whole[whole.Count / 2];

        // Half a second goes missing in the middle of that stride's swing.
        int from = (int)((cut.ClearanceMilliseconds + (cut.SwingMilliseconds / 2)) / 10);
        const int Lost = 50;
        var engine = new GaitEngine(Mount.Identity, FootSide.Right);
        var before = Walking.Run(engine, samples.Take(from));
        engine.Gap(Lost);
        var after = Walking.Run(engine, samples.Skip(from + Lost));

        Assert.Equal((uint)samples.Length, engine.SampleCount);
        Assert.Equal(Enumerable.Range(1, before.Count + after.Count).Select(n => (uint)n),
            before.Concat(after).Select(s => s.Sequence));
        Assert.DoesNotContain(before.Concat(after),
            s => Math.Abs((int)(s.ContactMilliseconds - cut.ContactMilliseconds)) < 100);
        Assert.Equal(Stride.Missing, after[0].StrideMilliseconds);
        Assert.All(after,
            s => Assert.Contains(whole, w => Math.Abs((int)(w.ContactMilliseconds - s.ContactMilliseconds)) <= 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_chip_says_the_engine_survives_and_stays_in_range(int seed)
    {
        var random = new Random(seed);
        var engine = new GaitEngine(Mount.Identity, FootSide.Left);
        var strides = new List<Stride>();
        bool levelled = false;
        for (int i = 0; i < 200_000; i++)
        {
            // Now rest, now a tumble, now the ends of the range.
            int kind = i / 200 % 4;
            short Value(int rest) => kind switch
            {
                0 => (short)(rest + random.Next(-20, 20)),
                1 => (short)(rest + random.Next(-4000, 4000)),
                2 => (short)random.Next(short.MinValue, short.MaxValue + 1),
                _ => random.Next(2) == 0 ? short.MinValue : short.MaxValue,
            };
            if (engine.Add(Value(0), Value(0), Value(2048), Value(0), Value(0), Value(0)))
            {
                strides.Add(engine.TakeStride());
            }

            levelled |= engine.IsLevelled;
        }

        Assert.All(strides, InRange);
        Assert.True(levelled);
    }

    private static void InRange(Stride s)
    {
        Assert.InRange(s.ConfidencePercent, 0, 100);
        Assert.InRange(s.SwingMilliseconds, 1, 65534);
        Assert.True(s.StrideMilliseconds == Stride.Missing || s.StrideMilliseconds is > 0 and <= 65534);
        Assert.True(s.FootStrikeHalfDegrees == Stride.Missing || s.FootStrikeHalfDegrees is >= -126 and <= 126);
        Assert.True(s.TiltHalfDegrees == Stride.Missing || s.TiltHalfDegrees is >= -126 and <= 126);
        Assert.True(s.LengthMillimeters == Stride.Missing || s.LengthMillimeters is >= 0 and <= 65534);
        Assert.True(s.ImpactTenthsG == Stride.Missing || s.ImpactTenthsG is >= 0 and <= 254);
        Assert.InRange(s.DecisionMilliseconds, 0, 2540);
        Assert.Equal(0, s.DecisionMilliseconds % 10);
    }
}
