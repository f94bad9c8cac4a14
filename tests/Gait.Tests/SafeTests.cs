using Backstep.Gait;

namespace Backstep.Gait.Tests;

public sealed class SafeTests
{
    [Theory]
    [InlineData(6f, 3f, 2f)]
    [InlineData(-1f, 4f, -0.25f)]
    [InlineData(1f, 0f, 42f)]
    [InlineData(1f, 1e-9f, 42f)]
    [InlineData(1f, -1e-9f, 42f)]
    public void Divides_or_falls_back(float numerator, float denominator, float expected)
    {
        Assert.Equal(expected, Safe.Divide(numerator, denominator, 42f));
    }

    [Theory]
    [InlineData(9f, 3f)]
    [InlineData(0f, 0f)]
    [InlineData(-4f, 0f)]
    public void Takes_roots_of_what_has_one(float value, float expected)
    {
        Assert.Equal(expected, Safe.Sqrt(value));
    }
}
