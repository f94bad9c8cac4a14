using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>A wall clock that somebody sets, and a computer that sleeps: then its monotonic clock stands.</summary>
internal sealed class SetClockProvider(FakeTimeProvider time) : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public TimeSpan Slept { get; set; }

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Ahead;

    public override long GetTimestamp() => (time.GetUtcNow() - Slept).Ticks;
}
