using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

public sealed class RailTests
{
    private static readonly RailBaselines Baselines = new(Direction.Backward, 700, 50,
        new RailBaseline(36, 340, 390, 200, 140), new RailBaseline(36, 600, 700, 230, 150));

    [Fact]
    public void Without_baselines_nothing_is_ever_said()
    {
        var estimator = new RailEstimator();
        Walk(estimator, 3, 200);
        Assert.Equal((Posture.Unknown, RailUnknown.NoBaselines, Stride.Missing),
            (estimator.Posture, estimator.Why, estimator.HeldPercent));
        Assert.False(estimator.HasWork);
    }

    [Theory]
    [InlineData(3.2, Posture.Held)]
    [InlineData(6.5, Posture.Free)]
    public void A_walker_that_scatters_as_one_baseline_is_told_by_it(double percent, Posture posture)
    {
        var estimator = new RailEstimator();
        estimator.Use(Baselines);
        Walk(estimator, percent, 10);
        Assert.Equal((Posture.Unknown, RailUnknown.TooFewStrides), (estimator.Posture, estimator.Why));
        Walk(estimator, percent, 90);
        Assert.Equal((posture, RailUnknown.None), (estimator.Posture, estimator.Why));
        Assert.InRange(estimator.HeldPercent, posture == Posture.Held ? 65 : 0, posture == Posture.Held ? 100 : 35);
    }

    [Theory]
    [InlineData(800, Direction.Backward)]
    [InlineData(600, Direction.Backward)]
    [InlineData(700, Direction.Forward)]
    public void At_another_speed_or_in_the_other_direction_nothing_is_said(int speed, Direction direction)
    {
        var estimator = new RailEstimator();
        estimator.Use(Baselines);
        Walk(estimator, 3.2, 90);
        Assert.Equal(Posture.Held, estimator.Posture);
        Walk(estimator, 3.2, 90, speed, direction);
        Assert.Equal((Posture.Unknown, RailUnknown.OtherSpeed, Stride.Missing),
            (estimator.Posture, estimator.Why, estimator.HeldPercent));
    }

    [Fact]
    public void Baselines_that_overlap_say_so_and_decide_nothing()
    {
        var alike = new RailBaselines(Direction.Backward, 700, 50, new RailBaseline(36, 400, 450, 200, 140),
            new RailBaseline(36, 430, 470, 200, 140));
        Assert.False(RailEstimator.AreDistinct(alike));
        Assert.True(RailEstimator.AreDistinct(Baselines));

        // Steadier with free hands is chance, not a rail.
        Assert.False(
            RailEstimator.AreDistinct(new RailBaselines(Direction.Backward, 700, 50, Baselines.Free, Baselines.Held)));
        var estimator = new RailEstimator();
        estimator.Use(alike);
        Walk(estimator, 2, 100);
        Assert.Equal((Posture.Unknown, RailUnknown.Overlap), (estimator.Posture, estimator.Why));
    }

    [Fact]
    public void After_a_stop_it_begins_again()
    {
        var estimator = new RailEstimator();
        estimator.Use(Baselines);
        Walk(estimator, 3.2, 90);
        Walk(estimator, 3.2, 1, first: true);
        Assert.Equal((Posture.Unknown, RailUnknown.TooFewStrides), (estimator.Posture, estimator.Why));
    }

    [Fact]
    public void The_first_stride_after_a_stop_says_nothing_of_the_rails_whatever_was_known_before()
    {
        var walk = WalkParameters.Backward(0.7);
        var walker = new Walker([new Stand(3), new Walk(walk, 20), new Stand(4), new Walk(walk, 20), new Stand(2)],
            new WalkerSettings { Seed = 2, HeadingDegrees = 180 });
        var engine = new GaitEngine(Mount.Identity, walker.Settings.Side);
        var strides = new List<Stride>();
        foreach (var m in Sampler.Sample(walker, walker.Seconds))
        {
            if (engine.Add(m.Ax, m.Ay, m.Az, m.Gx, m.Gy, m.Gz))
            {
                strides.Add(engine.TakeStride(Posture.Held));
            }
        }

        Assert.Equal(2, strides.Count(stride => stride.StrideMilliseconds == Stride.Missing));
        Assert.All(strides,
            stride => Assert.Equal(stride.StrideMilliseconds == Stride.Missing ? Posture.Unknown : Posture.Held,
                stride.Posture));
    }

