using Backstep.Link;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Bluetooth;

/// <summary>Nobody waits for a replay without end: each bound by itself.</summary>
public sealed class ReplayBoundsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_live_stride_waits_ten_seconds_for_one_that_does_not_come()
    {
        var bounds = new ReplayBounds(_time);
        Assert.False(bounds.HasWaitedLong(isWaiting: true, 7));
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(bounds.HasWaitedLong(isWaiting: true, 7));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(bounds.HasWaitedLong(isWaiting: true, 7));
    }

    [Fact]
    public void It_waits_anew_for_another_one_after_nothing_waited_and_on_a_new_link()
    {
        var bounds = new ReplayBounds(_time);
        bounds.HasWaitedLong(isWaiting: true, 7);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(bounds.HasWaitedLong(isWaiting: true, 8));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(bounds.HasWaitedLong(isWaiting: false, 8));
        Assert.False(bounds.HasWaitedLong(isWaiting: true, 8));
        _time.Advance(TimeSpan.FromSeconds(9));
        bounds.OnLinkUp();
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(bounds.HasWaitedLong(isWaiting: true, 8));
    }

    [Theory]
    [InlineData(false, 120)]
    [InlineData(true, 1200)]
    public void A_replay_ends_by_its_time(bool isOfSessions, int seconds)
    {
        var bounds = new ReplayBounds(_time);
        bounds.Begin();
        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(bounds.IsExceeded(isOfSessions));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(bounds.IsExceeded(isOfSessions));
    }
}
