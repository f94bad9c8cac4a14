namespace Backstep.Gait.Tests;

public sealed class WristMeterTests
{
    [Fact]
    public void Means_and_deviations_are_those_of_the_samples()
    {
        var random = new Random(1);
        var meter = new WristMeter();
        var samples = Enumerable.Range(0, WristMeter.Samples)
            .Select(_ => Enumerable.Range(0, 6).Select(a => (short)((a * 300) + random.Next(-200, 200))).ToArray())
            .ToArray();
        for (var i = 0; i < samples.Length; i++)
        {
            Assert.Equal(i == samples.Length - 1, meter.Add(Fifo(samples[i]), 0));
        }

        for (var axis = 0; axis < 6; axis++)
        {
            Assert.InRange(meter.Mean[axis] - samples.Average(s => s[axis]), -1, 1);
        }

        Assert.InRange(meter.ForceDeviation - Deviation(0), -1, 1);
        Assert.InRange(meter.RateDeviation - Deviation(3), -1, 1);

        double Deviation(int from) =>
            Math.Sqrt(
                Enumerable.Range(from, 3)
                    .Sum(
                        axis => samples.Average(s => s[axis] * (double)s[axis])
                            - Math.Pow(samples.Average(s => s[axis]), 2)));
    }

    [Fact]
    public void The_wildest_samples_overflow_nothing_and_a_gap_begins_anew()
    {
        var meter = new WristMeter();
        for (var i = 0; i < WristMeter.Samples; i++)
        {
            var value = i % 2 == 0 ? short.MaxValue : short.MinValue;
            meter.Add(Fifo([value, value, value, value, value, value]), 0);
        }

        Assert.InRange(meter.ForceDeviation, 1000, 10000);
        for (var i = 0; i < WristMeter.Samples - 1; i++)
        {
            Assert.False(meter.Add(Fifo([0, 0, 2048, 0, 0, 0]), 0));
        }

        meter.Gap();
        Assert.False(meter.Add(Fifo([0, 0, 2048, 0, 0, 0]), 0));
    }

    private static byte[] Fifo(short[] values) => [.. values.SelectMany(v => new[] { (byte)(v >> 8), (byte)v })];
}
