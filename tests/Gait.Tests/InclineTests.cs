using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>The slope of a belt, through the engine, after a calibration on a level floor by the same chip.</summary>
public sealed class InclineTests
{
    private static readonly Vector3D WorstOffset = new(0.08, -0.08, 0.08);

    [Theory]
    [InlineData(Direction.Backward, 5, -30)]
    [InlineData(Direction.Backward, -3, 45)]
    [InlineData(Direction.Backward, 15, 0)]
    [InlineData(Direction.Forward, 5, 45)]
    [InlineData(Direction.Forward, -3, -45)]
    [InlineData(Direction.Forward, 12, -20)]
    public void The_zero_of_the_accelerometer_cancels_whichever_way_the_clip_slopes(Direction direction, double percent,
        double clipSlopeDegrees)
    {
        var engine = Walked(direction, percent, clipSlopeDegrees,
            new SamplerOptions { AccelerometerBiasG = WorstOffset });
        Assert.InRange(engine.Incline.TenthsPercent / 10.0, percent - 0.6, percent + 0.6);
    }

    [Fact]
    public void What_the_zero_drifts_by_since_is_taken_for_slope()
    {
        // 10 mg a minute and 44 s of walk, so some 7 mg towards the toes: 0.7 % of slope, downhill for who walks back.
        var chip = new SamplerOptions { AccelerometerBiasG = WorstOffset };
        var still = Walked(Direction.Backward, 5, 0, chip);
        var drifting = Walked(Direction.Backward, 5, 0,
            chip with { AccelerometerDriftGPerMinute = new Vector3D(0.01, 0, 0) });
        Assert.InRange(still.Incline.TenthsPercent - drifting.Incline.TenthsPercent, 4, 10);
    }

    [Fact]
    public void A_gap_takes_it_back()
    {
        var engine = Walked(Direction.Backward, 5, 0, new SamplerOptions());
        Assert.NotEqual(Stride.Missing, engine.Incline.TenthsPercent);
        engine.Gap(10);
        Assert.Equal(Stride.Missing, engine.Incline.TenthsPercent);
    }

    [Fact]
    public void A_clip_that_slips_round_the_shoe_says_nothing()
    {
        var calibrated = Calibrate(SensorPlace.Laces, new SamplerOptions());
        var slipped = SensorPlace.Laces with { RollDegrees = 20 };
        var engine = Walk(calibrated, slipped, Direction.Backward, 5, new SamplerOptions());
        Assert.Equal(Stride.Missing, engine.Incline.TenthsPercent);
    }

    private static GaitEngine Walked(Direction direction, double percent, double clipSlopeDegrees, SamplerOptions chip)
    {
        var place = SensorPlace.Laces with { PitchUpDegrees = clipSlopeDegrees, YawDegrees = 8, RollDegrees = -5 };
        var mount = Calibrate(place, chip with { AccelerometerDriftGPerMinute = Vector3D.Zero });
        return Walk(mount, place, direction, percent, chip);
    }

    private static Mount Calibrate(SensorPlace place, SamplerOptions chip)
    {
        var walker = new Walker([new Stand(4), new RiseOnToes(), new Stand(3)],
            new WalkerSettings { Seed = 3, Place = place });
        var calibration = new MountCalibration();
        foreach (var s in Sampler.Sample(walker, walker.Seconds, chip))
        {
            calibration.Add(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz);
        }

        return calibration.Found;
    }

    private static GaitEngine Walk(Mount mount, SensorPlace place, Direction direction, double percent,
        SamplerOptions chip)
    {
        bool back = direction == Direction.Backward;
        var walk = back ? WalkParameters.Backward(0.7) : WalkParameters.Forward(1.1);
        var walker = new Walker(
            [new Stand(3), new Walk(walk, 45)],
            new WalkerSettings { Seed = 4, HeadingDegrees = back ? 180 : 0, InclinePercent = percent, Place = place });
        var engine = new GaitEngine(mount, FootSide.Right);

        // Until the belt slows down, which is felt as a slope.
        Walking.Run(engine, Sampler.Sample(walker, 44, chip));
        return engine;
    }
}
