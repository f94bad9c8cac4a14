using System.Globalization;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost.Tests;

/// <summary>
/// What telling the rails adds to a sample, with the walker's baselines there: without them it does next to nothing.
/// The budget of a sample is one for the gait and the rails together, so the recordings are measured again with
/// baselines that fit them.
/// </summary>
[Collection("one counting world")]
public sealed class RailCostTests
{
    private const double MostAddedOps = 60;

    // Fewer strides than fill half a window bring no verdict, the dear part of the work.
    private const int StridesForAVerdict = (RailEstimator.DefaultWindow / 2) + SpreadWindow.Before + 1;

    // From here on the simulated walk's window is full, and every stride is compared in every way.
    private const int SettledSamples = 9000;

    // Every tenth of a second, and one more: an odd number, so that every other burst begins and ends within a pair.
    private const int DeviceBurst = 11;

    private static readonly Lazy<(double OpsPerSample, double OpsPerStride, long Worst)> Added = new(MeasureAdded);

    public static TheoryData<string> SimulatedWalks =>
        [.. SimulatedCases.All.Where(c => c.HasStrides).Select(c => c.Name)];

    [Fact]
    public void Telling_the_rails_adds_at_most_60_ops_a_sample_and_no_sample_is_too_dear()
    {
        var (sample, stride, worst) = Added.Value;
        Assert.InRange(sample, 3, MostAddedOps);
        Assert.InRange(worst, 1, CostBudget.WorstOps);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"rails add {sample:0.0} ops a sample, {stride:0} a stride when the window is full; the dearest sample "
            + $"has {worst}"));
    }

    [Theory]
    [MemberData(nameof(BudgetTests.Real), MemberType = typeof(BudgetTests))]
    public void A_real_foot_with_the_rails_calibrated_is_within_budget(string name)
    {
        var report = IsWithinBudget(name);

        // Baselines of another walk would be cheap: nothing would be compared with them.
        long verdicts = Entries(report, "Decide");
        Assert.True(
            report.Strides < StridesForAVerdict
                || (verdicts > 0 && Entries(report, "LogLikelihood") >= verdicts * RailWindow.Spreads),
            $"{name}: {verdicts} verdicts of {report.Strides} strides");
    }

    // The simulated feet change their speed so often that few of their strides are compared; but they look for dear
    // samples.
    [Theory]
    [MemberData(nameof(SimulatedWalks))]
    public void A_simulated_foot_with_the_rails_calibrated_is_within_budget(string name) => IsWithinBudget(name);

    [Theory]
    [MemberData(nameof(BudgetTests.Real), MemberType = typeof(BudgetTests))]
    public void Bursts_as_the_device_finds_them_are_within_budget_too(string name)
    {
        var report = Case(name).MeasureWithRails(BudgetTests.Code, DeviceBurst);
        Assert.NotNull(report);
        Assert.InRange(report.MeanOps, 1, CostBudget.MeanOps);
        Assert.Equal((0, 0), (report.AllocatedBytes, report.DeviceObjects));
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"{name}: {report.MeanOps:0.0} ops a sample in bursts of {DeviceBurst}"));
    }

    [Theory]
    [MemberData(nameof(BudgetTests.Real), MemberType = typeof(BudgetTests))]
    public void A_walk_that_goes_on_until_every_stride_is_compared_is_within_budget(string name)
    {
        // The recordings are shorter than a window or two: most of their strides come too early for a verdict.
        var report = Case(name).Measure(BudgetTests.Code);
        double mean = report.MeanOps + (Added.Value.OpsPerStride * report.Strides / report.Samples);
        Assert.InRange(mean, 1, CostBudget.MeanOps);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"{name}: {report.MeanOps:0.0} ops a sample without the rails, "
                + $"{mean:0.0} when every stride is compared"));
    }

    private static CostReport IsWithinBudget(string name)
    {
        var report = Case(name).MeasureWithRails(BudgetTests.Code);
        Assert.NotNull(report);

        var violations = CostBudget.Violations(report);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
        Assert.True(Entries(report, "TakeTimes") > 0, $"{name}: no stride has come to the estimator");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {report.Name} | {report.Strides} | {Entries(report, "Decide")} | {report.MeanOps:0} | "
            + $"{report.WorstOps} | {report.BytesPerSample:0.##} |"));
        return report;
    }

    private static long Entries(CostReport report, string method) =>
        report.Methods.Where(m => m.Name == $"{typeof(RailEstimator).FullName}.{method}").Sum(m => m.Entries);

    private static CostCase Case(string name) =>
        RealCases.In(RealCases.FolderBesideProgram).Concat(SimulatedCases.All).Single(c => c.Name == name);

    private static (double OpsPerSample, double OpsPerStride, long Worst) MeasureAdded()
    {
        var walker = new Walker([new Stand(3), new Walk(WalkParameters.Backward(0.7), 180)],
            new WalkerSettings { Seed = 1, HeadingDegrees = 180 });
        var samples = Sampler.Sample(walker, walker.Seconds);
        var baselines = new RailBaselines(Direction.Backward, 700, 50, new RailBaseline(36, 300, 300, 300, 300),
            new RailBaseline(36, 600, 600, 600, 600));
        var without = Measure(samples, walker, null);
        var with = Measure(samples, walker, baselines);
        return (with.Mean - without.Mean, (with.Settled - without.Settled) / (double)with.SettledStrides, with.Worst);
    }

    private static (double Mean, long Settled, int SettledStrides, long Worst) Measure(MotionCounts[] samples,
        Walker walker, RailBaselines? rails)
    {
        var code = BudgetTests.Code;
        var feed = MotionPath.Counted(code, walker.Mount, rails);
        long worst = 0, settled = 0;
        int strides = 0;
        code.Reset();
        for (int i = 0; i < samples.Length; i++)
        {
            long before = code.Ops;
            bool stride = feed(samples[i]);
            long ops = code.Ops - before;
            worst = Math.Max(worst, ops);
            settled += i < SettledSamples ? 0 : ops;
            strides += stride && i >= SettledSamples ? 1 : 0;
        }

        return ((double)code.Ops / samples.Length, settled, strides, worst);
    }
}
