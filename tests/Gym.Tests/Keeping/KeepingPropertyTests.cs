using Backstep.Gym.Messages;
using CsCheck;
using static Backstep.Gym.Tests.Keeping.Told;

namespace Backstep.Gym.Tests.Keeping;

/// <summary>Whatever the order, the doubling, the split into batches, and whoever writes beside: exactly the set is
/// kept.</summary>
public sealed class KeepingPropertyTests
{
    public static TheoryData<string> Kinds => TestStore.Kinds;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Strides of a few clips and runs, some of them told several times, in batches of any size, in any order.
    private static readonly Gen<StrideBatch[]> AnyBatches =
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3], Gen.UInt[1, 30], Gen.Int[1, 12], Gen.Int[0, 40])
            .Select((clip, run, first, count, day) => Batch(1, $"clip-{clip}", Numbers(first, count), run,
                session: day % 3 == 0 ? null : run, at: Noon.AddDays(day)))
            .Array[1, 25];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Exactly_the_set_is_kept(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var second = await test.AnotherAsync();
        int round = 0;
        await AnyBatches.SampleAsync(async batches =>
        {
            int now = Interlocked.Increment(ref round);
            string Clip(StrideBatch batch) => $"r{now}-{batch.Clip}";
            StrideBatch[] mine = [.. batches.Select(batch => batch with { Clip = Clip(batch) })];
            long before = await test.Store.CountStridesAsync(Stop);
            var halves = mine.Chunk(Math.Max(1, mine.Length / 4)).ToArray();
            var outcomes = await Task.WhenAll(halves.Index().Select(part => Task.Run(() =>
                (part.Index % 2 == 0 ? test.Store : second).KeepAsync(part.Item, [], Stop), Stop)));
            var wanted = mine.SelectMany(batch => batch.Strides.Select(line => (batch.Clip, batch.Run, line.Number)))
                .ToHashSet();
            Assert.Equal(wanted.Count, outcomes.Sum(outcome => outcome.New));
            Assert.Equal(wanted.Count, await test.Store.CountStridesAsync(Stop) - before);
            Assert.Equal(mine.Sum(batch => batch.Strides.Count),
                outcomes.Sum(outcome => outcome.New + outcome.Known));
            var sessions = mine.Where(batch => batch.Session != null)
                .SelectMany(batch => batch.Strides.Select(line => (batch.Clip, batch.Run, line.Number))).ToHashSet();
            foreach (string clip in mine.Select(batch => batch.Clip).Distinct())
            {
                await foreach (var kept in second.StridesAsync(clip, Noon.AddDays(-1), Noon.AddDays(50), Stop))
                {
                    var key = (clip, kept.Run, kept.Stride.Sequence);
                    Assert.Contains(key, wanted);
                    Assert.Equal(sessions.Contains(key) ? kept.Run : null, kept.Session);
                }
            }
        }, iter: 25, threads: 1, seed: "0000000000002");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Servers_that_write_the_same_in_another_order_do_not_stand_in_each_others_way(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var other = await test.AnotherAsync();
        var clips = Enumerable.Range(0, 20).ToArray();
        for (int round = 0; round < 5; round++)
        {
            uint first = (uint)(round * 20) + 1;
            StrideBatch[] batches = [.. clips.Select(clip => Batch(clip, $"clip-{clip}", Numbers(first, 20)))];
            var outcomes = await Task.WhenAll(
                Task.Run(() => test.Store.KeepAsync(batches, [], Stop), Stop),
                Task.Run(() => other.KeepAsync([.. batches.Reverse()], [], Stop), Stop),
                Task.Run(() => other.KeepAsync([.. batches.OrderBy(b => b.Batch % 7)], [], Stop), Stop));
            Assert.Equal(400, outcomes.Sum(outcome => outcome.New));
        }

        Assert.Equal(2000, await test.Store.CountStridesAsync(Stop));
    }
}
