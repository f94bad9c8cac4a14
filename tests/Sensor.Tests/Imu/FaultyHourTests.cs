using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Imu;

/// <summary>A walk during which something goes wrong every few seconds: the wire, the plug, the supply, the program's
/// own pace, the link.</summary>
public sealed class FaultyHourTests
{
    /// <summary>What the engine needs after a gap: a foot-flat to level itself, then a whole stride.</summary>
    private const double AfterGapSeconds = 4;

    private const double ToleranceSeconds = 0.3;

    private static readonly string[] Kinds = ["nak", "break", "stuck", "plug", "brown-out", "stall", "link"];

    [Theory]
    [InlineData(1, 3600)]
    [InlineData(2, 900)]
    [InlineData(3, 900)]
    public void Whatever_fails_every_few_seconds_the_program_goes_on_invents_no_stride_and_misses_none_outside_the_gaps(
        int seed, double seconds)
    {
        var chance = new Random(seed);
        var walker = Bench.Backward(seconds, seed);
        using var bench = Bench.Open(walker, out var sensor);
        var told = new SortedDictionary<uint, (Stride Stride, double At)>();
        var gaps = new List<(double From, double To)> { (0, 1) };
        var kinds = new Dictionary<string, int>();
        Listen(bench, told);
        bench.AdvanceTo(8);
        while (bench.Seconds < seconds - 20)
        {
            bench.Advance(2 + (chance.NextDouble() * 10));
            var (from, lost) = (bench.Seconds, sensor().Sampler.LostSamples);
            var kind = Kinds[chance.Next(Kinds.Length)];
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            Break(bench, kind, chance);
            if (kind == "link")
            {
                Listen(bench, told);
            }

            // Until it streams again and nothing more is lost.
            for (var i = 0; i < 100 && (!sensor().Sampler.IsStreaming || i < 16); i++)
            {
                bench.Advance(0.1);
            }

            Assert.True(sensor().Sampler.IsStreaming, $"{kind} at {from:F1} s: not recovered");
            if (sensor().Sampler.LostSamples != lost)
            {
                gaps.Add((from, bench.Seconds));
            }
        }

        bench.AdvanceTo(seconds + 3);
        CatchUp(bench, told);

        Assert.Equal(0u, sensor().Faults);
        Assert.Equal(Kinds.Order(), kinds.Keys.Order());
        Assert.True(gaps.Count > seconds / 25, $"{gaps.Count} gaps");
        var strides = told.Values.Select(one => one.Stride).ToArray();
        Bench.AssertNumbered(strides);
        Bench.AssertWalked(walker, strides, ToleranceSeconds);
        Assert.All(strides, stride => Assert.Equal(Direction.Backward, stride.Direction));

        var whole = walker.Strides.Where(stride => gaps.TrueForAll(gap =>
            stride.ContactSeconds + 0.5 < gap.From || stride.ClearanceSeconds > gap.To + AfterGapSeconds)).ToArray();
        Assert.True(whole.Length > walker.Strides.Count / 3,
            $"{whole.Length} of {walker.Strides.Count} strides lie outside the gaps");
        var missed = whole.Where(stride => !Array.Exists(
            strides,
            one => Math.Abs((one.ContactMilliseconds / 1000.0) + 0.5 - stride.ContactSeconds) <= ToleranceSeconds))
                .ToArray();
        Assert.True(missed.Length == 0,
            $"{missed.Length} of {whole.Length} missed: " + string.Join(", ", missed.Take(10).Select(
            stride =>
                $"{stride.ContactSeconds:F1} (gap to "
                + $"{gaps.Where(gap => gap.To < stride.ContactSeconds).Select(gap => gap.To).Last():F1})")));
    }

    private static void Break(Bench bench, string kind, Random chance)
    {
        var chip = bench.Device.Chip;
        switch (kind)
        {
            case "nak":
                chip.NakNext(chance.Next(1, 9));
                break;
            case "break":
                chip.BreakNext(1);
                break;
            case "stuck":
                chip.BusStuck = true;
                bench.Advance(0.3 + (2 * chance.NextDouble()));
                chip.BusStuck = false;
                break;
            case "plug":
                chip.Unplug();
                bench.Advance(0.2 + (4 * chance.NextDouble()));
                chip.Replug();
                break;
            case "brown-out":
                chip.BrownOut();
                break;
            case "stall":
                bench.Stall(0.2 + (1.8 * chance.NextDouble()));
                break;
            default:
                bench.Device.Radio.DropLink();
                bench.Advance(0.5 + (5 * chance.NextDouble()));
                break;
        }
    }

    // As an app does: live strides, and those that it lacks from the log.
    private static void Listen(Bench bench, SortedDictionary<uint, (Stride Stride, double At)> told)
    {
        bench.Connect();
        bench.Central.Subscribe(Uuids.Backstep, Uuids.Stride, value => Take(bench, told, value));
        bench.Central.Subscribe(Uuids.Backstep, Uuids.Control, _ => { });
        bench.Central.Subscribe(Uuids.Backstep, Uuids.Log, value =>
        {
            if (value.Length % StrideCodec.Length == 0)
            {
                Take(bench, told, value);
            }
        });
        CatchUp(bench, told);
    }

    private static void CatchUp(Bench bench, SortedDictionary<uint, (Stride Stride, double At)> told)
    {
        var next = 1u;
        while (told.ContainsKey(next))
        {
            next++;
        }

        bench.Central.Write(Uuids.Backstep, Uuids.Control,
            [(byte)ControlOperation.ReplayLog, .. BitConverter.GetBytes(next)]);
        bench.Advance(1);
    }

    private static void Take(Bench bench, SortedDictionary<uint, (Stride Stride, double At)> told, byte[] value)
    {
        foreach (var stride in LogStrides.Decode(value, out _))
        {
            told[stride.Sequence] = (stride, bench.Seconds);
        }
    }
}
