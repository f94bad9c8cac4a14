using System.Runtime.CompilerServices;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Store;

namespace Backstep.Gym.Tests.Support;

/// <summary>A store that keeps nothing beyond the test.</summary>
internal sealed class RoomStoreInMemory : IGymStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RoomClip> _clips = [];
    private readonly Dictionary<int, RoomBelt> _belts = [];
    private readonly Dictionary<string, BeltWalk> _walks = [];
    private readonly Dictionary<string, GymUser> _users = [];
    private readonly Dictionary<string, string> _settings = [];

    /// <summary>Strides that it holds.</summary>
    public List<RoomStride> Strides { get; } = [];

    /// <summary>Whether every call fails.</summary>
    public bool IsAway { get; set; }

    /// <inheritdoc/>
    public string Kind => "memory";

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) => Do(() => 0);

    /// <inheritdoc/>
    public Task<KeepOutcome> KeepAsync(IReadOnlyList<StrideBatch> strides, IReadOnlyList<ClipSession> sessions,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public async IAsyncEnumerable<RoomStride> StridesAsync(string clip, DateTimeOffset from, DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var one in await Do(() => Strides.Where(one => one.Clip == clip && one.At >= from && one.At <= until)
            .OrderBy(one => one.At).ToArray()))
        {
            yield return one;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClipSession>> SessionsAsync(string clip, DateTimeOffset from, DateTimeOffset until,
        CancellationToken cancellationToken) => Do<IReadOnlyList<ClipSession>>(() => []);

    /// <inheritdoc/>
    public Task<long> CountStridesAsync(CancellationToken cancellationToken) => Do(() => (long)Strides.Count);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoomClip>> ClipsAsync(CancellationToken cancellationToken) =>
        Do<IReadOnlyList<RoomClip>>(() => [.. _clips.Values.OrderBy(clip => clip.Number)]);

    /// <inheritdoc/>
    public Task KeepClipAsync(RoomClip clip, CancellationToken cancellationToken) =>
        Do(() => _clips[clip.Clip] = clip);

    /// <inheritdoc/>
    public Task PlaceClipAsync(string clip, int? number, int? belt, CancellationToken cancellationToken) =>
        Do(() => _clips[clip] = _clips[clip] with { Number = number, Belt = belt });

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoomBelt>> BeltsAsync(CancellationToken cancellationToken) =>
        Do<IReadOnlyList<RoomBelt>>(() => [.. _belts.Values.OrderBy(belt => belt.Number)]);

    /// <inheritdoc/>
    public Task KeepBeltAsync(RoomBelt belt, CancellationToken cancellationToken) =>
        Do(() => _belts[belt.Number] = belt);

    /// <inheritdoc/>
    public Task ForgetBeltAsync(int number, CancellationToken cancellationToken) => Do(() => _belts.Remove(number));

    /// <inheritdoc/>
    public Task KeepWalkAsync(BeltWalk walk, CancellationToken cancellationToken) => Do(() => _walks[walk.Id] = walk);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BeltWalk>> OpenWalksAsync(CancellationToken cancellationToken) =>
        Do<IReadOnlyList<BeltWalk>>(() => [.. _walks.Values.Where(walk => walk.EndedAt == null)]);

    /// <inheritdoc/>
    public Task<BeltWalk?> WalkOfCodeAsync(string codeHash, CancellationToken cancellationToken) =>
        Do(() => _walks.Values.FirstOrDefault(walk => walk.CodeHash == codeHash));

    /// <inheritdoc/>
    public Task ForgetWalkAsync(BeltWalk walk, CancellationToken cancellationToken) => Do(() =>
    {
        Strides.RemoveAll(one => one.Clip == walk.Clip && one.At >= walk.BegunAt && one.At <= walk.EndedAt);
        return _walks.Remove(walk.Id);
    });

    /// <inheritdoc/>
    public Task<long> ForgetBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<IReadOnlyList<GymUser>> UsersAsync(CancellationToken cancellationToken) =>
        Do<IReadOnlyList<GymUser>>(() => [.. _users.Values]);

    /// <inheritdoc/>
    public Task KeepUserAsync(GymUser user, CancellationToken cancellationToken) => Do(() => _users[user.Name] = user);

    /// <inheritdoc/>
    public Task<bool> ForgetUserAsync(string name, CancellationToken cancellationToken) =>
        Do(() => _users.Remove(name));

    /// <inheritdoc/>
    public Task<string?> SettingAsync(string key, CancellationToken cancellationToken) =>
        Do(() => _settings.GetValueOrDefault(key));

    /// <inheritdoc/>
    public Task KeepSettingAsync(string key, string? value, CancellationToken cancellationToken) => Do(() =>
    {
        if (value == null)
        {
            return _settings.Remove(key);
        }

        _settings[key] = value;
        return true;
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Do<T>(Func<T> what)
    {
        if (IsAway)
        {
            throw new StoreException("the store is away, as the test wants it");
        }

        lock (_gate)
        {
            return Task.FromResult(what());
        }
    }
}
