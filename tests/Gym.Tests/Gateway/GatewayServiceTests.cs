using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Link;
using Backstep.Rehearsal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet.Server;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>The whole gateway: clips with the firmware's own program, a real broker on loopback that goes and comes
/// back without memory, a server that forgets, is late and says things twice.</summary>
public sealed class GatewayServiceTests : IAsyncLifetime
{
    private const string Gym = "gym";
    private const double Faster = 8; // the clips' time against the test's
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway").FullName;
    private readonly int _port = FreePort();
    private readonly ConcurrentDictionary<string, byte[]> _kept = new(); // retained, or the last of a topic
    private readonly Dictionary<string, ModelServer> _servers = []; // a clip each: virtual flashes have one identity
    private readonly Lock _gate = new();
    private MqttServer? _broker;
    private MqttPeer? _peer;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_peer != null)
        {
            await _peer.DisposeAsync();
        }

        await StopBrokerAsync();
        Directory.Delete(_folder, true);
    }

    [Fact]
    public async Task Clips_are_followed_and_a_broker_without_memory_costs_nothing()
    {
        const int Clips = 2;
        await StartBrokerAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var peer = Listen(end.Token);
        var (devices, air) = Air(Clips);
        var service = Service(air, Clips);
        var run = service.RunAsync(end.Token);

        await UntilAsync(() => service is { IsReady: true, Followed: Clips } && Strides() > 8 * Clips);
        Assert.True(service.IsAlive);
        var online = Message(GymTopics.Status(Gym, "g"), MessageJson.Default.GatewayStatus)!;
        Assert.Equal((GatewayStatus.Online, 1), (online.State, online.Adapters));
        await StopBrokerAsync();
        int before = Strides();
        await Task.Delay(TimeSpan.FromSeconds(1), Stop); // walked without a broker: some seconds of the clips
        await StartBrokerAsync();
        await UntilAsync(() => Strides() > before + (8 * Clips));
        foreach (var device in devices.Keys)
        {
            string clip = ClipName.Of(device);
            var live = Message(GymTopics.Live(Gym, clip), MessageJson.Default.ClipLive)!;
            Assert.Equal((ClipLive.Up, "active", true), (live.Link, live.State, live.Simulated));
        }

        var newest = Newest();
        Assert.Equal(Clips, newest.Count);
        await UntilAsync(() => IsComplete(newest)); // what the server lost comes again after ten seconds
        AssertHomeAssistant(ClipName.Of(devices.Keys.First()));
        await end.CancelAsync();
        await run;
        await service.DisposeAsync();
        await UntilAsync(() => Message(GymTopics.Status(Gym, "g"), MessageJson.Default.GatewayStatus)?.State
            == GatewayStatus.Offline);
        await peer;
        foreach (var device in devices.Values)
        {
            Assert.Null(device.Radio.Central); // let go
            device.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static (Dictionary<string, VirtualDevice> Devices, IBluetooth Air) Air(int clips)
    {
        var devices = new Dictionary<string, VirtualDevice>();
        for (int i = 1; i <= clips; i++)
        {
            Assert.True(Scenarios.TryGet("backward", i, out var walker));
            devices[$"AA:BB:CC:00:00:0{i}"] = new VirtualDevice(walker, new VirtualDeviceOptions { Seed = i });
        }

        long start = TimeProvider.System.GetTimestamp();
        return (devices, new InMemoryBluetooth(devices, async (elapsed, stop) =>
        {
            var ahead = (elapsed / Faster) - TimeProvider.System.GetElapsedTime(start);
            await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.FromMilliseconds(1), stop);
        }));
    }

    private GatewayService Service(IBluetooth air, int links)
    {
        var adapter = new RadioAdapter("air", _ => Task.FromResult(air), TimeProvider.System, NullLogger.Instance);
        return new GatewayService(new GatewayOptions(Gym, "g") { DataFolder = _folder, IsSimulated = true,
            LinksPerAdapter = links, HomeAssistantPrefix = HomeAssistant.UsualPrefix },
            new BrokerAddress("127.0.0.1", _port, false), [adapter], TimeProvider.System, NullLogger.Instance);
    }

    private async Task StartBrokerAsync()
    {
        var factory = new MqttServerFactory();
        _broker = factory.CreateMqttServer(factory.CreateServerOptionsBuilder().WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(_port).Build());
        await _broker.StartAsync();
    }

    private async Task StopBrokerAsync()
    {
        if (_broker is { } broker)
        {
            _broker = null;
            await broker.StopAsync();
            broker.Dispose();
        }
    }

    private Task Listen(CancellationToken stop)
    {
        _peer = new MqttPeer(new BrokerAddress("127.0.0.1", _port, false), new MqttPeerOptions("server")
        {
            Subscriptions = [("backstep/#", true), ("homeassistant/#", true)],
        }, TimeProvider.System, NullLogger.Instance)
        {
            Received = TakeAsync,
        };
        return _peer.RunAsync(Stop).WaitAsync(stop).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task TakeAsync(MqttReceived message)
    {
        _kept[message.Topic] = message.Payload;
        if (!GymTopics.TryClip(Gym, message.Topic, out string clip, out string kind)
            || kind is not ("strides" or "session") || message.IsRetained)
        {
            return;
        }

        using var json = JsonDocument.Parse(message.Payload);
        StoredBatches told;
        lock (_gate)
        {
            _servers.TryAdd(clip, new ModelServer(new Random(5), isFaulty: true));
            told = _servers[clip].Take(json.RootElement.GetProperty("outbox").GetString()!, [new WaitingBatch(
                json.RootElement.GetProperty("batch").GetInt64(), clip, kind == "session", message.Payload)]);
        }

        try
        {
            await _peer!.PublishAsync(GymTopics.Stored(Gym, "g"), GymMessage.Bytes(told,
                MessageJson.Default.StoredBatches), atLeastOnce: false);
        }
        catch (MqttAwayException)
        {
            // then it is not confirmed
        }
    }

    private int Strides()
    {
        lock (_gate)
        {
            return _servers.Values.Sum(server => server.Strides.Count);
        }
    }

    private Dictionary<string, uint> Newest()
    {
        lock (_gate)
        {
            return _servers.ToDictionary(one => one.Key, one => one.Value.Strides.Keys.Max(key => key.Number));
        }
    }

    private bool IsComplete(Dictionary<string, uint> until)
    {
        lock (_gate)
        {
            return until.All(one => _servers[one.Key].Strides.Keys.Count(key => key.Number <= one.Value) == one.Value);
        }
    }

    private void AssertHomeAssistant(string clip)
    {
        using var device = JsonDocument.Parse(_kept[$"homeassistant/device/backstep_gym_{clip}/config"]);
        Assert.Equal(GymTopics.Live(Gym, clip), device.RootElement.GetProperty("state_topic").GetString());
        Assert.Equal(GymTopics.Status(Gym, "g"), device.RootElement.GetProperty("availability_topic").GetString());
        foreach (var part in device.RootElement.GetProperty("cmps").EnumerateObject())
        {
            Assert.StartsWith($"backstep_gym_{clip}_", part.Value.GetProperty("unique_id").GetString(),
                StringComparison.Ordinal);
            Assert.True(part.Value.GetProperty("p").GetString() is "sensor" or "binary_sensor", part.Name);
        }
    }

    private T? Message<T>(string topic, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class => _kept.TryGetValue(topic, out byte[]? bytes) ? GymMessage.Read(bytes, type, out _) : null;

    private static async Task UntilAsync(Func<bool> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "it does not come to that");
            await Task.Delay(TimeSpan.FromMilliseconds(20), Stop);
        }
    }
}
