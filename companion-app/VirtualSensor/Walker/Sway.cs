namespace Backstep.VirtualSensor.Walker;

/// <summary>The slow unrest of a foot that stands: three sines with seeded phases. Amplitude 1; the caller scales
/// it.</summary>
internal sealed class Sway(RandomSource chance)
{
    // Standing sway lies below 2 Hz (Winter 1995, Gait & Posture 3:193).
    private static readonly (double Weight, double Hertz)[] Parts = [(0.6, 0.31), (0.3, 0.73), (0.1, 1.7)];

    private readonly double[] phases = [chance.Between(0, Math.Tau), chance.Between(0, Math.Tau),
        chance.Between(0, Math.Tau)];

    /// <summary>An angle with sway of the given (changing) amplitude on top.</summary>
    public Moment Add(Moment angle, Moment amplitude, double time)
    {
        if (amplitude == default)
        {
            return angle;
        }

        double value = 0, rate = 0, acceleration = 0;
        for (var i = 0; i < Parts.Length; i++)
        {
            var omega = Math.Tau * Parts[i].Hertz;
            var (sin, cos) = Math.SinCos((omega * time) + phases[i]);
            value += Parts[i].Weight * sin;
            rate += Parts[i].Weight * omega * cos;
            acceleration -= Parts[i].Weight * omega * omega * sin;
        }

        return new Moment(
            angle.Value + (amplitude.Value * value),
            angle.Rate + (amplitude.Rate * value) + (amplitude.Value * rate),
            angle.Acceleration + (amplitude.Acceleration * value) + (2 * amplitude.Rate * rate)
                + (amplitude.Value * acceleration));
    }
}