    [Fact]
    public void Nothing_is_allocated_and_the_work_can_wait()
    {
        var strides = Strides(3.2, 200, 700, Direction.Backward, false).ToArray();
        var whole = new RailEstimator();
        var late = new RailEstimator();
        whole.Use(Baselines);
        late.Use(Baselines);
        foreach (var stride in strides[..100])
        {
            whole.Add(stride);
            whole.Finish();
            late.Add(stride);
        }

        late.Finish();
        var rest = strides[100..];
        Assert.Equal((whole.Posture, whole.HeldPercent), (late.Posture, late.HeldPercent));
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var stride in rest)
        {
            whole.Add(stride);
            whole.Finish();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_calibration_finds_the_scatter_that_was_walked()
    {
        var calibration = new RailCalibration();
        Assert.Null(calibration.Found);
        calibration.Begin(Posture.Held);
        Take(calibration, 3, 39, 700);
        Assert.True(calibration.IsRunning);
        Assert.Equal(97, calibration.ProgressPercent);
        Take(calibration, 3, 5, 700);
        Assert.False(calibration.IsRunning);
        Assert.Null(calibration.Found);
        calibration.Begin(Posture.Free);
        Take(calibration, 6, 40, 700);
        var found = calibration.Found!;
        Assert.Equal(Direction.Backward, found.Direction);
        Assert.InRange(found.BeltMillimetersPerSecond, 690, 710);
        Assert.InRange(found.Held.StrideTimeHundredthsPercent, 200, 400);
        Assert.InRange(found.Free.StrideTimeHundredthsPercent, 430, 800);
        Assert.Equal(Stride.Missing, found.InclineTenthsPercent);
        Assert.Equal(50, found.At(50).InclineTenthsPercent);
    }

    [Theory]
    [InlineData(50, 52, 51)]
    [InlineData(50, 61, Stride.Missing)] // another belt
    [InlineData(Stride.Missing, 50, Stride.Missing)]
    [InlineData(50, Stride.Missing, Stride.Missing)]
    public void The_baselines_hold_at_the_incline_that_the_shoe_measured_in_both_steps(int held, int free, int both)
    {
        var calibration = new RailCalibration();
        calibration.Begin(Posture.Held);
        Take(calibration, 3, 40, 700, held);
        calibration.Begin(Posture.Free);
        Take(calibration, 6, 40, 700, free);
        Assert.Equal(both, calibration.Found.InclineTenthsPercent);
    }

    [Fact]
    public void Two_steps_at_two_speeds_fail()
    {
        var calibration = new RailCalibration();
        calibration.Begin(Posture.Held);
        Take(calibration, 3, 40, 700);
        calibration.Begin(Posture.Free);
        Take(calibration, 6, 40, 800);
        Assert.True(calibration.HasFailed);
        Assert.Null(calibration.Found);
        calibration.Begin(Posture.Free);
        Take(calibration, 6, 40, 700);
        Assert.NotNull(calibration.Found);
        calibration.Cancel();
        Assert.Null(calibration.Found);
    }

    [Fact]
    public void The_rhythm_settles_after_twenty_even_strides_and_the_time_is_kept()
    {
        var meter = new RhythmMeter();
        foreach (var stride in Strides(9, 40, 700, Direction.Backward, true))
        {
            meter.Add(stride);
            Assert.False(meter.IsSettled);
        }

        uint last = 0;
        foreach (var stride in Strides(1.5, 40, 700, Direction.Backward, false, 40))
        {
            meter.Add(stride);
            last = stride.ContactMilliseconds;
        }

        Assert.True(meter.IsSettled);
        Assert.InRange(meter.SettledAfterMilliseconds, 40 * 1400, (int)last);
        int after = meter.SettledAfterMilliseconds;
        foreach (var stride in Strides(9, 40, 700, Direction.Backward, false, 80))
        {
            meter.Add(stride);
        }

        Assert.False(meter.IsSettled);
        Assert.Equal(after, meter.SettledAfterMilliseconds);
    }

    [Fact]
    public void The_rhythms_threshold_is_the_walkers_own_when_there_is_one()
    {
        var meter = new RhythmMeter();
        Assert.Equal(RhythmMeter.DefaultThresholdHundredthsPercent, meter.ThresholdHundredthsPercent);
        meter.Use(Baselines);
        Assert.Equal(425, meter.ThresholdHundredthsPercent);
        meter.Use(null);
        Assert.Equal(RhythmMeter.DefaultThresholdHundredthsPercent, meter.ThresholdHundredthsPercent);
    }

    private static void Walk(RailEstimator estimator, double percent, int count, int speed = 700,
        Direction direction = Direction.Backward, bool first = false)
    {
        foreach (var stride in Strides(percent, count, speed, direction, first))
        {
            estimator.Add(stride);
            estimator.Finish();
        }
    }

    private static void Take(RailCalibration calibration, double percent, int count, int speed,
        int inclineTenthsPercent = Stride.Missing)
    {
        foreach (var stride in Strides(percent, count, speed, Direction.Backward, false))
        {
            calibration.Add(stride, inclineTenthsPercent);
        }
    }

    private static IEnumerable<Stride> Strides(double percent, int count, int speed, Direction direction, bool first,
        int from = 0)
    {
        var random = new Random(7 + from);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
        for (var i = 0; i < count; i++)
        {
            var time = (int)(1400 * (1 + (percent / 100 * Normal())));
            yield return new Stride(
                (uint)(from + i + 1), (uint)((from + i) * 1400), direction, Landing.Toe, Posture.Unknown, 90,
                -40 + (int)(4 * Normal()), 8 + (int)(3 * Normal()),
                first && i == 0 ? Stride.Missing : time, 400, speed * time / 1000, 20, 100);
        }
    }
}
