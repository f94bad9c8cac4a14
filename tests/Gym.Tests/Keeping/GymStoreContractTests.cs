using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Walks.Sessions;
using static Backstep.Gym.Tests.Keeping.Told;

namespace Backstep.Gym.Tests.Keeping;

/// <summary>What a store of the gym does, whichever it is.</summary>
public sealed class GymStoreContractTests
{
    public static TheoryData<string> Kinds => TestStore.Kinds;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void PostgreSQL_is_tested_too()
    {
        Assert.SkipWhen(TestStore.PostgresText == null,
            $"{TestStore.Variable} names no PostgreSQL: only SQLite is tested (tests/gym-services/run tests both)");
        Assert.Contains(TestStore.Kinds, kind => kind.Data == TestStore.Postgres);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_stride_comes_back_as_it_was(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var outcome = await test.Store.KeepAsync([Batch(1, "clip-1", Numbers(1, 3))], [], Stop);
        Assert.Equal(new KeepOutcome(3, 0), outcome);
        var kept = await StridesAsync(test.Store, "clip-1");
        Assert.Equal([At(1), At(2), At(3)], kept.Select(stride => stride.At));
        Assert.Equal(StrideRecord.Name(Stride(2)), StrideRecord.Name(kept[1].Stride));
        Assert.Equal(("clip-1", Told.Flash, 7, 3, true),
            (kept[1].Clip, kept[1].Flash, kept[1].Run, kept[1].Session, kept[1].Simulated));
        Assert.Equal(kind, test.Store.Kind.Split(' ')[0]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_stride_is_kept_once_whoever_tells_it_and_when(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.KeepAsync([Batch(1, "clip-1", Numbers(1, 3), session: null)], [], Stop);

        // Another gateway, another month, and it knows the session.
        var again = Batch(9, "clip-1", Numbers(2, 4), gateway: "west", at: Noon.AddDays(10));
        Assert.Equal(new KeepOutcome(2, 2), await test.Store.KeepAsync([again], [], Stop));
        var kept = await StridesAsync(test.Store, "clip-1");
        Assert.Equal([(1u, (int?)null), (2u, 3), (3u, 3), (4u, 3), (5u, 3)],
            kept.Select(stride => (stride.Stride.Sequence, stride.Session)));
        Assert.Equal(At(2), kept[1].At);
        var other = Batch(10, "clip-1", Numbers(2, 1), session: 99);
        await test.Store.KeepAsync([other], [], Stop);
        Assert.Equal(3, (await StridesAsync(test.Store, "clip-1"))[1].Session);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Strides_of_a_time_come_by_time_over_many_pages(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.KeepAsync([.. Enumerable.Range(0, 25).Select(i =>
            Batch(i + 1, "clip-1", Numbers((uint)((24 - i) * 200) + 1, 200))), Batch(99, "clip-2", Numbers(1, 5))],
            [], Stop);
        var all = await StridesAsync(test.Store, "clip-1");
        Assert.Equal(Numbers(1, 5000), all.Select(stride => stride.Stride.Sequence));
        var some = new List<uint>();
        await foreach (var stride in test.Store.StridesAsync("clip-1", At(100), At(103), Stop))
        {
            some.Add(stride.Stride.Sequence);
        }

        Assert.Equal([100u, 101u, 102u], some);
        Assert.Equal(5005, await test.Store.CountStridesAsync(Stop));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Two_strides_of_one_moment_are_both_read_over_a_page(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.KeepAsync([.. Enumerable.Range(1, 15).Select(run =>
            Batch(run, "clip-1", Numbers(1, 200), run))], [], Stop);
        Assert.Equal(3000, (await StridesAsync(test.Store, "clip-1")).Distinct().Count());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Nothing_of_a_transaction_stays_when_a_part_cannot_be_kept(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var bad = Batch(2, "clip-2", Numbers(1, 2));
        bad = bad with { Strides = [bad.Strides[0], bad.Strides[1] with { Direction = "sideways" }] };
        await Assert.ThrowsAsync<Walks.BadInputException>(() =>
            test.Store.KeepAsync([Batch(1, "clip-1", Numbers(1, 2)), bad], [], Stop));
        var nameless = Session(3, "clip-1") with { Clip = null! };
        await Assert.ThrowsAnyAsync<Exception>(() =>
            test.Store.KeepAsync([Batch(1, "clip-1", Numbers(1, 2))], [nameless], Stop));
        Assert.Equal(0, await test.Store.CountStridesAsync(Stop));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_two_tellings_of_a_session_the_same_one_stays_in_any_order(string kind)
    {
        foreach (bool turned in new[] { false, true })
        {
            await using var test = await TestStore.OpenAsync(kind);
            ClipSession[] told = [Session(1, "clip-1", backward: 90), Session(2, "clip-1", backward: 100, run: 8),
                Session(3, "clip-1", backward: 100, gateway: "west")];
            foreach (var one in turned ? told.Reverse() : told)
            {
                await test.Store.KeepAsync([], [one], Stop);
            }

            var kept = Assert.Single(await test.Store.SessionsAsync("clip-1", Noon, Noon.AddHours(1), Stop));
            Assert.Equal(told[1], kept);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Sessions_lie_in_a_time_with_a_part(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var dateless = Session(4, "clip-1", session: 4) with { StartedAt = null };
        await test.Store.KeepAsync([], [
            Session(2, "clip-1", session: 2, started: Noon.AddMinutes(10), ended: Noon.AddMinutes(20)),
            Session(1, "clip-1", session: 1), dateless,
            Session(3, "clip-1", session: 3, flash: "00000000", run: 1, started: Noon.AddMinutes(30)),
            Session(5, "clip-1", session: 3, flash: "00000000", run: 2, started: Noon.AddMinutes(40))], Stop);
        Assert.Equal([1, 4, 2], await NumbersAsync(Noon.AddMinutes(1), Noon.AddMinutes(11)));
        Assert.Equal([2], await NumbersAsync(Noon.AddMinutes(19), Noon.AddMinutes(25)));
        Assert.Empty(await NumbersAsync(Noon.AddMinutes(20), Noon.AddMinutes(25)));

        async Task<IEnumerable<int>> NumbersAsync(DateTimeOffset from, DateTimeOffset until) =>
            (await test.Store.SessionsAsync("clip-1", from, until, Stop)).Select(session => session.Session);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Several_servers_may_start_at_once(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => test.AnotherAsync(),
            Stop)));
        await stores[3].PingAsync(Stop);
        await stores[3].KeepSettingAsync("a", "b", Stop);
        Assert.Equal("b", await stores[0].SettingAsync("a", Stop));
    }

    private static async Task<List<RoomStride>> StridesAsync(GymStore store, string clip) =>
        await store.StridesAsync(clip, DateTimeOffset.UnixEpoch, Noon.AddYears(1), Stop).ToListAsync(Stop);
}
