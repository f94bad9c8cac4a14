namespace Backstep.VirtualSensor.Walker;

/// <summary>Seeded chance that gives the same numbers on every machine and runtime (SplitMix64, Steele, Lea and Flood
/// 2014).</summary>
internal sealed class RandomSource(long seed)
{
    private ulong state = (ulong)seed;

    /// <summary>Even between 0 and 1.</summary>
    public double Even()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Even between two bounds.</summary>
    public double Between(double low, double high) => low + ((high - low) * Even());

    /// <summary>Normal, mean 0, standard deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Even())) * Math.Cos(2 * Math.PI * Even());

    /// <summary>Normal, but never more than 2.5 standard deviations out: no stride is wild enough to be no
    /// stride.</summary>
    public double Scatter() => Math.Clamp(Normal(), -2.5, 2.5);
}
