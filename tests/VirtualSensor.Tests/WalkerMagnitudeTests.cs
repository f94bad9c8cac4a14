using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Tests.Walking;

/// <summary>
/// Sizes that the firmware sees (100 Hz, through the chip's low-pass), against what people's feet do.
/// Forward: 56 strides of one healthy adult at about 1.25 m/s (mad-lab-fau/gaitmap example data, MIT; left and right),
/// put through the same 44 Hz low-pass. Backward: the published coarse ranges, since no recording that may be passed on
/// exists.
/// </summary>
public class WalkerMagnitudeTests
{
    // From the lower 10th to the higher 90th percentile of the two feet; the test gives a fifth more room to either
    // side.
    [Theory]
    [InlineData("heel-rise, deg/s", 440, 550)]
    [InlineData("swing, deg/s", -377, -315)]
    [InlineData("toe drop, deg/s", 267, 376)]
    [InlineData("foot strike, deg", 15, 22.5)]
    [InlineData("impact, g", 3.8, 8.9)]
    [InlineData("foot-off, g", 2.9, 4.6)]
    [InlineData("swing, g", 3.1, 3.8)]
    public void Forward_strides_are_as_large_as_recorded_ones(string what, double low, double high)
    {
        var room = 0.2 * Math.Min(Math.Abs(low), Math.Abs(high));
        Assert.InRange(Median(WalkParameters.Forward(1.25), what), low - room, high + room);
    }

    [Theory]
    [InlineData(0.5, "toe rise, deg/s", -250, -80)]
    [InlineData(0.5, "swing up, deg/s", 100, 300)]
    [InlineData(0.5, "heel drop, deg/s", -300, -100)]
    [InlineData(0.5, "impact, g", 1.3, 5)]
    [InlineData(1.0, "toe rise, deg/s", -300, -100)]
    [InlineData(1.0, "swing up, deg/s", 150, 350)]
    [InlineData(1.0, "heel drop, deg/s", -300, -100)]
    [InlineData(1.0, "impact, g", 1.3, 5)]
    public void Backward_strides_lie_in_the_published_ranges(double speed, string what, double low, double high) =>
        Assert.InRange(Median(WalkParameters.Backward(speed), what), low, high);

    [Fact]
    public void The_sampler_puts_rest_at_one_g_with_the_noise_of_the_data_sheet()
    {
        var still = Sampler.Sample(new Walker([new Stand(60, 0)]), 60,
            new SamplerOptions { NoiseFactor = 2, GyroscopeBiasDps = new Vector3D(0, 3, 0) });
        Assert.Equal(6000, still.Length);
        Assert.Equal(2048, still.Average(s => s.Az), 1.0);
        Assert.Equal(3 * 16.4, still.Average(s => s.Gy), 0.5);
        Assert.Equal(2 * 400e-6 * Math.Sqrt(44) * 2048, Deviation(still, s => s.Ax), 1.0);
        Assert.Equal(2 * 0.005 * Math.Sqrt(44) * 16.4, Deviation(still, s => s.Gx), 0.35);
    }

    [Fact]
    public void The_sampler_clips_where_the_chip_does()
    {
        var wild = Sampler.Sample(new Wild(), 1);
        Assert.All(wild, s => Assert.Equal((short.MaxValue, short.MinValue), (s.Ax, s.Gz)));
    }

    private static double Median(WalkParameters walk, string what)
    {
        var walker = new Walker([new Stand(1), new Walk(walk, 66), new Stand(1)], new WalkerSettings { Seed = 2 });
        var samples = Sampler.Sample(walker, walker.Seconds);
        double Pick(TrueStride s) => what switch
        {
            "heel-rise, deg/s" => Range(s.ClearanceSeconds - 0.3, s.ClearanceSeconds + 0.04).Max(Pitch),
            "swing, deg/s" => Range(s.ClearanceSeconds + 0.03, s.ContactSeconds - 0.02).Min(Pitch),
            "toe drop, deg/s" => Range(s.ContactSeconds, s.ContactSeconds + 0.3).Max(Pitch),
            "foot strike, deg" => s.FootStrikeDegrees,
            "toe rise, deg/s" => Range(s.ClearanceSeconds - 0.3, s.ClearanceSeconds + 0.04).Min(Pitch),
            "swing up, deg/s" => Range(s.ClearanceSeconds + 0.03, s.ContactSeconds - 0.02).Max(Pitch),
            "heel drop, deg/s" => Range(s.ContactSeconds, s.ContactSeconds + 0.3).Min(Pitch),
            "impact, g" => Range(s.ContactSeconds - 0.03, s.ContactSeconds + 0.15).Max(Force),
            "foot-off, g" => Range(s.ClearanceSeconds - 0.2, s.ClearanceSeconds + 0.05).Max(Force),
            "swing, g" => Range(s.ClearanceSeconds + 0.05, s.ContactSeconds - 0.03).Max(Force),
            _ => throw new ArgumentException(what),
        };
        IEnumerable<MotionCounts> Range(double from, double to) => samples[(int)(from * 100)..(int)(to * 100)];
        var values = walker.Strides.Where(s => s.ContactSeconds is > 6 and < 60).Select(Pick).Order().ToArray();
        return values[values.Length / 2];
    }

    private static double Pitch(MotionCounts m) => m.Gy / MotionScale.GyroscopeCountsPerDegreePerSecond;

    private static double Force(MotionCounts m) =>
        Math.Sqrt(
            ((double)m.Ax * m.Ax) + ((double)m.Ay * m.Ay)
                + ((double)m.Az * m.Az)) / MotionScale.AccelerometerCountsPerG;

    private static double Deviation(MotionCounts[] samples, Func<MotionCounts, double> of)
    {
        var mean = samples.Average(of);
        return Math.Sqrt(samples.Average(s => (of(s) - mean) * (of(s) - mean)));
    }

    private sealed class Wild : IMotionSource
    {
        public Motion At(double seconds) => new(40, 0, 0, 0, 0, -5000);
    }
}
