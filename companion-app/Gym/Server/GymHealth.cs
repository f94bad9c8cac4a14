namespace Backstep.Gym.Server;

/// <summary>What is in the way of storing, in words; null where nothing is.</summary>
public sealed class GymHealth
{
    /// <summary>Why the store does not take strides; it is tried again.</summary>
    public string? StoreTrouble { get; set; }

    /// <summary>Why the broker is out of reach; it is tried again.</summary>
    public Func<string?> BrokerTrouble { get; set; } = () => null;

    /// <summary>When strides were last stored; null for never.</summary>
    public DateTimeOffset? LastStoredAt { get; set; }
}
