using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>
/// A recording as what moves the virtual chip: its first sample for a while, as a foot that stands, then all of it,
/// then its last sample. Between two samples the motion is on the straight line; the chip filters, samples and adds its
/// noise as it does with a simulated walker.
/// </summary>
/// <param name="samples">At 100 Hz.</param>
/// <param name="startSeconds">When it begins.</param>
public sealed class RecordedMotion(IReadOnlyList<MotionCounts> samples, double startSeconds) : IMotionSource
{
    /// <inheritdoc/>
    public Motion At(double seconds)
    {
        double at = Math.Clamp((seconds - startSeconds) * MotionScale.SampleRateHertz, 0, samples.Count - 1);
        int before = (int)at;
        var (from, to) = (samples[before], samples[Math.Min(before + 1, samples.Count - 1)]);
        double Counts(short a, short b) => a + ((b - a) * (at - before));
        double Force(short a, short b) => Counts(a, b) / MotionScale.AccelerometerCountsPerG;
        double Rate(short a, short b) => Counts(a, b) / MotionScale.GyroscopeCountsPerDegreePerSecond;
        return new Motion(
            Force(from.Ax, to.Ax),
            Force(from.Ay, to.Ay),
            Force(from.Az, to.Az),
            Rate(from.Gx, to.Gx),
            Rate(from.Gy, to.Gy),
            Rate(from.Gz, to.Gz));
    }
}
