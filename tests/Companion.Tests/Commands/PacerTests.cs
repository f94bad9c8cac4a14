using Backstep.Companion.Commands;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Commands;

public class PacerTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Virtual_time_waits_for_real_time_at_the_speed_that_was_asked_for()
    {
        var pacer = new Pacer(_time, 4);
        var wait = pacer.WaitForAsync(TimeSpan.FromSeconds(8), Token);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(wait.IsCompleted);
    }

    [Fact]
    public void Who_is_behind_does_not_wait()
    {
        var pacer = new Pacer(_time, 1);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pacer.WaitForAsync(TimeSpan.FromSeconds(4), Token).IsCompleted);
    }

    [Fact]
    public void As_fast_as_possible_never_waits()
    {
        Assert.True(new Pacer(_time, null).WaitForAsync(TimeSpan.FromHours(1), Token).IsCompleted);
    }

    [Fact]
    public async Task A_wait_ends_when_the_program_shall_stop()
    {
        using var stop = new CancellationTokenSource();
        var wait = new Pacer(_time, 1).WaitForAsync(TimeSpan.FromHours(1), stop.Token);
        await stop.CancelAsync();
        await wait;
        Assert.True(wait.IsCompletedSuccessfully);
    }
}
