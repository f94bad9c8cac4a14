namespace Backstep.Gait.Tests;

/// <summary>When the foot touched: by the pitch where it says so, else by the shaking.</summary>
public sealed class ContactFinderTests
{
    private const int Swing = 1;
    private const float HardG = 0.3f;

    private static readonly float Degree = Inner.Constant<float>("PitchLobes", "Degree");

    private readonly Inner _lobes = new("PitchLobes");
    private readonly Inner _history = new("MotionHistory");

    public ContactFinderTests()
    {
        _history.Set("Newest", 31);
        Lobe(0, 10, 0);
        Lobe(Swing, -30, 10);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(-8)]
    [InlineData(30)]
    public void A_large_last_lobe_begins_with_contact_whatever_shakes(double degrees)
    {
        Lobe(2, degrees, 22.5);
        Shake(25, HardG);
        Assert.Equal(22.5, Find(flatAt: 30));
    }

    [Theory]
    [InlineData(7.9)]
    [InlineData(-7.9)]
    public void A_small_last_lobe_gives_way_to_a_hard_shake(double degrees)
    {
        Lobe(2, degrees, 22.5);
        Assert.Equal(22.5, Find(flatAt: 30));
        Shake(25, 0.099f); // half of the least that means something: the engine takes a harder one
        Shake(26, -0.099f);
        Assert.Equal(22.5, Find(flatAt: 30));
        Shake(25, HardG);
        Assert.Equal(24.75, Find(flatAt: 30)); // within the pair
        Shake(25, -HardG);
        Assert.Equal(24.25, Find(flatAt: 30)); // into its first sample
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_first_half_as_hard_as_the_hardest_is_it(int way)
    {
        Lobe(2, 5, 22.5);
        Shake(27, 2 * HardG);
        Shake(28, -2.2f * HardG);
        Shake(23, way * HardG);
        Assert.Equal(27 - 0.25, Find(flatAt: 30));
        Shake(24, way * 1.1f * HardG);
        Assert.Equal(24 - (way > 0 ? 0.25 : 0.75), Find(flatAt: 30));
    }

    [Fact]
    public void It_is_looked_for_from_halfway_through_the_swing_to_flat()
    {
        Lobe(2, 5, 22.5);
        Shake(19, HardG);
        Shake(31, HardG);
        Assert.Equal(22.5, Find(flatAt: 30)); // halfway is 20
        Shake(25, HardG * 0.4f); // the hardest is the last
        Shake(30, HardG);
        Assert.Equal(29.75, Find(flatAt: 30));
        Shake(20, HardG);
        Assert.Equal(19.75, Find(flatAt: 30));
    }

    [Fact]
    public void A_foot_is_flat_twelve_pairs_after_contact_at_the_latest()
    {
        Lobe(Swing, -30, 0);
        Lobe(2, 5, 22.5);
        Shake(17, HardG); // halfway is 15
        Assert.Equal(22.5, Find(flatAt: 30));
        Shake(18, HardG);
        Assert.Equal(17.75, Find(flatAt: 30));
    }

    [Fact]
    public void What_is_no_longer_known_and_what_has_not_come_is_not_looked_at()
    {
        Lobe(2, 5, 52);
        _history.Set("Newest", 60);
        Shake(29, HardG); // the oldest that is known, and has no pair before it
        Assert.Equal(52, Find(flatAt: 34));
        Shake(30, HardG);
        Assert.Equal(29.75, Find(flatAt: 34));

        Shake(29, 0);
        Shake(30, 0);
        _history.Set("Newest", 33);
        Shake(34, HardG);
        Assert.Equal(52, Find(flatAt: 34));
        Shake(33, HardG);
        Assert.Equal(32.75, Find(flatAt: 34));
    }

    [Fact]
    public void A_flat_landing_has_nothing_but_the_shaking_however_soft()
    {
        _lobes.Set("Count", 2);
        Shake(25, 0.01f);
        Assert.Equal(24.75, Find(flatAt: 30));
    }

    private void Lobe(int number, double degrees, double begin)
    {
        _lobes.Get<float[]>("Turned")[number] = (float)degrees * Degree;
        _lobes.Get<float[]>("Begin")[number] = (float)begin;
        _lobes.Set("Count", number + 1);
    }

    /// <summary>A change of the force within a pair; negative: into it.</summary>
    private void Shake(int pair, float g)
    {
        float counts = g * MotionScale.AccelerometerCountsPerG;
        _history.Get<float[]>("Shaking2")[pair & 31] = counts * Math.Abs(counts);
    }

    private double Find(int flatAt) =>
        Inner.Call<float>("ContactFinder", "Find", _lobes.Value, Swing, _history.Value, flatAt);
}
