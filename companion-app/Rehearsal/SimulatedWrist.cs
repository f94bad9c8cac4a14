using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Rails;

namespace Backstep.Rehearsal;

/// <summary>The arm of a simulated walker, calibrated.</summary>
internal static class SimulatedWrist
{
    // Ours: four times what WristCalibration needs, and longer at either end than an arm takes to move (Arm.cs).
    private const double StepSeconds = 20;
    private const double SettlingSeconds = 3;

    /// <summary>What a calibration would find of it.</summary>
    public static WristBaseline Calibrate(Walker walker, int seed)
    {
        var arm = Arm.Of(walker, seed,
            [new ArmSegment(ArmPose.OnRail, StepSeconds), new ArmSegment(ArmPose.Swinging, StepSeconds)]);
        var records = new WristRecords();
        var chip = new ChipQuantiser();
        var window = new WristWindow();
        var calibration = new WristCalibration();
        for (int sample = 0; sample < 2 * StepSeconds * MotionScale.SampleRateHertz; sample++)
        {
            double at = sample / (double)MotionScale.SampleRateHertz;
            var m = arm.At(at);
            if (records.Add(chip.Quantise([m.AxG, m.AyG, m.AzG, m.GxDps, m.GyDps, m.GzDps])) is { } record
                && window.Add(record) is { } features && at % StepSeconds > SettlingSeconds)
            {
                calibration.Add(features, at < StepSeconds);
            }
        }

        return calibration.Found() ?? throw new InvalidOperationException("twenty seconds of each are enough");
    }
}
