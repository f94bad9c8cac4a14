namespace Backstep.Gym.Messages;

/// <summary>Whether a gateway is there. Retained; the same with <c>offline</c> is its will.</summary>
/// <param name="Gateway">Which.</param>
/// <param name="State"><see cref="Online"/> or <see cref="Offline"/>.</param>
/// <param name="At">When that was so; null in a will, which nobody can date.</param>
/// <param name="Software">Version of the gateway's program.</param>
/// <param name="Adapters">Bluetooth adapters that it uses.</param>
/// <param name="ClipsFollowed">Clips that it holds a link to.</param>
/// <param name="ClipsWaiting">Clips that are near and have no link, because the adapters have no more.</param>
/// <param name="BatchesWaiting">Batches in its outbox that nobody has confirmed yet.</param>
/// <param name="BatchesRefused">Batches that the server will never store, set aside for a person to look at.</param>
/// <param name="Trouble">What keeps it from its work, in words: a disk that is full, an adapter that is off; null for
/// nothing.</param>
public sealed record GatewayStatus(
    string Gateway,
    string State,
    DateTimeOffset? At,
    string? Software,
    int? Adapters,
    int? ClipsFollowed,
    int? ClipsWaiting,
    long? BatchesWaiting,
    long? BatchesRefused,
    string? Trouble)
{
    /// <summary>It is there.</summary>
    public const string Online = "online";

    /// <summary>It is not.</summary>
    public const string Offline = "offline";
}
