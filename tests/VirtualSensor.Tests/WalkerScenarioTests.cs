using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Tests.Walking;

public class WalkerScenarioTests
{
    public static TheoryData<string> Names => [.. Scenarios.All.Select(s => s.Name)];

    private static readonly string[] StillOrFalse =
        ["standing", "shuffling", "turning", "weight-shift", "tapping", "side-step", "side-rails", "carry",
            "putting-on", "riding", "sitting", "calibrating", "heel-raises"];

    [Fact]
    public void The_scenarios_promised_by_name_exist()
    {
        string[] promised =
        [
            "backward", "learning", "heel-first", "tired", "rails", "forward", "dropout", "standing", "shuffling",
            "turning", "mixed",
            "weight-shift", "tapping", "side-step", "carry",
        ];
        Assert.Subset(Scenarios.All.Select(s => s.Name).ToHashSet(), promised.ToHashSet());
        Assert.False(Scenarios.TryGet("no such thing", 1, out _));
        Assert.All(Scenarios.All, s => Assert.False(string.IsNullOrWhiteSpace(s.Description)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scenario_has_a_walker_whatever_the_seed(string name)
    {
        for (int seed = 1; seed <= 8; seed++) // 'mixed' had none for 7
        {
            Assert.True(Scenarios.TryGet(name, seed, out var walker));
            Assert.True(walker.Seconds > 0, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_scenario_runs_to_its_end_within_the_chips_ranges_and_ends_at_rest(string name)
    {
        Assert.True(Scenarios.TryGet(name, 3, out var walker));
        for (var t = 0.0; t < walker.Seconds; t += 0.007)
        {
            var m = walker.At(t);
            Assert.InRange(Math.Max(Math.Abs(m.AxG), Math.Max(Math.Abs(m.AyG), Math.Abs(m.AzG))), 0, 20);
            Assert.InRange(Math.Max(Math.Abs(m.GxDps), Math.Max(Math.Abs(m.GyDps), Math.Abs(m.GzDps))), 0, 1500);
        }

        var end = walker.At(walker.Seconds + 1);
        Assert.Equal(1, Math.Sqrt((end.AxG * end.AxG) + (end.AyG * end.AyG) + (end.AzG * end.AzG)), 0.002);
        Assert.InRange(Math.Abs(end.GyDps), 0, 1.5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Truth_is_in_order_and_only_walks_have_strides(string name)
    {
        Assert.True(Scenarios.TryGet(name, 3, out var walker));
        Assert.Equal(StillOrFalse.Contains(name), walker.Strides.Count == 0);
        var flat = 0.0;
        TrueStride? before = null;
        foreach (var s in walker.Strides)
        {
            Assert.True(
                flat < s.ClearanceSeconds && s.ClearanceSeconds < s.ContactSeconds
                    && s.ContactSeconds < s.FootFlatSeconds);
            if (s.StrideSeconds is { } seconds)
            {
                Assert.Equal(s.ContactSeconds - before!.ContactSeconds, seconds, 1e-9);
            }

            (flat, before) = (s.FootFlatSeconds, s);
        }

        Assert.Equal(walker.Activities.Select(a => a.EndSeconds).SkipLast(1),
            walker.Activities.Select(a => a.StartSeconds).Skip(1));
        Assert.Equal(walker.Strides.Count(s => s.FootFlatSeconds <= 30), walker.StridesUntil(30).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_moves_alike_and_another_seed_does_not(string name)
    {
        Assert.True(Scenarios.TryGet(name, 11, out var one));
        Assert.True(Scenarios.TryGet(name, 11, out var same));
        Assert.True(Scenarios.TryGet(name, 12, out var other));
        var seconds = Math.Min(one.Seconds, 30);
        var options = new SamplerOptions { NoiseFactor = 0, LowPass = false };
        Assert.Equal(Sampler.Sample(one, seconds, options), Sampler.Sample(same, seconds, options));
        Assert.NotEqual(Sampler.Sample(one, seconds, options with { }), Sampler.Sample(other, seconds, options));
        Assert.Equal(one.Strides, same.Strides);
    }

    [Fact]
    public void Asking_backward_in_time_gives_the_same_answer()
    {
        Assert.True(Scenarios.TryGet("mixed", 5, out var walker));
        var times = Enumerable.Range(0, 2000).Select(i => i * 0.0173).ToArray();
        var rising = times.Select(walker.At).ToArray();
        Assert.Equal(rising.Reverse(), times.Reverse().Select(walker.At));
    }

    [Fact]
    public void A_beginner_improves_and_a_tired_walker_flattens()
    {
        Assert.True(Scenarios.TryGet("learning", 1, out var beginner));
        Assert.InRange(ShareOfToes(beginner.Strides.Take(30)), 0, 0.6);
        Assert.InRange(ShareOfToes(beginner.Strides.TakeLast(30)), 0.95, 1);

        Assert.True(Scenarios.TryGet("tired", 1, out var tired));
        Assert.InRange(ShareOfToes(tired.Strides.Take(60)), 0.95, 1);
        Assert.InRange(ShareOfToes(tired.Strides.TakeLast(30)), 0, 0.6);
        Assert.True(Mean(tired.Strides.TakeLast(30)) > 1.1 * Mean(tired.Strides.Skip(10).Take(40)),
            "longer strides in time");
    }

    [Fact]
    public void A_heel_first_walker_goes_backward_on_the_heels()
    {
        Assert.True(Scenarios.TryGet("heel-first", 1, out var walker));
        Assert.All(walker.Strides, s => Assert.Equal(Direction.Backward, s.Direction));
        Assert.True(walker.Strides.Count(s => s.Landing == Landing.Heel) > 0.9 * walker.Strides.Count);
    }

    [Fact]
    public void With_a_hand_on_the_rail_the_rhythm_is_steadier()
    {
        Assert.True(Scenarios.TryGet("rails", 1, out var walker));
        var held = Variation(walker, Posture.Held);
        var free = Variation(walker, Posture.Free);
        Assert.InRange(held / free, 0.4, 0.8);
    }

    [Fact]
    public void The_truth_can_be_written_as_csv()
    {
        Assert.True(Scenarios.TryGet("backward", 1, out var walker));
        var lines = Truth.ToCsv(walker.Strides).TrimEnd('\n').Split('\n');
        Assert.Equal(walker.Strides.Count + 1, lines.Length);
        Assert.StartsWith(
            "contact_s,clearance_s,direction,landing,foot_strike_deg,tilt_deg,stride_s,stance_s,stride_m,belt_mps",
            lines[0], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.Equal(lines[0].Count(c => c == ','), l.Count(c => c == ',')));
        Assert.Contains(",,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_outside_a_humans_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Walker([new Walk(WalkParameters.Backward(2.5), 10)]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Walker([new Walk(WalkParameters.Forward(1) with { TiltDegrees = 40 }, 10)]));
    }

    private static double ShareOfToes(IEnumerable<TrueStride> strides) =>
        strides.Average(s => s.Landing == Landing.Toe ? 1.0 : 0.0);

    private static double Mean(IEnumerable<TrueStride> strides) => strides.Average(s => s.StrideSeconds ?? 0);

    private static double Variation(Walker walker, Posture posture)
    {
        var spans = walker.Activities.Where(a => a.Posture == posture).ToList();
        var times =
            walker.Strides.Where(
                s => s.StrideSeconds is not null
                    && spans.Exists(a => s.ContactSeconds > a.StartSeconds + 8 && s.ContactSeconds < a.EndSeconds - 5))
            .Select(s => s.StrideSeconds!.Value).ToList();
        var mean = times.Average();
        return Math.Sqrt(times.Average(t => (t - mean) * (t - mean))) / mean;
    }
}
