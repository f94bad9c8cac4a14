namespace Backstep.Gait.Tests;

/// <summary>When the rhythm counts as settled, to the stride and to the hundredth of a percent.</summary>
public sealed class RhythmMeterTests
{
    private const int Leave = RhythmMeter.DefaultThresholdHundredthsPercent * 6 / 5;

    // Each of the twenty is compared with the four before it.
    private const int Needed = RhythmMeter.Window + SpreadWindow.Before;

    private uint _milliseconds = 5000;

    [Fact]
    public void The_threshold_to_settle_is_lower_than_the_one_to_stay_so()
    {
        int between = 0;
        for (int amplitude = 0; amplitude < 120; amplitude++)
        {
            var fresh = new RhythmMeter();
            Add(fresh, Alternating(amplitude, 60));
            Assert.Equal(fresh.VariationHundredthsPercent < RhythmMeter.DefaultThresholdHundredthsPercent,
                fresh.IsSettled);

            var settled = new RhythmMeter();
            Add(settled, Alternating(0, 30));
            Assert.True(settled.IsSettled);
            Add(settled, Alternating(amplitude, 60));
            // Just below, the first strides of the new pace may have unsettled it.
            Assert.True(settled.VariationHundredthsPercent < Leave || !settled.IsSettled);
            Assert.True(settled.VariationHundredthsPercent > Leave * 95 / 100 || settled.IsSettled);
            between += settled.IsSettled && !fresh.IsSettled ? 1 : 0;
        }

        Assert.InRange(between, 1, 119);
    }

    [Theory]
    [InlineData(1400, 30, 1400)]
    [InlineData(1400, 30, 2800)] // a stride was missed: a fifth of the stride time is the most that counts
    [InlineData(1400, 30, 1850)]
    [InlineData(5200, 200, 6900)] // 0.8 s at the most
    [InlineData(3990, 30, 4810)]
    [InlineData(3, 1, 9)] // and a millisecond at the least
    public void The_variation_is_the_scatter_over_the_mean_of_the_last_twenty(int middle, int amplitude, int odd)
    {
        int[] times = [.. Alternating(amplitude, 30, middle), odd, .. Alternating(amplitude, 9, middle)];
        var meter = new RhythmMeter();
        var window = new SpreadWindow(RhythmMeter.Window);
        for (int i = 0; i < times.Length; i++)
        {
            Add(meter, times[i]);
            window.Add(times[i], Math.Clamp(times[i] / 5, 1, 800));
            Assert.Equal(
                window.Count < RhythmMeter.Window ? Stride.Missing
                    : (int)((Math.Sqrt(window.Variance) / window.Mean * 10_000) + 0.5),
                meter.VariationHundredthsPercent);
        }
    }

    [Fact]
    public void The_time_runs_from_the_first_stride_to_the_one_with_which_it_settled_first()
    {
        var meter = new RhythmMeter();
        Add(meter, Alternating(0, Needed - 1));
        Assert.Equal(Stride.Missing, meter.SettledAfterMilliseconds);
        Add(meter, 1400);
        Assert.Equal((Needed - 1) * 1400, meter.SettledAfterMilliseconds);
        Add(meter, Alternating(0, 5));
        Assert.Equal((Needed - 1) * 1400, meter.SettledAfterMilliseconds);
    }

    [Fact]
    public void After_a_stop_it_is_found_anew_and_the_time_stays()
    {
        var meter = new RhythmMeter();
        Add(meter, Alternating(0, 30));
        Add(meter, Stride.Missing);
        Assert.Equal((false, Stride.Missing, (Needed - 1) * 1400),
            (meter.IsSettled, meter.VariationHundredthsPercent, meter.SettledAfterMilliseconds));
        Add(meter, Alternating(0, Needed - 1));
        Assert.False(meter.IsSettled);
        Add(meter, 1400);
        Assert.True(meter.IsSettled);
    }

    [Fact]
    public void A_new_session_knows_nothing_of_the_last()
    {
        var meter = new RhythmMeter();
        Add(meter, Alternating(0, 30));
        meter.Clear();
        Assert.Equal((false, Stride.Missing, Stride.Missing),
            (meter.IsSettled, meter.VariationHundredthsPercent, meter.SettledAfterMilliseconds));
        _milliseconds = 90_000;
        Add(meter, Alternating(0, Needed - 1));
        Assert.False(meter.IsSettled);
        Add(meter, 1400);
        Assert.Equal((Needed - 1) * 1400, meter.SettledAfterMilliseconds);
    }

    private static int[] Alternating(int amplitude, int count, int middle = 1400) =>
        [.. Enumerable.Range(0, count).Select(i => middle + (i % 2 == 0 ? amplitude : -amplitude))];

    private void Add(RhythmMeter meter, params int[] strideTimes)
    {
        foreach (int time in strideTimes)
        {
            meter.Add(new Stride(
                sequence: 1,
                contactMilliseconds: _milliseconds,
                direction: Direction.Backward,
                landing: Landing.Toe,
                posture: Posture.Unknown,
                confidencePercent: 90,
                footStrikeHalfDegrees: -40,
                tiltHalfDegrees: 8,
                strideMilliseconds: time,
                swingMilliseconds: 400,
                lengthMillimeters: 900,
                impactTenthsG: 20,
                decisionMilliseconds: 100));
            _milliseconds += 1400;
        }
    }
}
