namespace Backstep.Gait.Tests;

public sealed class SpreadWindowTests
{
    [Fact]
    public void White_scatter_is_measured_without_bias()
    {
        var random = new Random(1);
        var sum = 0.0;
        for (var run = 0; run < 400; run++)
        {
            var window = new SpreadWindow(40);
            for (var i = 0; i < 60; i++)
            {
                window.Add(1400 + (int)Math.Round(70 * Normal(random)), 280);
            }

            sum += window.Variance;
        }

        Assert.InRange(Math.Sqrt(sum / 400), 68, 72);
    }

    [Fact]
    public void A_drift_is_not_scatter()
    {
        var window = new SpreadWindow(40);
        for (var i = 0; i < 60; i++)
        {
            window.Add(1400 - (4 * i), 280);
        }

        Assert.InRange(Math.Sqrt(window.Variance), 0, 10);
    }

    [Fact]
    public void A_missed_stride_is_left_out_and_a_new_pace_is_not()
    {
        var window = new SpreadWindow(10);
        for (var i = 0; i < 20; i++)
        {
            window.Add(i == 12 ? 2800 : 1400, 280);
        }

        Assert.Equal(0, window.Variance);
        for (var i = 0; i < 20; i++)
        {
            window.Add(700, 140);
        }

        Assert.Equal(700, window.Mean);
        Assert.Equal(0, window.Variance);
    }

    [Fact]
    public void What_leaves_the_window_is_forgotten()
    {
        var window = new SpreadWindow(8);
        for (var i = 0; i < 20; i++)
        {
            window.Add(i % 2 == 0 ? 1300 : 1500, 280);
        }

        Assert.True(window.Variance > 1000);
        for (var i = 0; i < 16; i++)
        {
            window.Add(1400, 280);
        }

        Assert.Equal(0, window.Variance);
        Assert.Equal(8, window.Count);
    }

    [Fact]
    public void The_largest_values_fit()
    {
        var window = new SpreadWindow(80);
        for (var i = 0; i < 200; i++)
        {
            window.Add(i % 2 == 0 ? 4000 : 5200, 800);
        }

        Assert.InRange(Math.Sqrt(window.Variance), 500, 800);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
