namespace Backstep.Gym.Keeping;

/// <summary>Which gateway speaks for a clip, decided in the store, so that several servers come to one answer; and what
/// is told of a clip, written without touching what staff set.</summary>
/// <exception cref="Store.StoreException">Any call: it cannot be read or written; the message says why.</exception>
public interface IClipRegister
{
    /// <summary>Makes a gateway the clip's, if <paramref name="from"/> still is. A clip that is not known yet is
    /// entered, with the next free number.</summary>
    /// <param name="clip">Which.</param>
    /// <param name="gateway">Who wants to speak for it.</param>
    /// <param name="from">Whose it is, as the caller knows; null: nobody's.</param>
    /// <param name="isSimulated">Whether it is no clip of anybody.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The clip as it is now: another may have been faster.</returns>
    Task<RoomClip> ClaimAsync(string clip, string gateway, string? from, bool isSimulated,
        CancellationToken cancellationToken);

    /// <summary>Writes down what a clip told; null leaves what was there. A clip that is not known stays so.</summary>
    Task SeeAsync(string clip, string? name, string? firmware, int? batteryPercent, DateTimeOffset at,
        CancellationToken cancellationToken);

    /// <summary>Every gateway that a clip ever belonged to, with the clip.</summary>
    Task<IReadOnlyList<(string Clip, string Gateway)>> GatewaysAsync(CancellationToken cancellationToken);
}
