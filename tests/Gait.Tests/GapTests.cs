using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>Samples that are missing: whatever the engine was doing just then, no stride is invented, mistimed or
/// measured across the gap.</summary>
public sealed class GapTests
{
    private const int LostSamples = 100;
    private const double ToleranceSeconds = 0.1;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void At_every_moment_of_a_step_a_gap_costs_the_strides_that_it_cuts_and_no_truth_of_the_others(int oddSample)
    {
        var walker = new Walker(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), 20), new Stand(2)],
            new WalkerSettings { Seed = 3, HeadingDegrees = 180 });
        var samples = Sampler.Sample(walker, walker.Seconds);
        var whole = Walking.Run(new GaitEngine(Mount.Identity, FootSide.Left), samples);
        int kept = 0;
        for (int at = 1000 + oddSample; at < 1300; at += 2)
        {
            var engine = new GaitEngine(Mount.Identity, FootSide.Left);
            var strides = Walking.Run(engine, samples.Take(at));
            engine.Gap(LostSamples);
            strides.AddRange(Walking.Run(engine, samples.Skip(at + LostSamples)));

            Assert.Equal(Enumerable.Range(1, strides.Count).Select(i => (uint)i),
                strides.Select(stride => stride.Sequence));
            Assert.All(strides, stride => Assert.Contains(
                walker.Strides,
                truth => Math.Abs(truth.ContactSeconds - (stride.ContactMilliseconds / 1000.0)) < ToleranceSeconds));

            // The first one after the gap does not know when the one before it was.
            var after = strides.First(stride => stride.ContactMilliseconds > at * MotionScale.SampleMilliseconds);
            Assert.Equal(Stride.Missing, after.StrideMilliseconds);

            // None is lost that was over before the gap: what had been recognised by then is told, as it would have
            // been.
            foreach (var before in whole.Where(
                stride => stride.ContactMilliseconds
                    + stride.DecisionMilliseconds <= at * MotionScale.SampleMilliseconds))
            {
                Assert.Contains(strides,
                    stride => stride.ContactMilliseconds == before.ContactMilliseconds
                        && stride.LengthMillimeters == before.LengthMillimeters);
                kept++;
            }
        }

        Assert.True(kept > 500);
    }
}
