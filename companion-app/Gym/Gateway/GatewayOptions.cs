namespace Backstep.Gym.Gateway;

/// <summary>What a gateway is told.</summary>
/// <param name="Gym">The gym's name in topics.</param>
/// <param name="Name">The gateway's name in topics.</param>
public sealed record GatewayOptions(string Gym, string Name)
{
    /// <summary>Links that one adapter holds at once. Ours: of common adapters 3 to 8 are told; BlueZ itself has no
    /// limit.</summary>
    public const int UsualLinks = 7;

    /// <summary>Where the outbox lies.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The most links of one adapter.</summary>
    public int LinksPerAdapter { get; init; } = UsualLinks;

    /// <summary>Which clips to follow, by id, address or name; empty for all that are near.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether the clips are simulated: whoever brings their Bluetooth knows.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Where Home Assistant listens for devices; null when it is not to be told.</summary>
    public string? HomeAssistantPrefix { get; init; }

    /// <summary>Whether Home Assistant is to forget the clips of this gateway, there.</summary>
    public bool ForgetsHomeAssistant { get; init; }

    /// <summary>Version of this program.</summary>
    public string Software { get; init; } = Terminal.ProgramRoot.VersionOf(typeof(GatewayOptions));
}
