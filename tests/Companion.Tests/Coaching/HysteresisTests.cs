using Backstep.Walks.Coaching;

namespace Backstep.Companion.Tests.Coaching;

public class HysteresisTests
{
    [Fact]
    public void A_high_value_turns_it_on_and_only_a_clearly_lower_one_off()
    {
        var limit = new Hysteresis(on: 10, off: 8);
        Assert.Equal(
            [false, false, true, true, true, false, false],
            new double?[] { 5, 9.9, 10, 9, 8.1, 8, 9.9 }.Select(limit.Update));
    }

    [Fact]
    public void A_low_value_turns_it_on_and_only_a_clearly_higher_one_off()
    {
        var limit = new Hysteresis(on: 0.5, off: 0.75);
        Assert.Equal([false, true, true, false, false],
            new double?[] { 0.6, 0.5, 0.7, 0.75, 0.6 }.Select(limit.Update));
    }

    [Fact]
    public void Without_a_value_it_is_off()
    {
        var limit = new Hysteresis(on: 1, off: 0);
        Assert.True(limit.Update(2));
        Assert.False(limit.Update(null));
        Assert.False(limit.Update(0.5));
    }
}
