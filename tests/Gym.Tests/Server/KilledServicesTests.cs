using System.Collections.Concurrent;
using System.Diagnostics;
using Backstep.Gym.Messages;
using Backstep.Gym.Tests.Keeping;
using static Backstep.Gym.Tests.Keeping.Told;

namespace Backstep.Gym.Tests.Server;

/// <summary>Servers, broker and database that are killed and come back. Started by tests/gym-services/run, which gives
/// the means to kill.</summary>
public sealed class KilledServicesTests
{
    private const int Batches = 60;
    private const int Rounds = 2;

    [Fact(Timeout = 120_000)]
    public async Task Two_servers_share_the_work_and_one_that_is_killed_loses_nothing()
    {
        Assert.SkipWhen(TestRoom.External == null || TestStore.PostgresText == null,
            "needs a foreign broker and PostgreSQL (tests/gym-services/run)");
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        var done = new[] { new ConcurrentBag<long>(), new ConcurrentBag<long>() };
        long stored = 0;
        var keepers = done.Index().Select(one => room.StartKeeper(FaultyStore.Of(room.Store.Store,
            async (batches, really) =>
            {
                var outcome = await really();
                Interlocked.Add(ref stored, outcome.New);
                batches.ToList().ForEach(batch => one.Item.Add(batch.Batch));
                return outcome;
            }), "servers", $"keeper-{one.Index}")).ToArray();
        await Task.WhenAll(keepers.Select(keeper => keeper.ReadyAsync()));

        // One clip's batches one after another, then many at once.
        for (int batch = 1; batch <= 10; batch++)
        {
            await east.SendAsync(Of(batch));
            await east.UntilStoredAsync(batch);
        }

        var rest = Enumerable.Range(11, Batches - 10).Select(Of).ToArray();
        var sending = east.SendUntilStoredAsync(rest);
        await TestRoom.UntilAsync(() => Task.FromResult(east.Stored.Count > 20));
        await keepers[0].DisposeAsync();
        await sending;
        Assert.All(done, worked => Assert.NotEmpty(worked));
        Assert.Equal(Batches * 10,
            await room.Store.Store.CountStridesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Batches * 10, stored);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("postgres")]
    [InlineData("mosquitto")]
    public async Task A_service_that_is_killed_and_comes_back_loses_and_doubles_nothing(string service)
    {
        Assert.SkipWhen(service == "postgres" ? TestStore.PostgresText == null : TestRoom.External == null,
            $"needs {service} (tests/gym-services/run)");
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        await room.StartKeeper().ReadyAsync();
        for (int round = 0; round < Rounds; round++)
        {
            var some = Enumerable.Range((round * Batches) + 1, Batches).Select(Of).ToArray();
            var sending = east.SendUntilStoredAsync(some);
            await TestRoom.UntilAsync(() => Task.FromResult(east.Stored.Count > (round * Batches) + 5));
            await ControlAsync(service, "kill");
            await ControlAsync(service, "start");
            await sending;
        }

        Assert.Equal(Rounds * Batches * 10,
            await room.Store.Store.CountStridesAsync(TestContext.Current.CancellationToken));
        Assert.Empty(east.Refused);
    }

    private static StrideBatch Of(int batch) => Batch(batch, $"clip-{batch % 7}", Numbers((uint)(batch * 10) + 1, 10));

    private static async Task ControlAsync(string service, string what)
    {
        string folder = Environment.GetEnvironmentVariable("BACKSTEP_GYM_SERVICES")!;
        using var control = Process.Start(Path.Combine(folder, "control-" + service), what);
        await control.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TestRoom.Patience);
        Assert.Equal(0, control.ExitCode);
    }
}
