namespace Backstep.Gait.Tests;

/// <summary>How a movement is split where its pitch rate turns round: what is a phase of a step and what a
/// wobble.</summary>
public sealed class PitchLobesTests
{
    private static readonly float Degree = Inner.Constant<float>("PitchLobes", "Degree");
    private static readonly int Most = Inner.Constant<int>("PitchLobes", "Most");

    private readonly Inner _lobes = new("PitchLobes");
    private int _pair;

    public PitchLobesTests() => _lobes.Call("Start");

    private int Count => _lobes.Get<int>("Count");

    [Fact]
    public void A_step_has_three_and_each_begins_where_the_rate_crosses_zero()
    {
        Turn(5, 5);
        Turn(-20, 10);
        Turn(5, 5);
        _lobes.Call("Finish");
        AssertLobes((5, 0), (-20, 6 - (2.0 / 3)), (5, 16 - (1.0 / 3)));
    }

    [Fact]
    public void A_wobble_is_part_of_the_lobe_around_it()
    {
        Turn(10, 5);
        Turn(-1, 2);
        Turn(10, 5);
        Turn(-10, 5);
        _lobes.Call("Finish");
        AssertLobes((19, 0), (-10, 13 - 0.5));
    }

    [Fact]
    public void A_wobble_before_all_belongs_to_the_first()
    {
        Turn(1, 2);
        Turn(-20, 10);
        _lobes.Call("Finish");
        AssertLobes((-19, 3 - 0.8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_lobe_counts_from_two_and_a_half_degrees_on(int way)
    {
        Assert.Equal(0, _lobes.Get<int>("Phases"));
        Turn(way * 2.4, 2);
        Assert.Equal(0, _lobes.Get<int>("Phases"));
        _lobes.Call("Start");
        Turn(way * 2.5, 1);
        Assert.Equal(1, _lobes.Get<int>("Phases"));
        Assert.Equal(0, Count);
        Turn(way * -2.4, 2);
        Assert.Equal((1, 1), (Count, _lobes.Get<int>("Phases")));
        Turn(way * -0.2, 1);
        Assert.Equal(2, _lobes.Get<int>("Phases"));
    }

    [Fact]
    public void More_than_any_step_has_is_said_and_forgotten_with_the_next_movement()
    {
        for (int i = 0; i < Most; i++)
        {
            Turn(i % 2 == 0 ? 5 : -5, 2);
        }

        _lobes.Call("Finish");
        Assert.Equal((Most, false), (Count, _lobes.Get<bool>("Overflowed")));
        Turn(Most % 2 == 0 ? 5 : -5, 2);
        Turn(Most % 2 == 0 ? -5 : 5, 2);
        _lobes.Call("Finish");
        Assert.Equal((Most, true), (Count, _lobes.Get<bool>("Overflowed")));

        _lobes.Call("Start");
        _pair = 0;
        Assert.Equal((0, 0, false), (Count, _lobes.Get<int>("Phases"), _lobes.Get<bool>("Overflowed")));
        Turn(-5, 5);
        _lobes.Call("Finish");
        AssertLobes((-5, 0));
    }

    private void Turn(double degrees, int pairs)
    {
        for (int i = 0; i < pairs; i++)
        {
            _lobes.Call("Step", (float)(degrees / pairs) * Degree, ++_pair);
        }
    }

    private void AssertLobes(params (double Degrees, double Begin)[] expected)
    {
        Assert.Equal(expected.Length, Count);
        Assert.All(expected.Index(), lobe =>
        {
            Assert.Equal(lobe.Item.Degrees, _lobes.Get<float[]>("Turned")[lobe.Index] / Degree, 1e-3);
            Assert.Equal(lobe.Item.Begin, _lobes.Get<float[]>("Begin")[lobe.Index], 1e-3);
        });
    }
}
