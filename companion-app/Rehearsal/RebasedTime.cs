namespace Backstep.Rehearsal;

/// <summary>A virtual clock that shows today's date: a simulated walk that is kept was made today, whatever date its
/// sensor was told.</summary>
/// <param name="walk">The virtual clock.</param>
/// <param name="now">What it shall show now.</param>
public sealed class RebasedTime(TimeProvider walk, DateTimeOffset now) : TimeProvider
{
    private readonly TimeSpan _ahead = now - walk.GetUtcNow();

    /// <inheritdoc/>
    public override long TimestampFrequency => walk.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => walk.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => walk.GetUtcNow() + _ahead;
}
