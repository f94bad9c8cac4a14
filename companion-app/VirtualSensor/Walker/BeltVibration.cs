namespace Backstep.VirtualSensor.Walker;

/// <summary>What a running treadmill shakes into everything that stands on it: three tones with seeded phases, stronger
/// with speed, up and down only.</summary>
internal sealed class BeltVibration(double forceAtOneMeterPerSecondG, RandomSource chance)
{
    // Roller, belt joint and deck of a home treadmill lie somewhere in this band; the exact tones do not matter, that
    // they are not rest does.
    private static readonly (double Weight, double Hertz)[] Tones = [(0.5, 7.3), (0.3, 16.1), (0.2, 31.7)];

    private readonly double[] phases = [chance.Between(0, Math.Tau), chance.Between(0, Math.Tau),
        chance.Between(0, Math.Tau)];

    /// <summary>In g, out of the surface.</summary>
    public double ForceG(double time, double beltMetersPerSecond)
    {
        if (forceAtOneMeterPerSecondG == 0 || beltMetersPerSecond == 0)
        {
            return 0;
        }

        var sum = 0.0;
        for (var i = 0; i < Tones.Length; i++)
        {
            sum += Tones[i].Weight * Math.Sin((Math.Tau * Tones[i].Hertz * time) + phases[i]);
        }

        return sum * forceAtOneMeterPerSecondG * Math.Abs(beltMetersPerSecond);
    }
}
