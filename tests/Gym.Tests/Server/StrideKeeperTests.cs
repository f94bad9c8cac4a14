using System.Text;
using Backstep.Gym.Messages;
using Backstep.Gym.Tests.Keeping;
using Backstep.Store;
using Backstep.Walks;
using static Backstep.Gym.Tests.Keeping.Told;

namespace Backstep.Gym.Tests.Server;

/// <summary>From MQTT into the store, and back to the gateway: with the broker and the store that are given.</summary>
public sealed class StrideKeeperTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_stored_is_confirmed_and_what_comes_again_is_confirmed_again_and_stored_once()
    {
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        await room.StartKeeper().ReadyAsync();
        await east.SendAsync(Batch(1, "clip-1", Numbers(1, 20)));
        await east.SendAsync(Batch(2, "clip-1", Numbers(21, 20)));
        await east.SendAsync(Session(3, "clip-1"));
        await east.UntilStoredAsync(1, 2, 3);
        Assert.Equal(40, await room.Store.Store.CountStridesAsync(Stop));
        Assert.Single(await room.Store.Store.SessionsAsync("clip-1", Noon, Noon.AddHours(1), Stop));

        await east.SendAsync(Batch(1, "clip-1", Numbers(1, 20)));
        await TestRoom.UntilAsync(() => Task.FromResult(east.Stored[1] > 1));
        Assert.Equal(40, await room.Store.Store.CountStridesAsync(Stop));
        Assert.Empty(east.Refused);
    }

    [Fact]
    public async Task What_can_never_be_stored_is_refused_by_name_and_takes_nothing_with_it()
    {
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        await room.StartKeeper().ReadyAsync();
        var good = Batch(1, "clip-1", Numbers(1, 20));
        await east.SendAsync(good);
        string text = Encoding.UTF8.GetString(GymMessage.Bytes(good with { Batch = 2 },
            MessageJson.Default.StrideBatch));
        string topic = GymTopics.Strides(room.Gym, "clip-1");
        string[] bad =
        [
            text.Replace("\"direction\":\"backward\"", "\"direction\":\"sideways\"", StringComparison.Ordinal),
            text.Replace("\"batch\":2", "\"batch\":3", StringComparison.Ordinal)
                .Replace("\"clip\":\"clip-1\"", "\"clip\":\"clip-2\"", StringComparison.Ordinal),
            text.Replace("\"batch\":2", "\"batch\":4", StringComparison.Ordinal)
                .Replace("\"run\":7", "\"run\":0", StringComparison.Ordinal),
            text.Replace("\"batch\":2", "\"batch\":5", StringComparison.Ordinal)
                .Replace("\"at\":\"2026-", "\"at\":\"9026-", StringComparison.Ordinal),
            text.Replace("\"batch\":2", "\"batch\":6", StringComparison.Ordinal)
                .Replace("\"strides\":", "\"walks\":", StringComparison.Ordinal),
            text.Replace("\"batch\":2", "\"batch\":7", StringComparison.Ordinal)
                .Replace("\"flash\":\"0a1b2c3d\"", "\"flash\":\"xxxxxxxx\"", StringComparison.Ordinal),
        ];
        foreach (string one in bad)
        {
            Assert.NotEqual(text, one);
            await east.PublishAsync(topic, Encoding.UTF8.GetBytes(one));
        }

        // No name at all: nobody can be told, and nothing else suffers.
        foreach (string one in (string[])["{\"gateway\":\"east\"", "[]", "{\"gateway\":\"east\",\"outbox\":7}"])
        {
            await room.As(Gym.Keeping.GymRole.Server, "server").PublishAsync(topic, one);
        }

        await east.SendAsync(Batch(8, "clip-1", Numbers(21, 20)));
        await east.UntilStoredAsync(1, 8);
        await east.UntilRefusedAsync(2, 3, 4, 5, 6, 7);
        Assert.Contains("sideways", east.Refused[2], StringComparison.Ordinal);
        Assert.Contains("clip is not the topic's", east.Refused[3], StringComparison.Ordinal);
        Assert.Equal(40, await room.Store.Store.CountStridesAsync(Stop));
        Assert.Equal([1L, 8L], east.Stored.Keys.Order());
    }

    [Fact]
    public async Task A_batch_that_only_the_store_refuses_is_found_among_its_neighbours()
    {
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        for (int batch = 1; batch <= 20; batch++)
        {
            // Whose it is, is settled before, so that all come in one transaction.
            await room.Owners.HearAsync($"clip-{batch}", "east", true, true, Stop);
        }

        var poisoned = FaultyStore.Of(room.Store.Store, (batches, really) =>
            batches.Any(batch => batch.Batch is 7 or 13) ? throw new BadInputException("poison") : really());
        await room.StartKeeper(poisoned).ReadyAsync();
        foreach (int batch in Enumerable.Range(1, 20))
        {
            await east.SendAsync(Batch(batch, $"clip-{batch}", Numbers(1, 10)));
        }

        await east.UntilRefusedAsync(7, 13);
        await east.UntilStoredAsync([.. Enumerable.Range(1, 20).Where(i => i is not (7 or 13)).Select(i => (long)i)]);
        Assert.Equal(180, await room.Store.Store.CountStridesAsync(Stop));
        Assert.Equal(2, east.Refused.Count);
    }

    [Fact]
    public async Task A_store_that_is_away_is_waited_for_and_health_says_so()
    {
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        bool isAway = true;
        var store = FaultyStore.Of(room.Store.Store, (_, really) =>
            Volatile.Read(ref isAway) ? throw new StoreException("the disk is full") : really());
        await room.StartKeeper(store).ReadyAsync();
        await east.SendAsync(Batch(1, "clip-1", Numbers(1, 20)));
        await TestRoom.UntilAsync(() => Task.FromResult(room.Health.StoreTrouble == "the disk is full"));
        Assert.Empty(east.Stored);
        Volatile.Write(ref isAway, false);
        await east.UntilStoredAsync(1);
        Assert.Null(room.Health.StoreTrouble);
        Assert.Equal(20, await room.Store.Store.CountStridesAsync(Stop));
    }

    [Fact]
    public async Task More_than_a_keeper_takes_in_hand_waits_until_the_store_is_back()
    {
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        bool isAway = true;
        var store = FaultyStore.Of(room.Store.Store, (_, really) =>
            Volatile.Read(ref isAway) ? throw new StoreException("it restarts") : really());
        await room.StartKeeper(store).ReadyAsync();
        StrideBatch[] batches = [.. Enumerable.Range(1, 500).Select(batch =>
            Batch(batch, "clip-1", Numbers((uint)batch, 1)))];
        foreach (var batch in batches)
        {
            await east.SendAsync(batch);
        }

        await TestRoom.UntilAsync(() => Task.FromResult(room.Health.StoreTrouble != null));
        Volatile.Write(ref isAway, false);
        await east.SendUntilStoredAsync(batches);
        Assert.Equal(500, await room.Store.Store.CountStridesAsync(Stop));
    }

    [Fact]
    public async Task A_server_that_dies_between_transaction_and_confirmation_doubles_nothing()
    {
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        RunningKeeper? dying = null;
        var stored = new TaskCompletionSource();
        var store = FaultyStore.Of(room.Store.Store, async (_, really) =>
        {
            var outcome = await really();
            dying!.Stop();
            stored.TrySetResult();
            return outcome;
        });
        dying = room.StartKeeper(store);
        await dying.ReadyAsync();
        await east.SendAsync(Batch(1, "clip-1", Numbers(1, 20)));
        await stored.Task.WaitAsync(TestRoom.Patience, Stop);
        await dying.DisposeAsync();
        Assert.Empty(east.Stored);
        Assert.Equal(20, await room.Store.Store.CountStridesAsync(Stop));

        // The broker had no acknowledgement: it hands the batch to the next one by itself.
        await room.StartKeeper().ReadyAsync();
        await east.UntilStoredAsync(1);
        Assert.Equal(20, await room.Store.Store.CountStridesAsync(Stop));
    }

    [Fact]
    public async Task A_strangers_strides_wait_until_the_clip_is_its_own_and_an_old_outbox_is_still_taken()
    {
        await using var room = await TestRoom.OpenAsync();
        var (east, west) = (await room.GatewayAsync("east"), await room.GatewayAsync("west"));
        await room.StartKeeper().ReadyAsync();
        await east.SendAsync(Batch(1, "clip-1", Numbers(1, 20)));
        await east.UntilStoredAsync(1);

        var forged = Batch(5, "clip-1", Numbers(101, 20), gateway: "west");
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await west.SendAsync(forged); // the embedded broker refuses it at once
            await west.UntilStoredAsync(5).WaitAsync(TimeSpan.FromMilliseconds(500), Stop);
        });
        Assert.Empty(west.Refused);
        Assert.Equal(20, await room.Store.Store.CountStridesAsync(Stop));

        room.Owners.Hear(new GatewayStatus("east", GatewayStatus.Offline, null, null, null, null, null, null, null,
            null));
        await west.SendUntilStoredAsync([forged]);
        await east.SendUntilStoredAsync([Batch(2, "clip-1", Numbers(21, 20))]);
        Assert.Equal(60, await room.Store.Store.CountStridesAsync(Stop));
        Assert.Equal("west", (await room.Store.Store.ClipsAsync(Stop))[0].Gateway);
    }

    [Fact]
    public async Task A_session_that_the_broker_kept_does_not_come_back_after_it_was_deleted()
    {
        await using var room = await TestRoom.OpenAsync();
        var east = await room.GatewayAsync("east");
        var first = room.StartKeeper(id: "one");
        await first.ReadyAsync();
        await east.SendAsync(Session(1, "clip-1"));
        await east.UntilStoredAsync(1);
        await room.Store.Store.ForgetBeforeAsync(DateTimeOffset.UtcNow.AddDays(1), Stop);
        await first.DisposeAsync();

        await room.StartKeeper(id: "two").ReadyAsync(); // is given what is retained
        await east.SendAsync(Batch(2, "clip-1", Numbers(1, 1)));
        await east.UntilStoredAsync(2);
        Assert.Empty(await room.Store.Store.SessionsAsync("clip-1", Noon, Noon.AddHours(1), Stop));
    }
}
