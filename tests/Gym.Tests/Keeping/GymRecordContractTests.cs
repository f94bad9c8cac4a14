using Backstep.Gym.Keeping;
using static Backstep.Gym.Tests.Keeping.Told;

namespace Backstep.Gym.Tests.Keeping;

/// <summary>Clips, belts, walks, users, settings, and what is forgotten, whichever store it is.</summary>
public sealed class GymRecordContractTests
{
    public static TheoryData<string> Kinds => TestStore.Kinds;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Clips_belts_users_and_settings_are_kept_changed_and_forgotten(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var store = test.Store;
        var clip = new RoomClip("clip-1", 2, "Shoe '); DROP TABLE clip", 4, "east", true, "0.2.0", 81, Noon);
        await store.KeepClipAsync(clip with { Number = 9, BatteryPercent = null }, Stop);
        await store.KeepClipAsync(clip, Stop);
        var bare = new RoomClip("clip-0", null, null, null, null, false, null, null, null);
        await store.KeepClipAsync(bare, Stop);
        Assert.Equal([clip, bare], await store.ClipsAsync(Stop));
        await store.PlaceClipAsync(clip.Clip, 3, belt: null, Stop);
        await store.PlaceClipAsync("clip-7", 7, 7, Stop); // not known, and stays so
        Assert.Equal([clip with { Number = 3, Belt = null }, bare], await store.ClipsAsync(Stop));

        await store.KeepBeltAsync(new RoomBelt(2, "b"), Stop);
        await store.KeepBeltAsync(new RoomBelt(1, "a"), Stop);
        await store.KeepBeltAsync(new RoomBelt(2, "c"), Stop);
        Assert.Equal([new RoomBelt(1, "a"), new RoomBelt(2, "c")], await store.BeltsAsync(Stop));
        await store.ForgetBeltAsync(1, Stop);
        Assert.Equal([new RoomBelt(2, "c")], await store.BeltsAsync(Stop));

        var users = Enum.GetValues<GymRole>().Select(role => new GymUser($"u-{(int)role}", role, "hash")).ToArray();
        foreach (var user in users.Reverse())
        {
            await store.KeepUserAsync(user, Stop);
        }

        Assert.Equal(users, await store.UsersAsync(Stop));
        Assert.True(await store.ForgetUserAsync("u-1", Stop));
        Assert.False(await store.ForgetUserAsync("u-1", Stop));

        Assert.Null(await store.SettingAsync("days", Stop));
        await store.KeepSettingAsync("days", "29", Stop);
        await store.KeepSettingAsync("days", "30", Stop);
        Assert.Equal("30", await store.SettingAsync("days", Stop));
        await store.KeepSettingAsync("days", null, Stop);
        Assert.Null(await store.SettingAsync("days", Stop));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_walk_is_found_by_its_code_and_taken_away_with_its_strides(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var store = test.Store;
        var open = new BeltWalk("1", 4, "clip-1", At(10), null, "Ada", TimeSpan.FromMinutes(20), true, null);
        await store.KeepWalkAsync(open, Stop);
        Assert.Equal([open], await store.OpenWalksAsync(Stop));
        var walk = open with { EndedAt = At(20), CodeHash = "cafe" };
        await store.KeepWalkAsync(walk, Stop);
        Assert.Empty(await store.OpenWalksAsync(Stop));
        Assert.Equal(walk, await store.WalkOfCodeAsync("cafe", Stop));
        Assert.Null(await store.WalkOfCodeAsync("beef", Stop));

        await store.KeepAsync([Batch(1, "clip-1", Numbers(1, 30)), Batch(2, "clip-2", Numbers(1, 30))],
            [Session(3, "clip-1", started: At(11), ended: At(19)),
                Session(4, "clip-1", session: 4, started: At(21), ended: At(29))], Stop);
        await store.ForgetWalkAsync(walk, Stop);
        Assert.Null(await store.WalkOfCodeAsync("cafe", Stop));
        Assert.Equal(30 + 30 - 11, await store.CountStridesAsync(Stop));
        var left = await store.SessionsAsync("clip-1", Noon, Noon.AddDays(1), Stop);
        Assert.Equal([4], left.Select(one => one.Session));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_too_old_is_forgotten_and_nothing_else(string kind)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon);
        await using var test = await TestStore.OpenAsync(kind, time);
        var store = test.Store;
        BeltWalk Walk(string id, DateTimeOffset? ended) => new(id, 4, "clip-1", Noon, ended, null, null, false, id);
        await store.KeepWalkAsync(Walk("old", Noon), Stop);
        await store.KeepWalkAsync(Walk("young", Noon.AddDays(40)), Stop);
        await store.KeepWalkAsync(Walk("open", null), Stop);

        // One run from January, whole; one that goes on over the moment; one of March.
        await store.KeepAsync([Batch(1, "clip-1", Numbers(1, 50)), Batch(2, "clip-2", Numbers(1, 10)),
            Batch(3, "clip-2", Numbers(11, 10), at: Noon.AddDays(40)),
            Batch(4, "clip-3", Numbers(1, 10), at: Noon.AddDays(40))],
            [Session(5, "clip-1"), Session(6, "clip-1", session: 4, ended: Noon.AddDays(41))], Stop);
        Assert.Equal(60, await store.ForgetBeforeAsync(Noon.AddDays(30), Stop));
        Assert.Equal(20, await store.CountStridesAsync(Stop));
        Assert.Null(await store.WalkOfCodeAsync("old", Stop));
        Assert.NotNull(await store.WalkOfCodeAsync("young", Stop));
        Assert.Single(await store.OpenWalksAsync(Stop));

        // Sent once more, a stride that went on is still known; one of a month that is gone can be kept anew.
        Assert.Equal(new KeepOutcome(5, 10), await store.KeepAsync([Batch(7, "clip-1", Numbers(1, 5)),
            Batch(3, "clip-2", Numbers(11, 10), at: Noon.AddDays(40))], [], Stop));
        Assert.Equal(0, await store.ForgetBeforeAsync(Noon.AddDays(-1), Stop));
        time.Advance(TimeSpan.FromDays(100));
        Assert.Equal(25, await store.ForgetBeforeAsync(Noon.AddDays(90), Stop));
        Assert.Equal(0, await store.CountStridesAsync(Stop));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_clip_belongs_to_who_claims_it_first_and_new_ones_get_the_next_free_number(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var stores = new[] { test.Store, await test.AnotherAsync() };
        var claimed = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
            stores[i % 2].ClaimAsync($"clip-{i / 2}", i % 2 == 0 ? "east" : "west", null, true, Stop), Stop)));
        Assert.Equal([1, 2, 3, 4, 5], claimed.Select(clip => clip.Number!.Value).Distinct().Order());
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(claimed[2 * i], claimed[(2 * i) + 1]));

        string first = claimed[0].Gateway!;
        Assert.Equal("north", (await stores[0].ClaimAsync("clip-0", "north", first, true, Stop)).Gateway);
        Assert.Equal("north", (await stores[1].ClaimAsync("clip-0", "south", first, true, Stop)).Gateway);
        Assert.Equal(new HashSet<string> { first, "north" }, (await stores[1].GatewaysAsync(Stop))
            .Where(one => one.Clip == "clip-0").Select(one => one.Gateway).ToHashSet());

        var two = claimed.First(clip => clip.Number == 2);
        await stores[0].KeepClipAsync(two with { Number = 20, Belt = 8 }, Stop);
        Assert.Equal(2, (await stores[1].ClaimAsync("clip-9", "east", null, true, Stop)).Number);
        await stores[1].SeeAsync(two.Clip, "Shoe", null, 55, Noon, Stop);
        await stores[1].SeeAsync(two.Clip, null, "0.2.0", null, At(1), Stop);
        await stores[0].SeeAsync(two.Clip, null, null, null, Noon, Stop); // tells nothing: takes nothing away
        var seen = (await stores[0].ClipsAsync(Stop)).Single(clip => clip.Clip == two.Clip);
        Assert.Equal(two with
        {
            Number = 20, Belt = 8, Name = "Shoe", Firmware = "0.2.0", BatteryPercent = 55, LastSeenAt = Noon,
        }, seen);
    }
}
