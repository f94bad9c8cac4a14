namespace Backstep.Walks.Rails;

/// <summary>Seeded chance; each walker of each seed has a sequence of its own.</summary>
public sealed class RailChance(int seed, int number)
{
    private readonly Random _random = new(HashOf(seed, number));

    /// <summary>Even between two bounds.</summary>
    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    /// <summary>A whole number, the high bound left out.</summary>
    public int Whole(int low, int high) => _random.Next(low, high);

    /// <summary>True with a probability.</summary>
    public bool Happens(double probability) => _random.NextDouble() < probability;

    /// <summary>Normal, mean 0, standard deviation 1 (Box and Muller 1958).</summary>
    public double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());

    // Finaliser of MurmurHash3 (public domain): neighbouring numbers have nothing to do with each other.
    private static int HashOf(int seed, int number)
    {
        ulong h = ((ulong)(uint)seed << 32) | (uint)number;
        h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCD;
        h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53;
        return (int)((h ^ (h >> 33)) & 0x7FFFFFFF);
    }
}
