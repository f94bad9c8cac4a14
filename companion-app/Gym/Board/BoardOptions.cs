using Backstep.Walks.Strides;

namespace Backstep.Gym.Board;

/// <summary>What the board is told once.</summary>
public sealed record BoardOptions
{
    /// <summary>For cues that name a speed, and for the pages.</summary>
    public Units Units { get; init; } = Units.Metric;

    /// <summary>Without news for so long a belt is stale: grey, and it says so. Ours: five messages a second
    /// apart.</summary>
    public static TimeSpan Stale { get; } = TimeSpan.FromSeconds(5);

    /// <summary>A stride that comes so late is counted and corrects nobody. Ours: a batch waits a second or
    /// two.</summary>
    public static TimeSpan Late { get; } = TimeSpan.FromSeconds(4);

    /// <summary>The most clips and gateways that are remembered. Ours: no room has as many; it bounds what a wild
    /// client can fill.</summary>
    public const int MostClips = 1000;
}
