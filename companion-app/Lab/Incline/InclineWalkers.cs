using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Lab.Incline;

/// <summary>A walker on a belt, and a chip that is as bad as the data sheet allows.</summary>
/// <param name="Who">Foot, walk, clip and noise, of one of the two grids: every other one's stance rolls.</param>
/// <param name="InclinePercent">Of the belt, uphill in the direction of walking.</param>
/// <param name="Chip">Its errors on the belt: the zero as it was at the calibration, and a drift.</param>
public sealed record InclineWalker(GridWalker Who, double InclinePercent, SamplerOptions Chip)
{
    // Standing, three rises, standing.
    private static readonly Segment[] Calibrating = [new Stand(4), new RiseOnToes(), new Stand(3)];

    /// <summary>What the guided calibration finds on a level floor, with the same clip and the same zero; null when it
    /// refuses.</summary>
    public Mount? Calibrate()
    {
        var walker = new Walker(Calibrating, Who.Settings with { InclinePercent = 0 });
        var calibration = new MountCalibration();
        var chip = Chip with { AccelerometerDriftGPerMinute = Vector3D.Zero, GyroscopeBiasStepDps = Vector3D.Zero };
        foreach (var s in Sampler.Sample(walker, walker.Seconds, chip))
        {
            calibration.Add(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz);
        }

        return calibration.Found;
    }
}

/// <summary>Who walks when the incline is evaluated.</summary>
public static class InclineWalkers
{
    // Zero-g output: 50 mg on x and y, 80 mg on z (MPU-6000/6050 product specification 3.4, 6.2): the worst on each.
    private const double MostOffsetG = 0.08;

    // As far as the sensor lets it drift before it says nothing (ZeroDrift).
    private const double MostDriftG = ZeroDrift.MostG;

    private const double Lowest = -3, Highest = 15;

    /// <summary>What is drawn besides and instead of what the grids say.</summary>
    public static IReadOnlyList<GridRange> Ranges { get; } =
    [
        new("incline", Lowest, Highest, "%"),
        new("accelerometer's zero", -MostOffsetG * 1000, MostOffsetG * 1000, "mg, each axis"),
        new("its drift in the walk", -MostDriftG * 1000, MostDriftG * 1000, "mg, each axis"),
    ];

    /// <summary>Walker number 1, 2, ... of a seed, who walks so many seconds.</summary>
    public static InclineWalker At(int seed, int number, double seconds)
    {
        int of = (number + 1) / 2;
        var who = number % 2 == 1 ? WalkerGrid.At(seed, of) : RollingGrid.At(seed, of);
        var random = new Random(who.Settings.Seed ^ 0x1C1);
        double Within(double low, double high) => low + ((high - low) * random.NextDouble());
        Vector3D Each(double most) => new(Within(-most, most), Within(-most, most), Within(-most, most));
        double incline = Within(Lowest, Highest);
        // The frame's x points the way that is walked: backward walkers face down.
        return new InclineWalker(
            who with { Settings = who.Settings with { InclinePercent = incline } },
            incline,
            who.Chip with
            {
                AccelerometerBiasG = Each(MostOffsetG),
                AccelerometerDriftGPerMinute = Each(MostDriftG) * (60 / seconds),
            });
    }
}
