using Backstep.Protocol;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Processing;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Storage;

/// <summary>Flash, run and number: what a walk is called, and that no two are called the same.</summary>
public sealed class NameTests
{
    private readonly MemoryVolume _volume = new();

    [Fact]
    public void Starts_count_on_under_one_identity()
    {
        var first = new RunCounter(_volume, 123_456);
        Assert.NotEqual(0u, first.Identity);
        for (var run = 2; run < 10; run++)
        {
            var next = new RunCounter(_volume, 99);
            Assert.Equal((run, first.Identity), (next.Run, next.Identity));
        }
    }

    [Fact]
    public void Whatever_bit_is_damaged_the_old_names_do_not_come_again()
    {
        var whole = new RunCounter(_volume, 123_456);
        var content = _volume.Read("run");
        for (var bit = 0; bit < content.Length * 8; bit++)
        {
            byte[] damaged = [.. content];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var volume = new MemoryVolume();
            volume.Write("run", damaged, damaged.Length);
            var after = new RunCounter(volume, 123_457);
            Assert.Equal(1, after.Run);
            Assert.NotEqual(whole.Identity, after.Identity);
        }
    }

    [Fact]
    public void A_flash_that_is_erased_has_another_name_by_the_moment_and_forget_gives_one_in_any_case()
    {
        var names = Enumerable.Range(1, 4096)
            .Select(moment => new RunCounter(new MemoryVolume(), (ulong)moment).Identity).ToHashSet();
        Assert.Equal(4096, names.Count);
        Assert.DoesNotContain(0u, names);

        var counter = new RunCounter(_volume, 0);
        var known = new HashSet<uint> { counter.Identity };
        foreach (ulong moment in new ulong[] { 0, 0, 1, ulong.MaxValue })
        {
            Assert.True(counter.Rename(moment));
            Assert.True(known.Add(counter.Identity));
        }

        var next = new RunCounter(_volume, 5);
        Assert.Equal((1, counter.Identity), (next.Run, next.Identity));
    }

    [Fact]
    public void After_the_last_run_that_the_number_holds_comes_another_identity()
    {
        var counter = new RunCounter(_volume, 7);
        var content = _volume.Read("run");
        (content[4], content[5]) = (0xFF, 0xFF);
        var checksum = Crc16.Of(content, 0, 6);
        (content[6], content[7]) = ((byte)checksum, (byte)(checksum >> 8));
        _volume.Write("run", content, content.Length);

        var next = new RunCounter(_volume, 7);
        Assert.Equal(1, next.Run);
        Assert.NotEqual(counter.Identity, next.Identity);
    }

    [Fact]
    public void The_power_going_at_any_byte_leaves_the_run_or_the_next()
    {
        for (var bytes = 0; bytes < 9; bytes++)
        {
            var volume = new MemoryVolume();
            var identity = new RunCounter(volume, 7).Identity;
            volume.LosePowerAfter(bytes);
            try
            {
                _ = new RunCounter(volume, 8);
            }
            catch (PowerOffException)
            {
            }

            var after = new RunCounter(volume, 9);
            Assert.Equal(identity, after.Identity);
            Assert.InRange(after.Run, 2, 3);
        }
    }

    [Theory]
    [InlineData("walk2147483600")]
    [InlineData("walk2147483647")]
    [InlineData("walk999999999")]
    [InlineData("walk4000")]
    public void A_stray_file_deletes_nothing_and_leads_nobody_astray(string stray)
    {
        foreach (var strides in new[] { 8, 600 })
        {
            var volume = new MemoryVolume();
            volume.Write(stray, [1, 2, 3], 3);
            var first = new SessionBench(volume);
            first.Walk(strides);
            first.Session.Stop();
            first.Rest(6);
            var files = volume.List();

            var second = new SessionBench(volume);
            Assert.Equal(strides, Assert.Single(second.Stored()).Strides.Count);
            second.Walk(8);
            second.Session.Stop();
            second.Rest(6);

            Assert.Equal([1, 2], new SessionBench(volume).Stored().Select(session => session.Start.Id));
            Assert.Empty(files.Except(volume.List()));
            Assert.Equal([1, 2, 3], volume.Read(stray));
        }
    }

    [Fact]
    public void A_stored_session_says_in_which_run_it_was_walked_and_one_of_earlier_firmware_does_not()
    {
        foreach (var run in new[] { 1, 41_234, 65_535 })
        {
            var bench = new SessionBench(_volume, run);
            bench.Walk(8);
            bench.Session.Stop();
            bench.Rest(6);
        }

        Assert.Equal([1, 41_234, 65_535], new SessionBench(_volume).Stored().Select(session => session.Start.Run));
        Assert.Equal([1, 2, 3], new SessionBench(_volume).Stored().Select(session => session.Start.Id));

        // A record of kind 1: the number stands where the run does now.
        var content = _volume.Read("walk1");
        for (var at = 0; at < content.Length;)
        {
            var length = SessionFrame.Measure(content, at);
            content[at] = 1;
            (content[at + 3], content[at + 4]) = ((byte)SessionFrame.Id(content, at), 0);
            var checksum = Crc16.Of(content, at, length - 2);
            (content[at + length - 2], content[at + length - 1]) = ((byte)checksum, (byte)(checksum >> 8));
            at += length;
        }

        _volume.Write("walk1", content, content.Length);
        Assert.Equal([(1, 0), (2, 0), (3, 0)],
            new SessionBench(_volume).Stored().Select(session => (session.Start.Id, session.Start.Run)));
    }

    [Theory]
    [InlineData(1u, 1u)]
    [InlineData(5u, 1u)]
    [InlineData(1_800_000_000u, 1_799_999_990u)]
    [InlineData(uint.MaxValue, uint.MaxValue - 10)]
    public void The_clock_ends_at_the_ends_of_its_number(uint set, uint tenSecondsBefore)
    {
        var time = new TimeOfDay(new MotionFeed(new Nobody()));
        Assert.Equal(0u, time.At(0));
        var at = time.Set(set);
        Assert.Equal(tenSecondsBefore, time.At(unchecked(at - 10_000)));
        Assert.Equal(set, time.At(at));
        Assert.Equal(Math.Min(uint.MaxValue, set + 10L), time.At(at + 10_000));
    }
}
