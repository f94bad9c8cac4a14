using Backstep.Gym.Pages;

namespace Backstep.Gym.Tests.Support;

/// <summary>A made-up gym in real time, for a browser: this is for eyes, and a screen has no other clock.</summary>
internal sealed class LiveGym : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly PagesHost _host;
    private readonly Task _walking;

    private LiveGym(PagesHost host, MadeUpWalkers walkers)
    {
        _host = host;
        _walking = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(Step);
            while (!_stop.IsCancellationRequested)
            {
                walkers.Step();
                await timer.WaitForNextTickAsync(_stop.Token).AsTask()
                    .ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });
    }

    public string Address => _host.Address.ToString().TrimEnd('/');

    public IEnumerable<string> Commands => _host.Sent.All.Select(one => one.Command);

    public static async Task<LiveGym> StartAsync(int belts, PagesOptions? options = null)
    {
        var room = new RoomMaker(TimeProvider.System, belts);
        for (int belt = 3; belt <= belts; belt += 3)
        {
            await room.Desk.BeginWalkAsync(belt, belt % 2 == 0 ? "Nickname of twenty" : "Mo", TimeSpan.FromMinutes(5),
                isOnWall: true, $"hash{belt}", CancellationToken.None);
        }

        if (belts >= 10)
        {
            await room.Desk.AssignAsync(RoomMaker.ClipOf(10), null, CancellationToken.None);
        }

        return new LiveGym(await PagesHost.StartAsync(room, TimeProvider.System, options),
            new MadeUpWalkers(room, belts));
    }

    public static string Belt(int number) => $"/belt/{number}/{RoomMaker.KeyOf(number)}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _walking;
        await _host.DisposeAsync();
        _stop.Dispose();
    }
}
