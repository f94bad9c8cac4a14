using System.Globalization;
using CsCheck;

namespace Backstep.Protocol.Tests.Support;

/// <summary>Runs a property over CsCheck generators from a fixed seed, so that every run sees the same cases.</summary>
internal static class Sampling
{
    /// <summary>BACKSTEP_PROPERTY_SEED takes another one, to look for what this one does not meet.</summary>
    private static readonly ulong Seed = (ulong)FromEnvironment("BACKSTEP_PROPERTY_SEED", 20_260_601);

    /// <summary>Payloads for each decoder; BACKSTEP_FUZZ_ITERATIONS raises it, to 10 million in a long check.</summary>
    public static readonly long FuzzIterations = FromEnvironment("BACKSTEP_FUZZ_ITERATIONS", 100_000);

    /// <summary>Inputs for each property of what people type and bring; BACKSTEP_PROPERTY_CASES raises it, to 100,000
    /// in the long check.</summary>
    public static readonly long PropertyCases = FromEnvironment("BACKSTEP_PROPERTY_CASES", 2_000);

    public const int RoundTrips = 10_000;

    /// <summary>One of these.</summary>
    public static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <exception cref="InvalidOperationException">The property does not hold of a case, which it shows.</exception>
    public static void ForAll<T>(Gen<T> gen, long iterations, Action<T> property)
    {
        var random = new PCG(1, Seed);
        for (long i = 0; i < iterations; i++)
        {
            var drawn = gen.Generate(random, null, out _);
            try
            {
                property(drawn);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"case {i} of seed {Seed}: {Check.Print(drawn)}: {e.Message}", e);
            }
        }
    }

    public static void ForAll<T, TOther>(Gen<(T One, TOther Other)> gen, long iterations,
        Action<T, TOther> property) => ForAll(gen, iterations, drawn => property(drawn.One, drawn.Other));

    public static void ForAll<T1, T2, T3>(Gen<(T1 One, T2 Two, T3 Three)> gen, long iterations,
        Action<T1, T2, T3> property) =>
        ForAll(gen, iterations, drawn => property(drawn.One, drawn.Two, drawn.Three));

    private static long FromEnvironment(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture,
            out long n) ? n : otherwise;
}
