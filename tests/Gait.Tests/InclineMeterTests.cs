using Backstep.Gait;

namespace Backstep.Gait.Tests;

/// <summary>What the meter makes of the figures of single strides: when it says a slope, which sign it has, and when it
/// says nothing.</summary>
public sealed class InclineMeterTests
{
    // Sine of the slope of a belt of 5 %.
    private const float Five = 0.04994f;

    private readonly InclineMeter _meter = new();
    private uint _now = 1000;

    [Theory]
    [InlineData(Direction.Forward, Five, 50)]
    [InlineData(Direction.Forward, -Five, -50)]
    [InlineData(Direction.Backward, -Five, 50)] // heels uphill
    [InlineData(Direction.Backward, Five, -50)]
    public void Uphill_in_the_direction_of_walking_is_positive(Direction direction, float toToes, int tenths)
    {
        Walk(InclineMeter.LeastStances + 1, direction, toToes);
        Assert.Equal(tenths, _meter.TenthsPercent);
    }

    [Theory]
    [InlineData(0.148340f, 150)]
    [InlineData(0.242536f, 250)]
    [InlineData(-0.029987f, -30)]
    public void What_is_told_is_the_tangent(float sine, int tenths)
    {
        Walk(InclineMeter.Window, Direction.Forward, sine);
        Assert.Equal(tenths, _meter.TenthsPercent);
    }

    [Fact]
    public void A_foot_that_points_past_the_slope_feels_less_of_it()
    {
        float cosine = MathF.Cos(25 * MathF.PI / 180);
        Walk(InclineMeter.Window, Direction.Backward, -Five * cosine, secant: 1 / cosine);
        Assert.Equal(50, _meter.TenthsPercent);
    }

    [Fact]
    public void Fewer_than_five_stances_say_nothing()
    {
        // The first of a bout only begins it.
        Walk(InclineMeter.LeastStances, Direction.Backward, -Five);
        Assert.Equal(Stride.Missing, _meter.TenthsPercent);
        Walk(1, Direction.Backward, -Five);
        Assert.Equal(50, _meter.TenthsPercent);
    }

    [Fact]
    public void Stumbles_do_not_move_it_and_a_raised_belt_is_followed_after_four_stances()
    {
        Walk(20, Direction.Backward, -Five);
        Walk(1, Direction.Backward, 0.2f);
        Assert.Equal(50, _meter.TenthsPercent);
        Walk(InclineMeter.Window, Direction.Backward, -Five);
        Walk(InclineMeter.Window / 2, Direction.Backward, -0.069831f);
        Assert.NotEqual(70, _meter.TenthsPercent);
        Walk(1, Direction.Backward, -0.069831f);
        Assert.Equal(70, _meter.TenthsPercent);
    }

    [Fact]
    public void The_median_is_that_of_the_last_strides_whatever_came_before()
    {
        var random = new Random(5);
        var all = new List<float>();
        Walk(1, Direction.Forward, 0);
        for (int i = 0; i < 500; i++)
        {
            float sine = 0.03f + (0.02f * random.NextSingle());
            all.Add(sine);
            Walk(1, Direction.Forward, sine);
            if (all.Count >= InclineMeter.Window)
            {
                float median = all.TakeLast(InclineMeter.Window).Order().ElementAt(InclineMeter.Window / 2);
                Assert.InRange(_meter.TenthsPercent / 1000.0, median - 0.0007, median + 0.0007);
            }
        }
    }

    [Fact]
    public void Strides_that_do_not_agree_say_nothing()
    {
        for (int i = 0; i < 20; i++)
        {
            Walk(1, Direction.Backward, i % 2 == 0 ? -Five : 0);
        }

        Assert.Equal(Stride.Missing, _meter.TenthsPercent);
    }

    [Fact]
    public void Who_turns_round_is_another_slope()
    {
        Walk(20, Direction.Backward, -Five);
        Walk(InclineMeter.LeastStances, Direction.Forward, -Five);
        Assert.Equal(Stride.Missing, _meter.TenthsPercent);
        Walk(1, Direction.Forward, -Five);
        Assert.Equal(-50, _meter.TenthsPercent);
    }

    [Fact]
    public void Strides_of_unknown_direction_say_nothing_and_take_nothing_back()
    {
        Walk(20, Direction.Backward, -Five);
        Walk(20, Direction.Unknown, 0.2f);
        Assert.Equal(50, _meter.TenthsPercent);
    }

    [Fact]
    public void After_a_pause_the_belt_may_be_another()
    {
        Walk(20, Direction.Backward, -Five);
        _now += 900;
        Walk(1, Direction.Backward, -Five);
        Assert.Equal(Stride.Missing, _meter.TenthsPercent);
    }

    [Fact]
    public void Stances_that_roll_through_keep_the_walk_going()
    {
        Walk(20, Direction.Backward, -Five);
        Walk(10, Direction.Backward, 0.2f, secant: InclineMeter.NoStance);
        Assert.Equal(50, _meter.TenthsPercent);
    }

    [Theory]
    [InlineData(0.25f, 1.02f, Five)] // leans by 14 degrees
    [InlineData(-0.25f, 1.02f, Five)]
    [InlineData(0f, 1.41f, Five * 0.7f)] // goes 45 degrees past its toes
    [InlineData(0f, 1f, 0.3f)] // 31 %
    public void A_clip_that_has_turned_says_nothing_any_more(float toLeft, float secant, float toToes)
    {
        Walk(20, Direction.Forward, Five);
        Walk(InclineMeter.MostDoubts - 1, Direction.Forward, toToes, toLeft, secant);
        Assert.Equal(50, _meter.TenthsPercent);
        Walk(1, Direction.Forward, toToes, toLeft, secant);
        Assert.Equal(Stride.Missing, _meter.TenthsPercent);
    }

    [Fact]
    public void A_warmer_chip_may_have_drifted_and_more_along_its_z()
    {
        int kelvin(double k) => (int)(k * ZeroDrift.CountsPerKelvin);
        Assert.InRange(ZeroDrift.OfToesG(Mount.Identity, kelvin(12)), 0.0092, 0.0094);
        Assert.InRange(ZeroDrift.OfToesG(Mount.Identity, kelvin(-13)), ZeroDrift.MostG, 0.0103);
        var upright = new Mount(0, 0, 1, 0, 1, 0, -1, 0, 0);
        Assert.InRange(ZeroDrift.OfToesG(upright, kelvin(7)), 0.0092, 0.0094);
        Assert.InRange(ZeroDrift.OfToesG(upright, kelvin(8)), ZeroDrift.MostG, 0.0108);
        Assert.Equal(0, ZeroDrift.OfToesG(upright, 0));
    }

    private void Walk(int stances, Direction direction, float toToes, float toLeft = 0, float secant = 1)
    {
        for (int i = 0; i < stances; i++)
        {
            _now += 220;
            _meter.Add(direction, toToes, toLeft, secant, _now);
        }
    }
}
