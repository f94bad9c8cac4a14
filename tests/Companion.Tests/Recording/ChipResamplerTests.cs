using Backstep.Files.Recording;
using Backstep.Gait;

namespace Backstep.Companion.Tests.Recording;

public class ChipResamplerTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(204.8)]
    [InlineData(1000)]
    public void A_constant_stays_exactly_what_it_is(double hertz)
    {
        var samples =
            Resample(Recordings.Rows((int)(2 * hertz), hertz, _ => new MotionRow(0, 0.5, -1, 1, 100, -250, 0)));
        Assert.InRange(samples.Count, 195, 200);
        Assert.All(samples, sample => Assert.Equal(new ChipSample(1024, -2048, 2048, 1640, -4100, 0), sample));
    }

    [Theory]
    [InlineData(100, 3)]
    [InlineData(200, 3)]
    [InlineData(204.8, 10)]
    [InlineData(1000, 10)]
    public void A_slow_movement_passes_with_the_delay_of_the_chip(double hertz, double frequency)
    {
        var (gain, delayMilliseconds) = Response(hertz, frequency);
        Assert.InRange(gain, 0.97, 1.005);
        Assert.InRange(delayMilliseconds, LowPass.DelayMilliseconds - 0.4, LowPass.DelayMilliseconds + 0.4);
    }

    [Fact]
    public void The_corner_lies_at_44_Hz()
    {
        Assert.InRange(Response(1000, LowPass.CornerHertz).Gain, 0.69, 0.72);
    }

    [Theory]
    [InlineData(1000, 130, 0.12)]
    [InlineData(1000, 210, 0.05)]
    [InlineData(1000, 320, 0.025)]
    public void What_100_Hz_cannot_carry_is_taken_out(double hertz, double frequency, double most)
    {
        double largest =
            Resample(
                Recordings.Rows(2000, hertz,
                    t => new MotionRow(0, 0, 0, Math.Sin(2 * Math.PI * frequency * t), 0, 0, 0)))
            .Skip(20).Max(sample => Math.Abs((int)sample.Az)) / (double)MotionScale.AccelerometerCountsPerG;
        Assert.InRange(largest, 0, most);
    }

    [Fact]
    public void Uneven_row_times_do_not_bend_the_movement()
    {
        var random = new Random(3);
        var even = Recordings.Rows(400, 200, Wave).ToList();
        var uneven = even.Select(row =>
        {
            double seconds = row.Seconds + (random.NextDouble() - 0.5) * 0.003;
            return Wave(seconds) with { Seconds = seconds };
        }).ToList();
        uneven[0] = even[0];
        var pairs = Resample(even).Zip(Resample(uneven));
        Assert.All(pairs, pair => Assert.InRange(pair.First.Gy - pair.Second.Gy, -8, 8)); // half a deg/s

        static MotionRow Wave(double t) => new(0, 0, 0, 1, 0, 200 * Math.Sin(2 * Math.PI * 4 * t), 0);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(333)]
    public void A_recording_cut_short_gives_the_same_samples_up_to_the_cut(int rows)
    {
        var all = Noise(600).ToList();
        var whole = Resample(all);
        var cut = Resample(all.Take(rows));
        Assert.Equal(whole.Take(cut.Count), cut);
        Assert.InRange(cut.Count, (rows / 2) - 2, rows / 2);
    }

    [Fact]
    public void Sample_n_is_ready_as_soon_as_the_row_after_its_time_has_come()
    {
        var resampler = new ChipResampler();
        foreach (var row in Noise(600, start: 12.3))
        {
            resampler.Add(row, out _);
            long due = (long)Math.Floor((row.Seconds - 12.3) * 100 + 1e-6);
            Assert.InRange(resampler.SampleCount, due - 1, due);
        }

        Assert.Equal(12.3, resampler.OriginSeconds);
    }

    [Fact]
    public void A_hole_of_up_to_100_ms_is_bridged()
    {
        var resampler = new ChipResampler();
        var rows = Recordings.Rows(100, 100, _ => new MotionRow(0, 0, 0, 1, 0, 0, 0))
            .Where((_, i) => i is <= 40 or >= 50);
        foreach (var row in rows)
        {
            resampler.Add(row, out uint lost);
            Assert.Equal(0u, lost);
        }

        Assert.Equal(98, resampler.SampleCount);
    }

    [Fact]
    public void A_longer_hole_is_a_gap_of_lost_samples_and_nothing_is_invented_in_it()
    {
        var resampler = new ChipResampler();
        uint lostInAll = 0;
        long given = 0;
        var rows = Recordings.Rows(400, 200, t => new MotionRow(0, 0, 0, t < 1 ? 1 : 3, 0, 0, 0))
            .Where(row => row.Seconds is < 0.6 or > 1.2);
        foreach (var row in rows)
        {
            var samples = resampler.Add(row, out uint lost);
            foreach (var sample in samples)
            {
                Assert.Equal(row.Seconds < 1 ? 2048 : 3 * 2048, sample.Az);
                given++;
            }

            lostInAll += lost;
        }

        Assert.InRange(lostInAll, 60u, 64u);
        Assert.Equal(resampler.SampleCount, given + lostInAll);
        Assert.InRange(resampler.SampleCount, 197, 199);
    }

    [Fact]
    public void Beyond_the_range_of_the_chip_its_edge_is_given_and_counted()
    {
        var resampler = new ChipResampler();
        var samples = new List<ChipSample>();
        foreach (var row in Recordings.Rows(50, 100, _ => new MotionRow(0, 20, -20, 1, 0, 3000, 0)))
        {
            samples.AddRange(resampler.Add(row, out _));
        }

        Assert.All(samples,
            sample => Assert.Equal((short.MaxValue, short.MinValue, short.MaxValue),
                (sample.Ax, sample.Ay, sample.Gy)));
        Assert.Equal(3 * samples.Count, resampler.Clipped);
    }

    private static IEnumerable<MotionRow> Noise(int rows, double start = 0)
    {
        var random = new Random(11);
        return Recordings.Rows(rows, 200,
            _ => new MotionRow(0, random.NextDouble(), random.NextDouble(), random.NextDouble(),
                random.Next(-300, 300), 0, 0))
            .Select(row => row with { Seconds = row.Seconds + start });
    }

    private static List<ChipSample> Resample(IEnumerable<MotionRow> rows)
    {
        var resampler = new ChipResampler();
        var samples = new List<ChipSample>();
        foreach (var row in rows)
        {
            samples.AddRange(resampler.Add(row, out _));
        }

        return samples;
    }

    /// <summary>Fits a sine to what comes out: how large, and how much later than what went in.</summary>
    private static (double Gain, double DelayMilliseconds) Response(double hertz, double frequency)
    {
        const double amplitude = 500;
        double omega = 2 * Math.PI * frequency;
        var samples =
            Resample(
                Recordings.Rows((int)(4 * hertz), hertz,
                    t => new MotionRow(0, 0, 0, 1, 0, amplitude * Math.Sin(omega * t), 0)));

        // Whole periods only, and without the start.
        double sine = 0, cosine = 0;
        const int from = 100, count = 200;
        for (int i = from; i < from + count; i++)
        {
            double seconds = (i + 1) / (double)MotionScale.SampleRateHertz;
            double value = samples[i].Gy / (double)MotionScale.GyroscopeCountsPerDegreePerSecond;
            sine += value * Math.Sin(omega * seconds) * 2 / count;
            cosine += value * Math.Cos(omega * seconds) * 2 / count;
        }

        return (Math.Sqrt((sine * sine) + (cosine * cosine)) / amplitude, -Math.Atan2(cosine, sine) / omega * 1000);
    }
}
