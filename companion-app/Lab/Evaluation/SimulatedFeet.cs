using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Lab.Evaluation;

/// <summary>A simulated walker through the engine, and the truth about it as a reference.</summary>
public static class SimulatedFeet
{
    private const double Interval = 1.0 / MotionScale.SampleRateHertz;

    /// <summary>
    /// What the engine finds, on the walker's clock. It is told the foot but not the clip's small turns: the arrow
    /// points about to the toes, as a person puts it on.
    /// </summary>
    /// <param name="walker">Who walks.</param>
    /// <param name="chip">The chip's errors.</param>
    /// <param name="fromSeconds">When the sensor wakes.</param>
    public static List<ReplayedStride> Play(Walker walker, SamplerOptions chip, double fromSeconds = 0)
    {
        var engine = new GaitEngine(Mount.Identity, walker.Settings.Side);
        var strides = new List<ReplayedStride>();
        var samples = Sampler.Sample(walker, walker.Seconds, chip);
        int first = (int)(fromSeconds / Interval);
        double origin = (first - 1) * Interval;
        for (int i = first; i < samples.Length; i++)
        {
            var s = samples[i];
            if (engine.Add(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz))
            {
                // The engine counts its samples from 1, as a replay does; the walker's first sample is that of time 0.
                var stride = engine.TakeStride();
                strides.Add(
                    new ReplayedStride(stride, origin + (stride.ContactMilliseconds / 1000.0),
                        origin + (stride.ClearanceMilliseconds / 1000.0), i * Interval));
            }
        }

        return strides;
    }

    /// <summary>Every true stride of a walker.</summary>
    public static Reference Truth(Walker walker, Direction direction) => Reference.Complete(
        direction,
        walker.Strides.Select(stride => new ReferenceContact(stride.ContactSeconds)
        {
            Direction = stride.Direction,
            Landing = stride.Landing,
            StrideSeconds = stride.StrideSeconds,
            LengthMeters = stride.LengthMeters,
            FootStrikeDegrees = stride.FootStrikeDegrees,
            TiltDegrees = stride.TiltDegrees,
            FootFlatSeconds = stride.FootFlatSeconds,
        }),
        walker.Strides.Select(stride => stride.ClearanceSeconds));
}
