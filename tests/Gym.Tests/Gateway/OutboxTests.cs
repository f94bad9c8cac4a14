using Backstep.Gait;
using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;
using Backstep.Store;
using Backstep.Walks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>The outbox: nothing leaves it but what the server has, and what cannot be written is said.</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outbox").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void What_waits_is_sent_in_the_same_bytes_until_it_is_stored()
    {
        using var outbox = Open();
        var (writer, sender) = Parts(outbox);
        Assert.True(writer.TryPost([Entry(1), Entry(2)]));
        Assert.Empty(sender.TakeDue()); // not before it is on disk
        Assert.True(writer.Write());
        var first = sender.TakeDue();
        Assert.Equal([1L, 2L], first.Select(one => one.Batch));
        Assert.Empty(sender.TakeDue());
        _time.Advance(OutboxSender.Patience);
        Assert.Equal(first, sender.TakeDue()); // unconfirmed
        sender.OnConnected();
        Assert.Equal(first, sender.TakeDue());
        sender.OnStored(new StoredBatches("0000000000000000", [1, 2], []));
        sender.OnStored(new StoredBatches(outbox.Identity, [99], []));
        Assert.True(writer.Write());
        Assert.Equal(2, writer.Waiting); // another outbox's, and one that was never sent
        sender.OnStored(new StoredBatches(outbox.Identity, [2, 2, 1], []));
        Assert.True(writer.Write());
        Assert.Equal(0, writer.Waiting);
        sender.OnConnected();
        Assert.Empty(sender.TakeDue());
    }

    [Fact]
    public void A_killed_gateway_sends_the_same_bytes_and_never_a_number_twice()
    {
        byte[] payload;
        string identity;
        using (var outbox = Open())
        {
            outbox.Write([Entry(1), Entry(2)], [2], []);
            payload = outbox.Next(0, 9).Single().Payload;
            identity = outbox.Identity;
        }

        using var again = Open();
        Assert.Equal(identity, again.Identity);
        Assert.Equal(payload, again.Next(0, 9).Single().Payload);
        again.Write([Entry(3)], [], []);
        Assert.Equal([1L, 3L], again.Next(0, 9).Select(one => one.Batch));
    }

    [Fact]
    public void What_is_refused_is_kept_aside_and_never_sent_again()
    {
        using (var outbox = Open())
        {
            var (writer, sender) = Parts(outbox);
            writer.TryPost([Entry(1), Entry(2)]);
            writer.Write();
            sender.TakeDue();
            sender.OnStored(new StoredBatches(outbox.Identity, [], [new RefusedBatch(1, "no such clip")]));
            writer.Write();
            Assert.Equal((1, 1), (writer.Waiting, writer.Refused));
            sender.OnConnected();
            Assert.Equal([2L], sender.TakeDue().Select(one => one.Batch));
        }

        using var again = Open();
        Assert.Equal((1, 1), (again.Waiting, again.Refused));
        Assert.Equal(new RefusedBatch(1, "no such clip"), again.RefusedBatches().Single());
        Assert.Equal([2L], again.Next(0, 9).Select(one => one.Batch));
    }

    [Fact]
    public void A_days_backlog_is_not_sent_at_once()
    {
        using var outbox = Open();
        var (writer, sender) = Parts(outbox);
        writer.TryPost([.. Enumerable.Range(1, 1000).Select(number => Entry((uint)number))]);
        writer.Write();
        var got = new List<long>();
        for (int i = 0; i < 30 && writer.Waiting > 0; i++)
        {
            var due = sender.TakeDue();
            Assert.InRange(due.Count, i < 8 ? 1 : 0, sender.Window);
            got.AddRange(due.Select(one => one.Batch));
            sender.OnStored(new StoredBatches(outbox.Identity, [.. got.Skip(i * 100).Take(100)], []));
            writer.Write();
        }

        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), got);
    }

    [Fact]
    public void On_a_full_disk_nothing_counts_as_had_and_all_of_it_comes_when_there_is_room()
    {
        using var outbox = Open();
        var (writer, sender) = Parts(outbox, most: 3000);
        Pragma(outbox, "max_page_count = 40");
        uint number = 0;
        while (writer.Trouble == null)
        {
            Assert.True(writer.TryPost([.. Enumerable.Range(0, 50).Select(_ => Entry(++number))]));
            writer.Write();
        }

        Assert.Contains("disk is full", writer.Trouble, StringComparison.Ordinal);
        long had = outbox.HadOf("clip")!.Next;
        Assert.Equal(had - 1, outbox.Waiting);
        Assert.True(had <= number);
        while (writer.TryPost([Entry(++number)]))
        {
            // until there is no room in memory either: then the clip keeps them
        }

        Assert.False(writer.Write());
        Assert.Equal(had, outbox.HadOf("clip")!.Next);
        Pragma(outbox, "max_page_count = 1000000");
        Assert.True(writer.Write());
        Assert.Null(writer.Trouble);
        Assert.Equal(number, outbox.HadOf("clip")!.Next);
        Assert.Equal(number - 1, outbox.Waiting);
        Assert.NotEmpty(sender.TakeDue());
    }

    [Fact]
    public void What_is_no_outbox_is_left_as_it_is()
    {
        string path = Path.Combine(_folder, OutboxFile.Name);
        byte[] garbage = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
        File.WriteAllBytes(path, garbage);
        Assert.Throws<StoreException>(Open);
        Assert.Equal(garbage, File.ReadAllBytes(path));
    }

    [Fact]
    public void Two_gateways_cannot_share_a_folder()
    {
        using var outbox = Open();
        var refused = Assert.ThrowsAny<ExplainedException>(Open);
        Assert.Contains("another program holds", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_remembered_of_old_sessions_is_bounded()
    {
        using var outbox = Open();
        for (int i = 0; i < 21; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            outbox.Write([.. Enumerable.Range(1, 1000).Select(n => new OutboxEntry("clip")
            {
                Had = new HadStrides("00000001", 1, 1, null),
                Handed = new HandedSession("00000001", 1, (i * 1000) + n, default, null, null, true, true),
            })], [], []);
        }

        Assert.InRange(outbox.HandedOf("clip").Count, 500, 12_000);
        Assert.Equal(21_000, outbox.HandedOf("clip").Max(one => one.Session));
    }

    private (OutboxWriter Writer, OutboxSender Sender) Parts(Outbox outbox, int most = 50_000)
    {
        var writer = new OutboxWriter(outbox, _time, NullLogger.Instance) { MostInLine = most };
        return (writer, new OutboxSender(writer, "gym", (_, _, _) => Task.CompletedTask, _time, NullLogger.Instance));
    }

    private Outbox Open() => new(_folder, "gateway", _time);

    private static void Pragma(Outbox outbox, string text)
    {
        using var command = outbox.Connection.CreateCommand();
        command.CommandText = $"PRAGMA {text}";
        command.ExecuteScalar();
    }

    private static OutboxEntry Entry(uint number) => new("clip")
    {
        Strides = new StrideBatch("", "", 0, "clip", true, "00000001", 1, 1, [StrideLine.Of(new Stride(number, number,
            Direction.Backward, Landing.Toe, Posture.Free, 90, -20, 3, 1200, 400, 600, 14, 300), default)]),
        Had = new HadStrides("00000001", 1, number + 1, null),
    };
}
