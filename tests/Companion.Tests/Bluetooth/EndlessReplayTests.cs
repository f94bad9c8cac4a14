using Backstep.Companion.Tests.Sessions;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Bluetooth;

/// <summary>A sensor whose log never ends, or says nonsense: live strides come all the same, and nothing
/// grows.</summary>
public sealed class EndlessReplayTests
{
    private const int Walked = 120;

    public static TheoryData<string> Faults => ["repeated strides", "repeated begins", "garbage", "endless session",
        "held from 2^32-1", "sessions without end", "silence"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Live_strides_come_all_the_same(string fault)
    {
        var time = new FakeTimeProvider();
        using var link = new ScriptedLink();
        using var client = new SensorClient(link, time, new FollowOptions { WantsSession = (_, _) => true });
        var shown = new List<uint>();
        var events = new List<SensorEvent>();
        client.Received += received =>
        {
            events.Add(received);
            if (received is StrideReceived stride)
            {
                shown.Add(stride.Stride.Sequence);
            }
        };
        await client.ConnectAsync(TestContext.Current.CancellationToken);
        long before = 0;
        for (uint i = 1; i <= Walked; i++)
        {
            for (int slice = 0; slice < 14; slice++)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                Disturb(link, fault);
                await client.WorkAsync(TestContext.Current.CancellationToken);
            }

            link.Notify(Uuids.Stride, Encoded((value, at) => StrideCodec.Encode(Strides.Make(100 + i), value, at)));
            if (i == 30)
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        for (int i = 0; i < 200; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await client.WorkAsync(TestContext.Current.CancellationToken);
        }

        int told = events.Count;
        events.Clear();
        Assert.Equal(Enumerable.Range(101, Walked).Select(number => (uint)number), shown.Where(one => one > 100));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 30_000_000);
        Assert.InRange(told, Walked, 60_000);
    }

    [Fact]
    public async Task Held_from_the_end_of_all_numbers_is_nonsense_and_said_so()
    {
        using var link = new ScriptedLink();
        using var client = new SensorClient(link, new FakeTimeProvider());
        var events = new List<SensorEvent>();
        client.Received += events.Add;
        await client.ConnectAsync(TestContext.Current.CancellationToken);
        link.Notify(Uuids.Control,
            Encoded(ControlReply.Replay(true, new LogRange(1, uint.MaxValue, uint.MaxValue)).Encode));
        Assert.Contains(events, one => one is PayloadRejected { Error: DecodeError.OutOfRange });
        Assert.DoesNotContain(events, one => one is StridesLost);
    }

    private static void Disturb(ScriptedLink link, string fault)
    {
        switch (fault)
        {
            case "repeated strides":
                Held(link, 1, 100);
                link.Notify(Uuids.Log, Encoded((value, at) => StrideCodec.Encode(Strides.Make(1), value, at)));
                break;
            case "repeated begins":
                Held(link, 1, 100);
                break;
            case "garbage":
                link.Notify(Uuids.Log, [9, 9, 9]);
                break;
            case "endless session":
                Held(link, 1, 100);
                link.Notify(Uuids.Log, Encoded(new LogSessionStart(1, 0, 1, 50, 1).Encode));
                for (uint i = 1; i <= 60; i++)
                {
                    link.Notify(Uuids.Log, Encoded((value, at) => StrideCodec.Encode(Strides.Make(i), value, at)));
                }

                break;
            case "held from 2^32-1":
                Held(link, uint.MaxValue, uint.MaxValue);
                break;
            case "sessions without end":
                Held(link, 1, 100);
                link.Notify(Uuids.Log, Encoded(new LogSessionStart(1, 0, 1, 50, 1).Encode));
                break;
            default:
                break;
        }
    }

    private static void Held(ScriptedLink link, uint first, uint last)
    {
        var range = new LogRange(7, 3, first, last);
        link.Notify(Uuids.Control, Encoded(ControlReply.Replay(true, range).Encode));
        link.Notify(Uuids.Log, Encoded(new LogBegin(range).Encode));
    }

    private static byte[] Encoded(Func<byte[], int, int> encode)
    {
        byte[] value = new byte[Message.MaxValueLength];
        return value[..encode(value, 0)];
    }
}
