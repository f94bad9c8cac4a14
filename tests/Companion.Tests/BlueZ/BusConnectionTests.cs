using System.Net.Sockets;
using Backstep.BlueZ;
using Tmds.DBus.Protocol;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>What the connection adds to the library that speaks D-Bus.</summary>
public class BusConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly BusMethod GetId = new(BlueZNames.Bus, BlueZNames.BusPath, BlueZNames.Bus, "GetId");

    private static MatchRule Test => new() { Type = MessageType.Signal, Interface = "org.backstep.Test" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_daemon_that_never_answers_can_be_given_up()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "D-Bus is Linux'");
        using var folder = new TemporaryFolder();
        using var daemon = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        daemon.Bind(new UnixDomainSocketEndPoint(folder["bus"]));
        daemon.Listen();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var open = BusConnection.OpenAsync($"unix:path={folder["bus"]}", cancel.Token).WaitAsync(Patience, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("unix:")]
    [InlineData("tcp:host=localhost,port=x")]
    [InlineData("unix:path=/nowhere/bus;unix:path=/nowhere/else")]
    public async Task An_address_that_is_none_is_an_error_of_the_bus(string address)
    {
        var error = await Assert.ThrowsAsync<BusException>(() => BusConnection.OpenAsync(address, Token));
        Assert.Equal(BusException.OnThisSide, error.Name);
    }

    [Fact]
    public async Task Who_waits_for_an_answer_does_not_go_on_on_the_bus_thread()
    {
        await using var mock = await MockBlueZ.StartBusAsync();
        bool isDone = await Task.Run(
            async () =>
            {
                await using var bus = await BusConnection.OpenAsync(mock.Address, Token).ConfigureAwait(false);
                // Stands still if this is the thread that reads.
                bool isFirst = bus.CallAsync(GetId, Patience, Token).Wait(Patience, Token);
                await bus.CallAsync(GetId, Patience, Token).ConfigureAwait(false);
                return isFirst && bus.CallAsync(GetId, Patience, Token).Wait(Patience, Token);
            },
            Token);
        Assert.True(isDone);
    }

    [Fact]
    public async Task What_is_said_right_before_the_end_arrives()
    {
        const int Count = 1000;
        string text = new('x', 1000); // so that all together is more than a socket holds
        await using var mock = await MockBlueZ.StartBusAsync();
        await using var listener = await BusConnection.OpenAsync(mock.Address, Token);
        int heard = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await listener.ListenAsync(
            Test,
            _ =>
            {
                if (++heard == Count)
                {
                    all.TrySetResult();
                }
            },
            Token);
        var speaker = await BusConnection.OpenAsync(mock.Address, Token);
        await mock.PauseDaemonAsync();
        for (int i = 0; i < Count; i++)
        {
            speaker.Emit("/org/backstep", "org.backstep.Test", "Said", text);
        }

        var end = speaker.DisposeAsync();
        await mock.WakeDaemonAsync();
        await end;
        await all.Task.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task A_daemon_that_stands_still_does_not_fill_the_memory_and_is_told_the_newest_afterwards()
    {
        const uint Last = uint.MaxValue;
        await using var mock = await MockBlueZ.StartBusAsync();
        await using var listener = await BusConnection.OpenAsync(mock.Address, Token);
        await using var speaker = await BusConnection.OpenAsync(mock.Address, Token);
        int heard = 0;
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await listener.ListenAsync(
            Test,
            message =>
            {
                heard++;
                if (message.GetBodyReader().ReadUInt32() == Last)
                {
                    last.TrySetResult();
                }
            },
            Token);
        await mock.PauseDaemonAsync();
        for (uint i = 0; i < 20_000; i++)
        {
            speaker.Emit("/org/backstep", "org.backstep.Test", "Said", i);
        }

        await mock.WakeDaemonAsync();
        while (!last.Task.IsCompleted)
        {
            await speaker.CallAsync(GetId, Patience, Token);
            speaker.Emit("/org/backstep", "org.backstep.Test", "Said", Last);
            Token.ThrowIfCancellationRequested();
        }

        Assert.InRange(heard, 1000, 2000);
    }

    [Fact]
    public async Task A_call_whose_arguments_cannot_be_read_is_refused_and_the_next_one_is_answered()
    {
        await using var mock = await MockBlueZ.StartBusAsync();
        var names = new List<string>();
        var export = new BusExport("/org/backstep", call =>
        {
            names.Add(call.Member);
            call.Reply();
            call.Fail("org.backstep.Second", "an answer too many");
        });
        await using var served = await BusConnection.OpenAsync(mock.Address, Token, export);
        using var caller = new DBusConnection(mock.Address);
        await caller.ConnectAsync();
        string[] everyone = await caller.ListServicesAsync();
        string owner = everyone.Last(name => name.StartsWith(':') && name != caller.UniqueName);
        var refused = caller.CallMethodAsync(Odd()).WaitAsync(Patience, Token);
        var error = await Assert.ThrowsAsync<DBusErrorReplyException>(() => refused);
        Assert.Equal("org.freedesktop.DBus.Error.Failed", error.ErrorName);
        await caller.CallMethodAsync(Plain()).WaitAsync(Patience, Token);
        Assert.Equal(["Plain"], names);

        MessageBuffer Plain()
        {
            var writer = caller.GetMessageWriter();
            writer.WriteMethodCallHeader(owner, "/org/backstep/below", "org.backstep.Test", "Plain");
            return writer.CreateMessage();
        }

        // A structure of seventeen fields is more than the library bears in a variant.
        MessageBuffer Odd()
        {
            var writer = caller.GetMessageWriter();
            writer.WriteMethodCallHeader(owner, "/org/backstep", "org.backstep.Test", "Odd", "a{sv}");
            var options = writer.WriteDictionaryStart();
            writer.WriteDictionaryEntryStart();
            writer.WriteString("odd");
            writer.WriteSignature($"({new string('y', 17)})");
            writer.WriteStructureStart();
            for (int i = 0; i < 17; i++)
            {
                writer.WriteByte(0);
            }

            writer.WriteDictionaryEnd(options);
            return writer.CreateMessage();
        }
    }
}
