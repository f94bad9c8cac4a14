using System.Security.Cryptography;
using System.Text;
using Backstep.Gym.Keeping;
using Backstep.Walks;

namespace Backstep.Gym.Board;

/// <summary>What staff and walkers change in the room's book; each change is kept when it returns, and shown at
/// once.</summary>
public sealed class RoomDesk(IGymStore store, RoomBook book, BoardModel model, TimeProvider time)
{
    /// <summary>The most belts, and the highest number of a clip. Ours: the board shows 60 at once.</summary>
    public const int MostBelts = 60, MostNumber = 999;

    /// <summary>Shortest and longest time that a walker may set, in minutes. The advice ends at 15
    /// (<see cref="Walks.Coaching.TimeIsUp.Most"/>), and is said from there on whatever was set.</summary>
    public const int LeastMinutes = 3, MostMinutes = 30;

    // Without what is taken for one another when it is read aloud or typed: 31 signs, so 16 of them are 79 bits.
    private const string Signs = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Letters and digits that nobody guesses.</summary>
    public static string Secret(int length = 16) => RandomNumberGenerator.GetString(Signs, length);

    /// <summary>How a code or a token is kept: as its SHA-256, in hexadecimal digits. They are drawn, not thought up,
    /// so that a fast hash is enough.</summary>
    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Makes a belt of the lowest free number.</summary>
    public async Task AddBeltAsync(CancellationToken stop)
    {
        var belts = await store.BeltsAsync(stop).ConfigureAwait(false);
        int number = Enumerable.Range(1, MostBelts).FirstOrDefault(one => belts.All(belt => belt.Number != one));
        if (number == 0)
        {
            throw new BadRequestException($"There are {MostBelts} belts, the most that a wall shows.");
        }

        await store.KeepBeltAsync(new RoomBelt(number, Secret()), stop).ConfigureAwait(false);
        await ShowAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Takes a belt away; its clips are free, its walk ends.</summary>
    public async Task RemoveBeltAsync(int belt, CancellationToken stop)
    {
        await EndWalkAtAsync(belt, stop).ConfigureAwait(false);
        await ReleaseAllAsync(belt, except: null, stop).ConfigureAwait(false);
        await store.ForgetBeltAsync(belt, stop).ConfigureAwait(false);
        await ShowAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Gives a belt another key: its old QR code leads nowhere from now on.</summary>
    public async Task RenewKeyAsync(int belt, CancellationToken stop)
    {
        await store.KeepBeltAsync(Belt(belt) with { Key = Secret() }, stop).ConfigureAwait(false);
        await ShowAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Assigns a clip to a belt, whose other clip is free then; null: to none.</summary>
    public async Task AssignAsync(string clip, int? belt, CancellationToken stop)
    {
        if (belt is { } number)
        {
            Belt(number);
            await ReleaseAllAsync(number, except: clip, stop).ConfigureAwait(false);
        }

        var one = await ClipAsync(clip, stop).ConfigureAwait(false);
        await store.PlaceClipAsync(one.Clip, one.Number, belt, stop).ConfigureAwait(false);
        await ShowAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Says what stands on a clip.</summary>
    public async Task NumberAsync(string clip, int? number, CancellationToken stop)
    {
        var clips = await store.ClipsAsync(stop).ConfigureAwait(false);
        if (number is < 1 or > MostNumber)
        {
            throw new BadRequestException(FormattableString.Invariant($"A clip's number is 1 to {MostNumber}."));
        }

        if (number != null && clips.FirstOrDefault(one => one.Number == number && one.Clip != clip) is { } other)
        {
            throw new BadRequestException(
                FormattableString.Invariant($"Clip {number} is there already: {other.Clip}."));
        }

        var numbered = await ClipAsync(clip, stop).ConfigureAwait(false);
        await store.PlaceClipAsync(numbered.Clip, number, numbered.Belt, stop).ConfigureAwait(false);
        await ShowAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Shows what was changed elsewhere.</summary>
    public Task ReloadAsync(CancellationToken stop) => ShowAsync(stop);

    /// <summary>A walk begins at a belt; one that goes on there ends. Its code is drawn by who begins it, so that it
    /// can be fetched however it ends.</summary>
    public async Task<BeltWalk> BeginWalkAsync(int belt, string? nickname, TimeSpan? target, bool isOnWall,
        string codeHash, CancellationToken stop)
    {
        string clip = book.Room.ClipsOf(belt).FirstOrDefault()?.Clip
            ?? throw new BadRequestException("This belt has no clip yet: ask staff for one.");
        await EndWalkAtAsync(belt, stop).ConfigureAwait(false);
        var walk = new BeltWalk(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), belt, clip,
            time.GetUtcNow(), EndedAt: null, RoomText.Name(nickname, RoomText.LongestNickname), target, isOnWall,
            codeHash);
        await store.KeepWalkAsync(walk, stop).ConfigureAwait(false);
        await ShowAsync(stop).ConfigureAwait(false);
        return walk;
    }

    /// <summary>Keeps a walk with other values.</summary>
    public async Task ChangeWalkAsync(BeltWalk walk, CancellationToken stop)
    {
        await store.KeepWalkAsync(walk, stop).ConfigureAwait(false);
        await ShowAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Ends the walk at a belt, if one goes on. The nickname stays with it until it is deleted; the wall shows
    /// it no more.</summary>
    public async Task EndWalkAtAsync(int belt, CancellationToken stop)
    {
        var open = await store.OpenWalksAsync(stop).ConfigureAwait(false);
        foreach (var walk in open.Where(walk => walk.Belt == belt))
        {
            var now = time.GetUtcNow();
            await store.KeepWalkAsync(walk with { EndedAt = now > walk.BegunAt ? now : walk.BegunAt }, stop)
                .ConfigureAwait(false);
        }

        await ShowAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Ends the walks that are over of themselves.</summary>
    public async Task EndOverAsync(CancellationToken stop)
    {
        foreach (var walk in book.Room.Walks)
        {
            if (model.EndOf(walk) is { } end)
            {
                await ChangeWalkAsync(walk with { EndedAt = end > walk.BegunAt ? end : walk.BegunAt }, stop)
                    .ConfigureAwait(false);
            }
        }
    }

    private RoomBelt Belt(int number) => book.Room.Belt(number)
        ?? throw new BadRequestException(FormattableString.Invariant($"There is no belt {number}."));

    // One that only told of itself by now is entered first.
    private async Task<RoomClip> ClipAsync(string clip, CancellationToken stop)
    {
        var clips = await store.ClipsAsync(stop).ConfigureAwait(false);
        if (clips.FirstOrDefault(one => one.Clip == clip) is { } known)
        {
            return known;
        }

        var told = model.Clips().Where(one => one.Clip == clip).Select(one => new RoomClip(one.Clip, one.Number,
            one.Name, one.Belt, one.Gateway, one.IsSimulated, one.Firmware, one.BatteryPercent, time.GetUtcNow()))
            .FirstOrDefault() ?? throw new BadRequestException("That clip is not known.");
        await store.KeepClipAsync(told, stop).ConfigureAwait(false);
        return told;
    }

    private async Task ReleaseAllAsync(int belt, string? except, CancellationToken stop)
    {
        var clips = await store.ClipsAsync(stop).ConfigureAwait(false);
        foreach (var clip in clips.Where(clip => clip.Belt == belt && clip.Clip != except))
        {
            await store.PlaceClipAsync(clip.Clip, clip.Number, belt: null, stop).ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(CancellationToken stop)
    {
        await book.ReloadAsync(stop).ConfigureAwait(false);
        model.Tick();
    }
}
