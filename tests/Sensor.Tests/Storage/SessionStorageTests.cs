using Backstep.Protocol;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Storage;

public sealed class SessionStorageTests
{
    private readonly MemoryVolume _volume = new();

    [Fact]
    public void A_session_that_has_ended_is_there_after_a_restart_with_all_its_strides_and_totals()
    {
        var before = new SessionBench(_volume);
        before.Walk(100);
        before.Rest(130);

        var after = new SessionBench(_volume);
        var session = Assert.Single(after.Stored(out var isFaulty));

        Assert.False(isFaulty);
        session.AssertConsistent();
        Bench.AssertNumbered(session.Strides, 1);
        Assert.Equal(100, session.Strides.Count);
        Assert.Equal((1, 100 * 80), (session.Totals.Id, session.Totals.DistanceCentimeters));
        Assert.Equal(119, session.Totals.ActiveSeconds);
        Assert.InRange(session.Totals.ElapsedSeconds, 238, 240);
        Assert.Equal(0u, session.Start.StartUnixSeconds);
    }

    [Fact]
    public void A_session_that_goes_on_is_not_there_yet_and_one_that_ended_is_within_five_seconds()
    {
        var bench = new SessionBench(_volume);
        bench.Walk(20);
        Assert.Empty(bench.Stored());

        bench.Session.Stop();
        Assert.Empty(bench.Stored());
        bench.Rest(5.04);

        Assert.Equal(20, Assert.Single(bench.Stored()).Strides.Count);
    }

    [Fact]
    public void Numbers_of_sessions_go_on_through_restarts()
    {
        var ids = new List<uint>();
        for (var i = 0; i < 5; i++)
        {
            var bench = new SessionBench(_volume);
            Assert.Equal(0u, bench.Session.Id);
            bench.Walk(4);
            ids.Add(bench.Session.Id);
            bench.Rest(i == 2 ? 0.1 : 130);
        }

        Assert.Equal([1, 2, 3, 4, 5], ids);
        Assert.Equal([1, 2, 3, 4, 5], new SessionBench(_volume).Stored().Select(session => session.Start.Id));
    }

    [Fact]
    public void After_the_last_number_comes_one()
    {
        var tracker = new Backstep.Sensor.Session.SessionTracker(null, 65534);
        tracker.Start();
        Assert.Equal(65535u, tracker.Id);
        tracker.Stop();
        tracker.Start();
        Assert.Equal(1u, tracker.Id);
    }

    [Fact]
    public void Sessions_that_follow_each_other_at_once_are_kept_apart()
    {
        var bench = new SessionBench(_volume);
        bench.Walk(5);
        bench.Session.Stop();
        bench.Session.Start();
        bench.Walk(2);
        bench.Session.Stop();
        bench.Walk(6);
        bench.Session.Stop();
        bench.Rest(6);

        var stored = bench.Stored();

        Assert.Equal([5, 2, 6], stored.Select(session => session.Strides.Count));
        Assert.All(stored, session => session.AssertConsistent());
    }

    [Fact]
    public void Strides_walked_in_a_pause_by_command_are_not_the_sessions()
    {
        var bench = new SessionBench(_volume);
        bench.Walk(5);
        bench.Session.Pause();
        bench.Walk(7);
        bench.Session.Start();
        bench.Walk(5);
        bench.Session.Stop();
        bench.Rest(6);

        var session = Assert.Single(bench.Stored());

        session.AssertConsistent();
        Assert.Equal([1u, 2, 3, 4, 5, 13, 14, 15, 16, 17], session.Strides.Select(stride => stride.Sequence));
    }

    [Fact]
    public void A_session_knows_when_it_began_if_the_time_was_told_before_during_or_after_it_in_the_same_run()
    {
        var bench = new SessionBench(_volume);
        bench.Walk(5);
        bench.Rest(130);
        Assert.Equal(0u, bench.Stored()[0].Start.StartUnixSeconds);

        bench.SetClock(1_700_000_000); // the bench's sample clock stands at 0
        bench.Walk(5);
        bench.Rest(130);

        // The first contact of the one, the foot-off before the first contact of the other.
        Assert.Equal([1_700_000_001u, 1_700_000_136u],
            bench.Stored().Select(session => session.Start.StartUnixSeconds));

        // Another run has another sample clock: it cannot tell when the first began.
        var later = new SessionBench(_volume);
        later.SetClock(1_700_009_999);
        Assert.Equal([0u, 1_700_000_136u], later.Stored().Select(session => session.Start.StartUnixSeconds));
    }

