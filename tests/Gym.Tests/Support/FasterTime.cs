namespace Backstep.Gym.Tests.Support;

/// <summary>Real time that runs faster: what waits for a second waits for a part of one.</summary>
/// <param name="factor">How many times as fast.</param>
public sealed class FasterTime(int factor) : TimeProvider
{
    private readonly long _start = System.GetTimestamp();
    private readonly DateTimeOffset _startedAt = System.GetUtcNow();

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => System.GetElapsedTime(_start).Ticks * factor;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _startedAt + TimeSpan.FromTicks(GetTimestamp());

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    // A period of nothing would be none.
    private TimeSpan Scaled(TimeSpan time) => time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time
        : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / factor));
}
