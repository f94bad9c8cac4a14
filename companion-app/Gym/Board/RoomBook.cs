using System.Collections.Frozen;
using Backstep.Gym.Keeping;
using Backstep.Store;

namespace Backstep.Gym.Board;

/// <summary>Belts, clips and who walks, as the store has them: read again every two seconds, for other servers write
/// it, too, and after each change of our own. Reading it costs nothing.</summary>
public sealed partial class RoomBook(IGymStore store, TimeProvider time, ILogger<RoomBook> log)
{
    /// <summary>How often it is read. Ours: what staff change on another server is there before they look up.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private Room _room = new([], [], []);

    /// <summary>As it was last read.</summary>
    public Room Room => Volatile.Read(ref _room);

    /// <summary>Why it could not be read, in words; null when it could.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Reads it.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var belts = await store.BeltsAsync(cancellationToken).ConfigureAwait(false);
        var clips = await store.ClipsAsync(cancellationToken).ConfigureAwait(false);
        var walks = await store.OpenWalksAsync(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _room, new Room(belts, clips, walks));
        Trouble = null;
    }

    /// <summary>Reads it again and again until cancelled. A store that is away leaves what was known.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await ReloadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e)
            {
                Trouble = e.Message;
                LogTrouble(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the room's book cannot be read: {Trouble}")]
    private partial void LogTrouble(string trouble);
}

/// <summary>A room as it was at one moment.</summary>
public sealed class Room
{
    private readonly FrozenDictionary<string, RoomClip> _clips;
    private readonly FrozenDictionary<int, BeltWalk> _walks;

    /// <summary>Of what the store holds.</summary>
    public Room(IReadOnlyList<RoomBelt> belts, IReadOnlyList<RoomClip> clips, IReadOnlyList<BeltWalk> walks)
    {
        Belts = [.. belts.OrderBy(belt => belt.Number)];
        Clips = clips;
        Walks = walks;
        _clips = clips.ToFrozenDictionary(clip => clip.Clip, StringComparer.Ordinal);
        _walks = walks.Where(walk => walk.EndedAt == null).GroupBy(walk => walk.Belt)
            .ToFrozenDictionary(one => one.Key, one => one.MaxBy(walk => walk.BegunAt)!);
    }

    /// <summary>By number.</summary>
    public IReadOnlyList<RoomBelt> Belts { get; }

    /// <summary>All that are known.</summary>
    public IReadOnlyList<RoomClip> Clips { get; }

    /// <summary>That have not ended.</summary>
    public IReadOnlyList<BeltWalk> Walks { get; }

    /// <summary>A belt; null for none of that number.</summary>
    public RoomBelt? Belt(int number) => Belts.FirstOrDefault(belt => belt.Number == number);

    /// <summary>A clip; null for one that the store does not know.</summary>
    public RoomClip? Clip(string clip) => _clips.GetValueOrDefault(clip);

    /// <summary>The clips of a belt.</summary>
    public IEnumerable<RoomClip> ClipsOf(int belt) => Clips.Where(clip => clip.Belt == belt);

    /// <summary>The walk that goes on at a belt; null for none.</summary>
    public BeltWalk? WalkAt(int belt) => _walks.GetValueOrDefault(belt);

    /// <summary>Whether a gateway may speak for a clip: the one that it belongs to, or any while it belongs to
    /// none.</summary>
    public bool MaySpeak(string gateway, string clip) => Clip(clip)?.Gateway is not { } its || its == gateway;
}
