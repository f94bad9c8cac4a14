using System.Globalization;
using Backstep.Files.Recording;
using Backstep.Gait;

namespace Backstep.Replay.Tests;

/// <summary>Real feet that walk already when the sensor wakes.</summary>
public sealed class WakingTests(ITestOutputHelper output)
{
    private const int Starts = 20;
    private const double WithinSeconds = 6;

    // What must be left of the walk, in samples.
    private const int Left = 800;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whoever_walks_when_the_sensor_wakes_has_a_first_stride_soon(bool reverse)
    {
        var waits = new List<double>();
        string[] all = [Recordings.Left, Recordings.Right, Recordings.Slow, Recordings.Extreme, Recordings.Loop];
        foreach (string name in all)
        {
            waits.AddRange(Waits(name, reverse));
        }

        waits.Sort();
        double most = waits[(int)(0.95 * waits.Count)];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"first stride after {waits[waits.Count / 2]:F1} s (median), {most:F1} s (95 %), {waits[^1]:F1} s at "
            + $"the latest"));
        Assert.InRange(most, 0, WithinSeconds);
        Assert.InRange(waits[^1], 0, 2 * WithinSeconds);
    }

    private static IEnumerable<double> Waits(string name, bool reverse)
    {
        var (rows, mount) = Recordings.Rows(name);
        var samples = Played.Samples(reverse ? TimeReversal.Reverse(rows) : rows, out _);
        var whole = Played.Of(samples, mount, 0);
        double first = whole[0].ContactMilliseconds / 10.0, last = (whole[^1].ContactMilliseconds / 10.0) - Left;
        var random = new Random(12);
        for (int i = 0; i < Starts; i++)
        {
            var strides = Played.Of(samples, mount, (int)(first + (random.NextDouble() * (last - first))));
            Assert.DoesNotContain(strides, s => s.Direction == (reverse ? Direction.Forward : Direction.Backward));
            yield return strides.Count == 0
                ? double.PositiveInfinity
                : (strides[0].ContactMilliseconds + strides[0].DecisionMilliseconds) / 1000.0;
        }
    }
}
