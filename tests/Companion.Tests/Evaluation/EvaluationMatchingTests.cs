using Backstep.Lab.Evaluation;

namespace Backstep.Companion.Tests.Evaluation;

public sealed class EvaluationMatchingTests
{
    public static TheoryData<double[], double[], int[]> Cases => new()
    {
        { [1, 2, 3], [1.01, 1.98, 3.2], [0, 1, 2] },
        { [1, 2], [1.26, 2.24], [-1, 1] }, // 0.26 s is too far, 0.24 s is not
        { [1, 1.2], [1.15], [-1, 0] }, // the nearer one gets it, not the first
        { [1], [0.9, 1.05, 1.2], [1] }, // one reference takes one, the nearest
        { [1, 1.3], [1.1, 1.2], [0, 1] },
        { [], [1], [] },
        { [1], [], [-1] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_reference_gets_at_most_one_found_time_the_nearest_within_250_ms(double[] reference,
        double[] found, int[] partner)
    {
        Assert.Equal(partner, Matching.Match(reference, found, Reference.MatchSeconds));
    }
}