    [Fact]
    public void The_flash_is_written_once_in_five_seconds_at_most_and_not_at_all_at_rest()
    {
        var watched = new WatchedVolume(_volume);
        var bench = new SessionBench(watched);
        bench.Rest(60);
        Assert.Equal(0, watched.Writes);

        bench.Walk(500, 1200);
        Assert.InRange(watched.Writes, 100, 600 / 5);
        Assert.InRange(_volume.BytesWritten, 500 * StrideCodec.Length, 500 * 32);

        bench.Rest(200); // the pause and the end
        var writes = watched.Writes;
        Assert.InRange(writes, 102, 600 / 5 + 3);
        bench.Rest(3600);
        Assert.Equal(writes, watched.Writes);
    }

    [Fact]
    public void Every_stride_is_on_the_flash_five_seconds_after_it_was_told()
    {
        var bench = new SessionBench(_volume);
        bench.Walk(3, 700);
        for (var i = 0; i < 60; i++)
        {
            bench.Walk(1, 700 + i * 10);
            var due = bench.Counted.Count(stride => stride.Milliseconds + 5000 < bench.NowMilliseconds);
            Assert.InRange(Assert.Single(new SessionBench(_volume).Stored()).Strides.Count, due, bench.Counted.Count);
        }
    }

    [Fact]
    public void When_space_runs_short_the_oldest_sessions_give_way_and_the_rest_is_whole()
    {
        var bench = new SessionBench(_volume);
        for (var i = 0; i < 60; i++)
        {
            bench.Walk(200);
            bench.Session.Stop();
            Assert.InRange(_volume.UsedBytes, 1, 192 * 1024);
        }

        bench.Rest(6);
        var stored = bench.Stored(out var isFaulty);

        Assert.False(isFaulty);
        Assert.Equal(60, stored[^1].Start.Id);
        Assert.InRange(stored.Count, 25, 59);
        Assert.Equal(Enumerable.Range(stored[0].Start.Id, stored.Count), stored.Select(session => session.Start.Id));
        Assert.All(stored.Skip(1), session => session.AssertConsistent());
        Assert.All(stored.Skip(1), session => Assert.Equal(200, session.Strides.Count));

        // Of the oldest, the beginning may be gone: it says where what is left of it begins.
        Assert.Equal(stored[0].Strides[0].Sequence, stored[0].Start.FirstSequence);
        Assert.Equal(stored[0].Strides.Count, (int)(stored[0].Start.LastSequence - stored[0].Start.FirstSequence + 1));
        Assert.Equal(200, stored[0].Totals.BackwardStrides);
    }

    [Fact]
    public void A_single_walk_fits_for_more_than_two_hours()
    {
        var bench = new SessionBench(_volume);
        bench.Walk(9000, 1200);
        bench.Session.Stop();
        bench.Rest(6);

        var session = Assert.Single(bench.Stored());

        Assert.Equal(9000, session.Totals.BackwardStrides);
        Assert.Equal(9000u, session.Start.LastSequence);
        Bench.AssertNumbered(session.Strides, session.Start.FirstSequence);
        Assert.InRange(session.Strides.Count * 1.2 / 60, 130, 135);
    }

    [Fact]
    public void A_volume_that_others_have_filled_makes_old_sessions_give_way()
    {
        var volume = new MemoryVolume { CapacityBytes = 40_000 };
        var bench = new SessionBench(volume);
        bench.Walk(3000);
        bench.Session.Stop();
        bench.Rest(6);

        var session = Assert.Single(bench.Stored());
        Assert.Equal(0u, bench.Journal.LostStrides);
        Assert.True(bench.Journal.FailedWrites > 0);
        Assert.False(bench.Journal.IsFailing);
        Bench.AssertNumbered(session.Strides, session.Start.FirstSequence);
        Assert.Equal(3000u, session.Start.LastSequence);
        Assert.InRange(session.Strides.Count, 900, 1400);
    }

    [Fact]
    public void A_write_that_fails_once_loses_nothing()
    {
        for (var torn = 0; torn < 160; torn += 7)
        {
            var volume = new MemoryVolume();
            var watched = new WatchedVolume(volume);
            var bench = new SessionBench(watched);
            bench.Walk(20);
            watched.TornAfter = torn;
            while (!bench.Journal.IsFailing)
            {
                bench.Rest(0.02);
            }

            watched.TornAfter = null;
            bench.Walk(20);
            bench.Session.Stop();
            bench.Rest(6);

            var session = Assert.Single(bench.Stored());
            session.AssertConsistent();
            Assert.Equal(40, session.Strides.Count);
            Assert.Equal((0u, 1u, false),
                (bench.Journal.LostStrides, bench.Journal.FailedWrites, bench.Journal.IsFailing));
        }
    }

