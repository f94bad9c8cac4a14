using Backstep.VirtualSensor;

namespace Backstep.Rehearsal;

/// <summary>The clock of a virtual device, for everything that waits or measures: ten minutes of walking pass as fast
/// as they can be computed.</summary>
public sealed class VirtualTime(VirtualDevice device) : TimeProvider
{
    // Any fixed date: the same run gives the same bytes.
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => device.Elapsed.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + device.Elapsed;
}
