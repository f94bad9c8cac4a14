using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost.Tests;

/// <summary>The firmware's sample path against the device's budget, and the budget's check against code that breaks
/// it.</summary>
[Collection("one counting world")]
public sealed class BudgetTests
{
    /// <summary>For all tests of the program, one after the other: see <see cref="WholeProgram.Measure"/>.</summary>
    internal static readonly CountedCode Code = MotionPath.Count(DeviceCalls.BesideProgram());

    public static TheoryData<string> Simulated => [.. SimulatedCases.All.Select(c => c.Name)];

    public static TheoryData<string> Real => [.. RealCases.In(RealCases.FolderBesideProgram).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Simulated))]
    public void A_simulated_foot_is_within_budget(string name) =>
        IsWithinBudget(SimulatedCases.All.Single(c => c.Name == name));

    [Theory]
    [MemberData(nameof(Real))]
    public void A_real_foot_is_within_budget(string name) =>
        IsWithinBudget(RealCases.In(RealCases.FolderBesideProgram).Single(c => c.Name == name));

    /// <summary>
    /// A Stride has 13 fields: 14 blocks of 12 bytes. Seen on the v1 CLR, compiled for 32 bits; on .NET it is 64 bytes.
    /// </summary>
    [Fact]
    public void A_stride_takes_168_bytes_of_the_devices_heap_and_nothing_else_is_allocated_with_it()
    {
        var report = SimulatedCases.All.First(c => c.HasStrides).Measure(Code);
        Assert.True(report.Strides > 10);
        Assert.Equal(168, report.DeviceBytesPerStride);
    }

    [Fact]
    public void Ninety_nine_percent_is_the_smallest_value_that_99_of_100_do_not_exceed()
    {
        Assert.Equal(99, CostMeter.Percentile([.. Enumerable.Range(1, 100).Reverse().Select(i => (long)i)], 0.99));
        Assert.Equal(5, CostMeter.Percentile([5], 0.99));
    }

    [Fact]
    public void Code_that_keeps_to_the_budget_passes() =>
        Assert.Empty(Violations(5, 50, allocates: false, callsUnknown: false));

    [Fact]
    public void Code_that_is_too_dear_on_the_average_fails() =>
        Assert.Contains("on the average", Assert.Single(Violations(60, 60, allocates: false, callsUnknown: false)),
            StringComparison.Ordinal);

    [Fact]
    public void One_dear_sample_in_a_thousand_fails() =>
        Assert.Contains("at sample 999", Assert.Single(Violations(1, 400, allocates: false, callsUnknown: false)),
            StringComparison.Ordinal);

    [Fact]
    public void Code_that_allocates_fails_on_both_counts() => Assert.Collection(
        Violations(1, 1, allocates: true, callsUnknown: false),
        bytes => Assert.Contains("bytes allocated", bytes, StringComparison.Ordinal),
        objects => Assert.Contains("2000 objects", objects, StringComparison.Ordinal));

    [Fact]
    public void Code_that_cannot_be_counted_fails() =>
        Assert.Contains("2000 calls to System.Math.Clamp(float,float,float)",
            Assert.Single(Violations(1, 1, allocates: false, callsUnknown: true)), StringComparison.Ordinal);

    private static IReadOnlyList<string> Violations(int turnsEverySample, int turnsEveryThousandth, bool allocates,
        bool callsUnknown)
    {
        var code = CountedCode.Load(DeviceCalls.BesideProgram(), typeof(ExpensiveEngine).Assembly.Location);
        var typeThere = code.Assembly(typeof(ExpensiveEngine).Assembly.GetName().Name!)
            .GetType(typeof(ExpensiveEngine).FullName!)!;
        FeedSample Feed(Type type)
        {
            object engine = Activator.CreateInstance(type, turnsEverySample, turnsEveryThousandth, allocates,
                callsUnknown)!;
            var add =
                type.GetMethod(nameof(ExpensiveEngine.Add))!.CreateDelegate<Func<short, short, short, bool>>(engine);
            return (in MotionCounts s) => add(s.Ax, s.Ay, s.Az);
        }

        var meter = new CostMeter(code, () => Feed(typeThere), () => Feed(typeof(ExpensiveEngine)));
        return CostBudget.Violations(meter.Measure("expensive", new MotionCounts[2000]));
    }

    private static void IsWithinBudget(CostCase cost)
    {
        var report = cost.Measure(Code);

        var violations = CostBudget.Violations(report);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
        if (cost.HasStrides)
        {
            Assert.True(report.Strides > 0, $"{cost.Name}: no stride, so the dear part of the engine has not run");
        }
    }
}
