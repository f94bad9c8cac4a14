using Microsoft.Extensions.Logging;
using Backstep.Gym.Commands;
using Backstep.Gym.Gateway;
using Backstep.Gym.Keeping;
using Backstep.Gym.Server;
using Backstep.Gym.Tests.Support;
using Backstep.Rehearsal.Room;

namespace Backstep.Gym.Tests.Commands;

/// <summary>All of a gym in this process: simulated clips, gateway, broker, server, pages; four times as fast as a
/// real one.</summary>
internal sealed class WholeGym : IAsyncDisposable
{
    /// <summary>The password of every user that a test makes.</summary>
    public const string Password = "seven clips on a shelf";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("backstep-gym-test-").FullName;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _ready = new();
    private readonly FasterTime _time = new(4);
    private readonly SimulatedRoom? _room;
    private readonly GymHost _host;
    private Task _runs = Task.CompletedTask;

    private WholeGym(int belts)
    {
        _room = belts > 0 ? new SimulatedRoom(belts, 1, _time, ["backward"]) : null;
        _host = GymHost.Create(new ServeOptions
        {
            DataFolder = _folder,
            Port = 0,
            MqttPort = 0,
            Gateway = _room is not { } room ? null : new GatewayPart(
                new GatewayOptions("gym", "room-1")
                {
                    DataFolder = _folder, IsSimulated = true, LinksPerAdapter = belts,
                },
                (time, log) => [new RadioAdapter("simulated", _ => Task.FromResult(room.Air()), time, log)]),
        }, _time, LogLevel.Warning);
    }

    /// <summary>Where it is.</summary>
    public GymHost Host => _host;

    /// <summary>Opens one with so many belts, a clip on each; and users.</summary>
    public static async Task<WholeGym> OpenAsync(int belts, params (string Name, GymRole Role)[] users)
    {
        var gym = new WholeGym(belts);
        await using (var store = GymStores.Open(null, gym._folder, gym._time))
        {
            await store.PrepareAsync(gym._end.Token);
            for (int number = 1; number <= Math.Max(belts, 1); number++)
            {
                await store.KeepBeltAsync(new RoomBelt(number, $"abcdefgh2345678{number}"), gym._end.Token);
                await store.KeepClipAsync(new RoomClip(belts > 0 ? SimulatedRoom.AddressOf(number) : "my-clip", number,
                    null, number, null, true, null, null, null), gym._end.Token);
            }

            foreach (var (name, role) in users)
            {
                await store.KeepUserAsync(PasswordHashing.Make(name, role, Password), gym._end.Token);
            }
        }

        gym._runs = gym._host.RunAsync(_ => gym._ready.TrySetResult(), gym._end.Token);
        _ = gym._room?.RunAsync(gym._end.Token);
        await await Task.WhenAny(gym._ready.Task.WaitAsync(Patience), gym._runs);
        return gym;
    }

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"waited in vain for {what}");
            Assert.False(_runs.IsCompleted, $"the gym ended: {_runs.Exception?.InnerException?.Message}");
            await Task.WhenAny(_runs, Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None));
        }
    }

    /// <summary>Numbers of the strides in the store, of a clip.</summary>
    public async Task<IReadOnlyList<uint>> StoredAsync(string clip)
    {
        await using var store = GymStores.Open(null, _folder, TimeProvider.System);
        await store.PrepareAsync(CancellationToken.None);
        var numbers = new List<uint>();
        await foreach (var stride in store.StridesAsync(clip, DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(1000), CancellationToken.None))
        {
            numbers.Add(stride.Stride.Sequence);
        }

        return numbers;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _runs.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _host.DisposeAsync();
        _room?.Dispose();
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
