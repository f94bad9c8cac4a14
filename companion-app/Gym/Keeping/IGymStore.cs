using Backstep.Gym.Messages;

namespace Backstep.Gym.Keeping;

/// <summary>What a gym keeps: SQLite, or PostgreSQL. Every call is one transaction, and has happened when it returns.
/// Several servers may share a PostgreSQL.</summary>
/// <exception cref="Store.StoreException">Any call: it cannot be read or written; the message says why.</exception>
public interface IGymStore : IAsyncDisposable
{
    /// <summary>In words, for health and logs: "SQLite", "PostgreSQL 15.4".</summary>
    string Kind { get; }

    /// <summary>Makes it, or brings it to this version's layout. To be called once, before anything else.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Whether it answers; throws when it does not.</summary>
    Task PingAsync(CancellationToken cancellationToken);

    /// <summary>Keeps strides and sessions, all in one transaction. A stride that is there already (clip, flash, run,
    /// number) stays as it is, but that a session that was not known is filled in.</summary>
    Task<KeepOutcome> KeepAsync(IReadOnlyList<StrideBatch> strides, IReadOnlyList<ClipSession> sessions,
        CancellationToken cancellationToken);

    /// <summary>Strides of a clip whose contact lies in a time, by that time.</summary>
    IAsyncEnumerable<RoomStride> StridesAsync(string clip, DateTimeOffset from, DateTimeOffset until,
        CancellationToken cancellationToken);

    /// <summary>Sessions of a clip that ended, and lie in a time with a part at least, oldest first.</summary>
    Task<IReadOnlyList<ClipSession>> SessionsAsync(string clip, DateTimeOffset from, DateTimeOffset until,
        CancellationToken cancellationToken);

    /// <summary>How many strides there are, for figures and tests.</summary>
    Task<long> CountStridesAsync(CancellationToken cancellationToken);

    /// <summary>All clips that were ever seen and not forgotten, by number.</summary>
    Task<IReadOnlyList<RoomClip>> ClipsAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a clip: a new one, or with other values.</summary>
    Task KeepClipAsync(RoomClip clip, CancellationToken cancellationToken);

    /// <summary>What staff set of a clip that is known: its number and its belt. What it told, and whose it is, stays
    /// as it is: a gateway may claim it at the same moment.</summary>
    Task PlaceClipAsync(string clip, int? number, int? belt, CancellationToken cancellationToken);

    /// <summary>All belts, by number.</summary>
    Task<IReadOnlyList<RoomBelt>> BeltsAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a belt: a new one, or with other values.</summary>
    Task KeepBeltAsync(RoomBelt belt, CancellationToken cancellationToken);

    /// <summary>Takes a belt away, with nothing else.</summary>
    Task ForgetBeltAsync(int number, CancellationToken cancellationToken);

    /// <summary>Keeps a walk at a belt: a new one (its <see cref="BeltWalk.Id"/> is not there yet), or with other
    /// values.</summary>
    Task KeepWalkAsync(BeltWalk walk, CancellationToken cancellationToken);

    /// <summary>Walks at belts that have not ended.</summary>
    Task<IReadOnlyList<BeltWalk>> OpenWalksAsync(CancellationToken cancellationToken);

    /// <summary>The walk whose code has this hash; null when there is none.</summary>
    Task<BeltWalk?> WalkOfCodeAsync(string codeHash, CancellationToken cancellationToken);

    /// <summary>Deletes a walk, and the strides and sessions of its clip in its time.</summary>
    Task ForgetWalkAsync(BeltWalk walk, CancellationToken cancellationToken);

    /// <summary>Deletes walks, sessions and strides from before a moment.</summary>
    /// <returns>How many strides.</returns>
    Task<long> ForgetBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);

    /// <summary>All users, by name.</summary>
    Task<IReadOnlyList<GymUser>> UsersAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a user: a new one, or with other values.</summary>
    Task KeepUserAsync(GymUser user, CancellationToken cancellationToken);

    /// <summary>Takes a user away; false when there was none.</summary>
    Task<bool> ForgetUserAsync(string name, CancellationToken cancellationToken);

    /// <summary>A setting; null when it was never set. Keys are constants of whoever owns the setting.</summary>
    Task<string?> SettingAsync(string key, CancellationToken cancellationToken);

    /// <summary>Sets it; null forgets it.</summary>
    Task KeepSettingAsync(string key, string? value, CancellationToken cancellationToken);
}
