using System.Collections.Concurrent;
using System.Net;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Gym.Server;
using Backstep.Gym.Tests.Keeping;
using Microsoft.Extensions.Logging.Abstractions;

namespace Backstep.Gym.Tests.Server;

/// <summary>A gym of its own: a store and a broker. The broker is the embedded one, or the one that the environment
/// names (tests/gym-services/run starts it); the store likewise.</summary>
internal sealed class TestRoom : IAsyncDisposable
{
    public const string Variable = "BACKSTEP_GYM_BROKER";

    private readonly List<IAsyncDisposable> _parts = [];

    private TestRoom(TestStore store, TimeProvider time)
    {
        (Store, Time) = (store, time);
        Owners = new ClipOwners(store.Store, store.Store, time, Metrics, NullLogger.Instance);
    }

    public static string? External => Environment.GetEnvironmentVariable(Variable);

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    public string Gym { get; } = "t" + Guid.NewGuid().ToString("n")[..12];

    public TestStore Store { get; }

    public TimeProvider Time { get; }

    public GymMetrics Metrics { get; } = new();

    public GymHealth Health { get; } = new();

    public ClipOwners Owners { get; }

    public EmbeddedBroker? Broker { get; private set; }

    public static async Task<TestRoom> OpenAsync(TimeProvider? time = null, bool isBrokerEmbedded = false)
    {
        var room = new TestRoom(await TestStore.OpenAsync(TestStore.PostgresText == null ? TestStore.Sqlite
            : TestStore.Postgres), time ?? TimeProvider.System);
        if (External == null || isBrokerEmbedded)
        {
            var guests = new BrokerGuests(room.Store.Store, room.Time, isLoopback: true);
            room.Broker = new EmbeddedBroker(new EmbeddedBrokerOptions(IPAddress.Loopback, 0), guests,
                new BrokerRules(room.Gym, room.Owners), room.Metrics, NullLogger.Instance);
            await room.Broker.StartAsync();
        }

        return room;
    }

    public BrokerAddress As(GymRole role, string name) => Broker?.Inside(role, name)
        ?? BrokerAddress.Parse(External!) with
        {
            User = name, Password = Environment.GetEnvironmentVariable("BACKSTEP_BROKER_PASSWORD"),
        };

    /// <summary>A keeper that works until it is stopped or the room is closed.</summary>
    public RunningKeeper StartKeeper(IGymStore? store = null, string? share = null, string id = "keeper")
    {
        var keeper = new StrideKeeper(As(GymRole.Server, "server"), new KeeperOptions(Gym, $"{Gym}-{id}", share),
            store ?? Store.Store, Owners, Metrics, Health, Time, NullLogger.Instance);
        var running = new RunningKeeper(keeper);
        _parts.Add(running);
        return running;
    }

    public async Task<TestGateway> GatewayAsync(string name)
    {
        var gateway = new TestGateway(this, name);
        _parts.Add(gateway);
        await gateway.ReadyAsync();
        return gateway;
    }

    /// <summary>Waits for a condition that others bring about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo())
        {
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }

        if (Broker != null)
        {
            await Broker.DisposeAsync();
        }

        await Store.DisposeAsync();
        Metrics.Dispose();
    }
}

/// <summary>A keeper at work.</summary>
internal sealed class RunningKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public RunningKeeper(StrideKeeper keeper)
    {
        Keeper = keeper;
        _work = Task.Run(() => keeper.RunAsync(_stop.Token));
    }

    public StrideKeeper Keeper { get; }

    public Task ReadyAsync() => TestRoom.UntilAsync(() => Task.FromResult(Keeper.IsConnected));

    public void Stop() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Keeper.DisposeAsync();
    }
}

/// <summary>What a gateway does on MQTT: sends batches, and hears what is stored.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TestRoom _room;
    private readonly MqttPeer _peer;
    private readonly Task _work;

    public TestGateway(TestRoom room, string name)
    {
        (_room, Name) = (room, name);
        _peer = new MqttPeer(room.As(GymRole.Gateway, name), new MqttPeerOptions($"{room.Gym}-{name}")
        {
            Subscriptions = [(GymTopics.Stored(room.Gym, name), true)],
        }, room.Time, NullLogger.Instance)
        { Received = OnStored };
        _work = Task.Run(() => _peer.RunAsync(_stop.Token));
    }

    public string Name { get; }

    public ConcurrentDictionary<long, int> Stored { get; } = new();

    public ConcurrentDictionary<long, string> Refused { get; } = new();

    public Task ReadyAsync() => TestRoom.UntilAsync(() => Task.FromResult(_peer.IsConnected));

    public Task SendAsync(StrideBatch batch) => PublishAsync(GymTopics.Strides(_room.Gym, batch.Clip),
        GymMessage.Bytes(batch, MessageJson.Default.StrideBatch));

    public Task SendAsync(ClipSession session, bool retain = true) => PublishAsync(
        GymTopics.Session(_room.Gym, session.Clip), GymMessage.Bytes(session, MessageJson.Default.ClipSession), retain);

    public Task PublishAsync(string topic, byte[] payload, bool retain = false) =>
        _peer.PublishAsync(topic, payload, atLeastOnce: true, retain, TestContext.Current.CancellationToken);

    /// <summary>Sends until it is told that it is stored, as a gateway does.</summary>
    public async Task SendUntilStoredAsync(IReadOnlyList<StrideBatch> batches)
    {
        using var patience = new CancellationTokenSource(TestRoom.Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        while (batches.Where(batch => !Stored.ContainsKey(batch.Batch)).ToArray() is { Length: > 0 } missing)
        {
            foreach (var batch in missing)
            {
                try
                {
                    await SendAsync(batch);
                }
                catch (MqttAwayException)
                {
                    break; // it connects again
                }
            }

            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    public Task UntilStoredAsync(params long[] batches) =>
        TestRoom.UntilAsync(() => Task.FromResult(batches.All(Stored.ContainsKey)));

    public Task UntilRefusedAsync(params long[] batches) =>
        TestRoom.UntilAsync(() => Task.FromResult(batches.All(Refused.ContainsKey)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _peer.DisposeAsync();
    }

    private Task OnStored(MqttReceived message)
    {
        var stored = GymMessage.Read(message.Payload, MessageJson.Default.StoredBatches, out _)!;
        Assert.Equal(Told.Outbox, stored.Outbox);
        foreach (long batch in stored.Batches)
        {
            Stored.AddOrUpdate(batch, 1, (_, times) => times + 1);
        }

        foreach (var refused in stored.Refused)
        {
            Refused[refused.Batch] = refused.Reason;
        }

        return Task.CompletedTask;
    }
}
