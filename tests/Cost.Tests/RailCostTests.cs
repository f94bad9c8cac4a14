using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost.Tests;

/// <summary>What telling the rails adds to a sample, with the walker's baselines there: without them it does next to nothing.</summary>
[Collection("one counting world")]
public sealed class RailCostTests
{
    private const double MostAddedOps = 60;

    [Fact]
    public void Telling_the_rails_adds_at_most_60_ops_a_sample_and_no_sample_is_too_dear()
    {
        var walker = new Walker([new Stand(3), new Walk(WalkParameters.Backward(0.7), 180)], new WalkerSettings { Seed = 1, HeadingDegrees = 180 });
        var samples = Sampler.Sample(walker, walker.Seconds);
        var (without, _) = Measure(samples, walker, false);
        var (with, worst) = Measure(samples, walker, true);
        Assert.InRange(with - without, 3, MostAddedOps);
        Assert.InRange(worst, 1, CostBudget.WorstOps);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"rails add {with - without:0.0} ops a sample; the dearest sample has {worst}"));
    }

    private static (double Mean, long Worst) Measure(RawMotion[] samples, Walker walker, bool withBaselines)
    {
        var code = BudgetTests.Code;
        var feed = MotionPath.Counted(code, walker.Mount, withBaselines);
        long worst = 0;
        code.Reset();
        foreach (var sample in samples)
        {
            long before = code.Ops;
            feed(sample);
            worst = Math.Max(worst, code.Ops - before);
        }

        return ((double)code.Ops / samples.Length, worst);
    }
}
