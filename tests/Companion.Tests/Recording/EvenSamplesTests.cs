using Backstep.Files.Recording;

namespace Backstep.Companion.Tests.Recording;

public class EvenSamplesTests
{
    [Fact]
    public void What_was_written_from_the_chips_integers_comes_back_as_the_very_same_integers()
    {
        var random = new Random(5);
        short Any() => (short)random.Next(short.MinValue, short.MaxValue + 1);
        var samples = Enumerable.Range(0, 2000).Select(_ => new ChipSample(Any(), Any(), Any(), Any(), Any(), Any()))
            .ToList();
        using var text = new StringWriter();
        using var csv = new MotionCsvWriter(text, ["a test"]);
        for (int i = 0; i < samples.Count; i++)
        {
            csv.Write(i * 10, samples[i]);
        }

        var rows = Recordings.Read(text.ToString());
        Assert.True(EvenSamples.Fits(rows));
        Assert.Equal(samples, Play(rows, out var source));
        Assert.Equal((2000, 0), (source.SampleCount, source.Clipped));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(200)]
    [InlineData(50)]
    public void Another_rate_is_not_taken_for_the_chips(double hertz)
    {
        Assert.False(EvenSamples.Fits([.. Recordings.Rows(100, hertz, _ => default)]));
    }

    [Fact]
    public void Uneven_rows_are_not_taken_for_the_chips()
    {
        var rows = Recordings.Rows(100, 100, _ => default).ToList();
        rows[50] = rows[50] with { Seconds = rows[50].Seconds + 0.001 };
        Assert.False(EvenSamples.Fits(rows));
    }

    [Fact]
    public void A_few_lacking_rows_are_bridged_and_a_longer_hole_is_a_gap()
    {
        var rows = Recordings.Rows(100, 100, t => new MotionRow(0, 0, 0, 1, 0, t * 100, 0))
            .Where((_, i) => i is < 20 or (> 22 and < 50) or > 69).ToList();
        var source = new EvenSamples();
        uint lost = 0;
        int given = 0;
        foreach (var row in rows)
        {
            var samples = source.Add(row, out uint lostHere);
            lost += lostHere;
            given += samples.Length;
            foreach (var sample in samples)
            {
                Assert.InRange(sample.Gy / 16.4, (row.Seconds * 100) - 4.1, (row.Seconds * 100) + 0.1);
            }
        }

        Assert.Equal((20u, 80, 100), (lost, given, source.SampleCount));
    }

    private static List<ChipSample> Play(IEnumerable<MotionRow> rows, out EvenSamples source)
    {
        source = new EvenSamples();
        var samples = new List<ChipSample>();
        foreach (var row in rows)
        {
            samples.AddRange(source.Add(row, out uint lost));
            Assert.Equal(0u, lost);
        }

        return samples;
    }
}
