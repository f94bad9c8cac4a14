using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Rehearsal;

/// <summary>
/// Finds when, on the walker's clock, a sample was taken: where the recorded angular rates fit the walker's own best.
/// The radio's delays do not enter.
/// </summary>
public static class TruthClock
{
    private const double Interval = 1.0 / MotionScale.SampleRateHertz; // of samples

    // Samples arrive up to a packet and a few connection intervals late.
    private const double MostLateSeconds = 0.6;

    // Ours: a fifth of a sample, from which the parabola finds the rest.
    private const double Coarse = 0.002;

    // The chip's low-pass shows a movement that much later (register map 4.2, CONFIG, DLPF_CFG 3: gyroscope 4.8 ms).
    private const double FilterDelaySeconds = 0.0048;

    // Ours: fifteen seconds of movement, a dozen strides; and a rate that a rolling stance (35 deg/s) hardly reaches.
    private const int MostSamples = 1500;
    private const double MovingDps = 30;

    /// <summary>Walker's time of the first sample.</summary>
    /// <param name="walker">The walker.</param>
    /// <param name="samples">Recorded samples with their numbers since the first.</param>
    /// <param name="latestSeconds">Walker's time by which the first had been taken for certain.</param>
    public static double TimeOfFirst(IMotionSource walker, IReadOnlyList<(long Number, ChipSample Sample)> samples,
        double latestSeconds)
    {
        var moving = samples.Where(one => Rate(one.Sample) > MovingDps).Take(MostSamples).ToArray();
        if (moving.Length == 0)
        {
            return latestSeconds; // nothing moved, so nothing can be out of step
        }

        double best = latestSeconds;
        double least = double.MaxValue;
        for (double at = latestSeconds - MostLateSeconds; at <= latestSeconds; at += Coarse)
        {
            double error = MeanSquareError(walker, moving, at);
            if (error < least)
            {
                (best, least) = (at, error);
            }
        }

        // The error is a parabola about its least.
        double before = MeanSquareError(walker, moving, best - Coarse);
        double after = MeanSquareError(walker, moving, best + Coarse);
        double bend = before - (2 * least) + after;
        return bend > 0 ? best + (Coarse * 0.5 * (before - after) / bend) : best;
    }

    private static double MeanSquareError(IMotionSource walker, (long Number, ChipSample Sample)[] samples,
        double firstSeconds)
    {
        double sum = 0;
        foreach (var (number, sample) in samples)
        {
            double seconds = firstSeconds - FilterDelaySeconds + (number * Interval);
            if (seconds < 0)
            {
                continue;
            }

            var motion = walker.At(seconds);
            sum += Square((sample.Gx / (double)MotionScale.GyroscopeCountsPerDegreePerSecond) - motion.GxDps)
                + Square((sample.Gy / (double)MotionScale.GyroscopeCountsPerDegreePerSecond) - motion.GyDps)
                + Square((sample.Gz / (double)MotionScale.GyroscopeCountsPerDegreePerSecond) - motion.GzDps);
        }

        return sum;
    }

    private static double Rate(in ChipSample sample) =>
        Math.Sqrt(
            Square(sample.Gx) + Square(sample.Gy) + Square(sample.Gz)) / MotionScale.GyroscopeCountsPerDegreePerSecond;

    private static double Square(double value) => value * value;
}