    [Fact]
    public void A_volume_that_fails_for_a_while_costs_what_was_walked_meanwhile_and_is_counted()
    {
        var bench = new SessionBench(_volume);
        bench.Walk(200);
        bench.Session.Stop();
        bench.Rest(6);
        _volume.Broken = true;
        bench.Walk(200);
        Assert.True(bench.Journal.IsFailing);
        Assert.InRange(bench.Journal.FailedWrites, 40u, 50u);
        Assert.Equal(200u - SessionFrame.MostStrides, bench.Journal.LostStrides);
        Assert.Equal(200u, bench.Session.BackwardStrides);

        _volume.Broken = false;
        bench.Walk(200);
        bench.Session.Stop();
        bench.Rest(6);

        Assert.False(bench.Journal.IsFailing);
        var stored = bench.Stored();
        stored[0].AssertConsistent();
        Assert.Equal(200, stored[0].Strides.Count);
        Assert.Equal(400, stored[1].Totals.BackwardStrides);
        Assert.InRange(stored[1].Strides.Count, 200, 220);
    }

    [Fact]
    public void A_volume_that_only_refuses_writes_costs_a_few_old_files_and_no_more()
    {
        var watched = new WatchedVolume(_volume);
        var bench = new SessionBench(watched);
        bench.Walk(3000);
        var files = _volume.List().Length;
        watched.TornAfter = 0;
        bench.Walk(500);

        Assert.InRange(watched.Deletions, 1, 7);
        Assert.InRange(_volume.List().Length, files - 7, files);
    }

    [Fact]
    public void A_volume_that_could_not_be_read_at_the_start_is_not_overwritten_later()
    {
        var before = new SessionBench(_volume);
        before.Walk(50);
        before.Rest(130);
        _volume.Broken = true;
        var bench = new SessionBench(_volume);
        bench.Walk(20);
        _volume.Broken = false;
        bench.Walk(20);

        var first = new SessionBench(_volume).Stored()[0];
        Assert.Equal(50, first.Strides.Take(50).Select(stride => stride.ContactMilliseconds).Distinct().Count());
        Bench.AssertNumbered([.. first.Strides.Take(50)]);
    }

    [Fact]
    public void Forgetting_deletes_every_session_and_what_waits_to_be_written_and_nothing_else()
    {
        new ConfigurationStore(_volume).Save(ConfigurationStore.Default);
        var bench = new SessionBench(_volume);
        bench.Walk(500);
        bench.Session.Reset();
        Assert.True(bench.Journal.Forget());
        bench.Rest(10);

        Assert.Equal(["configuration"], _volume.List());
        Assert.Empty(bench.Stored());

        bench.Walk(10);
        bench.Rest(130);
        Assert.Equal(2, Assert.Single(bench.Stored()).Start.Id);
    }

    [Fact]
    public void Files_too_many_are_deleted_at_the_start_the_oldest_first()
    {
        new SessionBench(_volume).Walk(10);
        var content = _volume.Read("walk1");
        for (var i = 2; i <= 60; i++)
        {
            _volume.Write($"walk{i}", content, content.Length);
        }

        var log = new WalkLog(_volume);

        Assert.Equal((13, 60), (log.First, log.Last));
        Assert.Equal(Enumerable.Range(13, 48).Select(i => $"walk{i}"),
            _volume.List().OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void Files_that_are_not_the_logs_are_left_alone()
    {
        foreach (var name in new[] { "walk", "walk0", "walk-3", "walk07", "walks", "walk99999999999", "other9" })
        {
            _volume.Write(name, [1, 2, 3], 3);
        }

        var bench = new SessionBench(_volume);
        bench.Walk(10);
        bench.Rest(130);

        Assert.Equal(10, Assert.Single(bench.Stored()).Strides.Count);
        Assert.Equal(8, _volume.List().Length);
    }

    [Fact]
    public void Any_one_bit_that_flips_spoils_one_record_at_most_serves_nothing_false_and_never_prevents_a_start()
    {
        var before = new SessionBench(_volume);
        before.Walk(18);
        before.Rest(130);
        before.Walk(6);
        before.Rest(130);
        var truth = before.Counted.Count;
        var original = _volume.Read("walk1");
        var hex = before.Stored().SelectMany(session => session.Strides).Select(Hex).ToHashSet();
        Assert.Equal(truth, hex.Count);

        for (var i = 0; i < original.Length; i++)
        {
            var broken = original.ToArray();
            broken[i] ^= (byte)(1 << (i % 8));
            _volume.Write("walk1", broken, broken.Length);
            var stored = new SessionBench(_volume).Stored(out var isFaulty);
            Assert.All(stored.SelectMany(session => session.Strides), stride => Assert.Contains(Hex(stride), hex));
            if (i is > 36 and < 90)
            {
                // In the strides of the first record: left out, and told.
                Assert.True(isFaulty);
                Assert.Equal((2, 6), (stored.Count, stored[1].Strides.Count));
                Assert.InRange(stored[0].Strides.Count, 12, 17);
            }
        }
    }

    private static string Hex(Backstep.Gait.Stride stride)
    {
        var bytes = new byte[StrideCodec.Length];
        StrideCodec.Encode(stride, bytes, 0);
        return Convert.ToHexString(bytes);
    }
}
