using System.Globalization;
using CsCheck;

namespace Backstep.Protocol.Tests.Support;

/// <summary>Runs a property over CsCheck generators from a fixed seed, so that every run sees the same cases.</summary>
internal static class Sampling
{
    private const ulong Seed = 20_260_601;

    /// <summary>Payloads for each decoder; BACKSTEP_FUZZ_ITERATIONS raises it, to 10 million in a long check.</summary>
    public static readonly long FuzzIterations =
        long.TryParse(Environment.GetEnvironmentVariable("BACKSTEP_FUZZ_ITERATIONS"), NumberStyles.None,
            CultureInfo.InvariantCulture, out var n) ? n : 100_000;

    public const int RoundTrips = 10_000;

    /// <summary>One of these.</summary>
    public static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static void ForAll<T>(Gen<T> gen, long iterations, Action<T> property)
    {
        var random = new PCG(1, Seed);
        for (long i = 0; i < iterations; i++)
        {
            property(gen.Generate(random, null, out _));
        }
    }
}
