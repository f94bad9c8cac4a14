using System.Net;
using System.Net.Sockets;
using System.Text;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Gym.Server;
using Backstep.Gym.Tests.Keeping;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Server;
using static Backstep.Gym.Tests.Keeping.Told;

namespace Backstep.Gym.Tests.Server;

/// <summary>The embedded broker over TCP: who comes in, and what it lets them do.</summary>
public sealed class EmbeddedBrokerTests
{
    private const string Password = "correct horse 7";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_says_only_what_is_its_own()
    {
        await using var room = await TestRoom.OpenAsync(isBrokerEmbedded: true);
        await room.Owners.HearAsync("clip-1", "east", true, true, Stop);
        var west = room.As(GymRole.Gateway, "west");
        string Batch(string gateway, string clip) => Encoding.UTF8.GetString(GymMessage.Bytes(
            Told.Batch(1, clip, Numbers(1, 1), gateway: gateway), MessageJson.Default.StrideBatch));
        string gym = room.Gym;
        (string Topic, string Text, bool IsRetained, bool IsTaken)[] tried =
        [
            (GymTopics.Status(gym, "west"), "{\"gateway\":\"west\"}", true, true),
            (GymTopics.Status(gym, "east"), "{\"gateway\":\"west\"}", true, false),
            (GymTopics.Status(gym, "west"), "{\"gateway\":\"east\"}", true, false),
            (GymTopics.Strides(gym, "clip-2"), Batch("west", "clip-2"), false, true),
            (GymTopics.Strides(gym, "clip-2"), Batch("west", "clip-2"), true, false),
            (GymTopics.Strides(gym, "clip-2"), Batch("east", "clip-2"), false, false),
            (GymTopics.Strides(gym, "clip-1"), Batch("west", "clip-1"), false, false),
            (GymTopics.Strides(gym, "clip-2"), "{\"gateway\":\"west\",\"gateway\":\"east\"}", false, false),
            (GymTopics.Strides(gym, "clip-2"), "{\"gateway\":\"east\",\"gateway\":\"west\"}", false, false),
            (GymTopics.Strides(gym, "clip-2"), "{\"a\":{\"gateway\":\"west\"}}", false, false),
            (GymTopics.Strides(gym, "clip-2"), "nonsense", false, false),
            (GymTopics.Stored(gym, "west"), "{\"gateway\":\"west\"}", false, false),
            (GymTopics.Command(gym, "clip-2"), "{\"gateway\":\"west\"}", false, false),
            (GymTopics.Strides("other", "clip-2"), Batch("west", "clip-2"), false, false),
            ("homeassistant/sensor/x/config", "{}", true, true),
            ("homeassistant/sensor/x/state", "{}", true, false),
            ("anything", "x", false, false),
            (GymTopics.Strides(gym, "clip-2"),
                $"{{\"gateway\":\"west\",\"a\":\"{new string('x', GymMessage.LargestBytes)}\"}}", false, false),
        ];
        foreach (var (topic, text, isRetained, isTaken) in tried)
        {
            var reason = await west.PublishAsync(topic, text, isRetained);
            bool isIn = reason is MqttClientPublishReasonCode.Success
                or MqttClientPublishReasonCode.NoMatchingSubscribers;
            Assert.True(isIn == isTaken, $"{topic} {text[..Math.Min(60, text.Length)]}: {reason}");
        }

        var reader = room.As(GymRole.Reader, "screen");
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized,
            await reader.PublishAsync(GymTopics.Status(gym, "screen"), "{\"gateway\":\"screen\"}"));
    }

    [Theory]
    [InlineData(GymRole.Gateway, "west", "backstep/v1/GYM/west/stored", true)]
    [InlineData(GymRole.Gateway, "west", "backstep/v1/GYM/east/stored", false)]
    [InlineData(GymRole.Gateway, "west", "backstep/v1/GYM/+/stored", false)]
    [InlineData(GymRole.Gateway, "west", "backstep/v1/GYM/clips/+/command", true)]
    [InlineData(GymRole.Gateway, "west", "backstep/v1/GYM/clips/clip-1/command", true)]
    [InlineData(GymRole.Gateway, "west", "backstep/v1/GYM/clips/+/strides", false)]
    [InlineData(GymRole.Gateway, "west", "#", false)]
    [InlineData(GymRole.Reader, "screen", "#", true)]
    [InlineData(GymRole.Server, "server", "$share/a/backstep/v1/GYM/clips/+/strides", false)]
    public async Task Who_may_listen_to_what(GymRole role, string user, string filter, bool isGranted)
    {
        await using var room = await TestRoom.OpenAsync(isBrokerEmbedded: true);
        var broker = room.As(role, user);
        using var client = await ConnectAsync(broker.Port, broker.User, broker.Password);
        var result = await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(filter.Replace("GYM", room.Gym, StringComparison.Ordinal)).Build(), Stop);
        Assert.Equal(isGranted, (int)result.Items.Single().ResultCode < 0x80);
    }

    [Fact]
    public async Task Only_who_has_the_password_comes_in_and_nobody_tries_for_ever()
    {
        await using var room = await TestRoom.OpenAsync(isBrokerEmbedded: true);
        int port = room.Broker!.Outside.Port;

        // No user yet, on loopback: anybody may listen, and not write.
        using (var anybody = await ConnectAsync(port, null, null))
        {
            Assert.True(anybody.IsConnected);
        }

        await room.Store.Store.KeepUserAsync(PasswordHashing.Make("west", GymRole.Gateway, Password), Stop);
        await using var second = await SecondBrokerAsync(room);
        port = second.Outside.Port;
        Assert.Null(await TryAsync(port, null, null));
        Assert.Null(await TryAsync(port, "west", "correct horse 8"));
        Assert.Null(await TryAsync(port, "nobody", Password));
        Assert.Null(await TryAsync(port, "server", "inprocess.00"));
        for (int i = 0; i < 20; i++)
        {
            using var gateway = await TryAsync(port, "west", Password);
            Assert.NotNull(gateway); // let in before: not counted
        }

        for (int i = 0; i < 12; i++)
        {
            Assert.Null(await TryAsync(port, "west", $"guess {i}"));
        }

        using var again = await TryAsync(port, "west", Password);
        Assert.NotNull(again);
        await room.Store.Store.KeepUserAsync(PasswordHashing.Make("east", GymRole.Gateway, Password), Stop);
        await using var third = await SecondBrokerAsync(room);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(await TryAsync(third.Outside.Port, "nobody", $"guess {i}"));
        }

        Assert.Null(await TryAsync(third.Outside.Port, "east", Password)); // too many tries from here
    }

    [Fact]
    public async Task Two_of_one_name_do_not_throw_each_other_out_for_ever_and_it_is_said()
    {
        await using var room = await TestRoom.OpenAsync(isBrokerEmbedded: true);
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var broker = room.Broker!.Inside(GymRole.Reader, "screen");
        await using var first = new MqttPeer(broker, new MqttPeerOptions("same"), time, NullLogger.Instance);
        await using var second = new MqttPeer(broker, new MqttPeerOptions("same"), time, NullLogger.Instance);
        using var end = new CancellationTokenSource();
        var one = first.RunAsync(end.Token);
        await TestRoom.UntilAsync(() => Task.FromResult(first.IsConnected));
        var two = second.RunAsync(end.Token);
        await TestRoom.UntilAsync(() => Task.FromResult(first.Trouble != null));
        Assert.Contains("another program calls itself same", first.Trouble, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(29));
        await TestRoom.UntilAsync(() => Task.FromResult(second.IsConnected));
        Assert.False(first.IsConnected);
        await end.CancelAsync();
        await Task.WhenAll(one, two).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
            | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task A_gateway_by_another_name_than_its_users_is_refused_in_words_each_time_it_tries()
    {
        await using var room = await TestRoom.OpenAsync(isBrokerEmbedded: true);
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var peer = new MqttPeer(room.Broker!.Inside(GymRole.Gateway, "west"), new MqttPeerOptions("east")
        {
            Subscriptions = [(GymTopics.Stored(room.Gym, "east"), true)],
        }, time, NullLogger.Instance);
        using var end = new CancellationTokenSource();
        var run = peer.RunAsync(end.Token);
        for (int tries = 0; tries < 3; tries++)
        {
            var before = peer.Trouble;
            await TestRoom.UntilAsync(() =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(peer.Trouble != null && (tries == 0 || !ReferenceEquals(peer.Trouble, before)));
            });
            Assert.Contains("The user of a gateway has the gateway's own name", peer.Trouble, StringComparison.Ordinal);
            Assert.False(peer.IsConnected);
        }

        await end.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
            | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task It_listens_on_loopback_alone_unless_told_otherwise()
    {
        await using var room = await TestRoom.OpenAsync(isBrokerEmbedded: true);
        using var six = new TcpClient(AddressFamily.InterNetworkV6);
        await Assert.ThrowsAsync<SocketException>(() =>
            six.ConnectAsync(IPAddress.IPv6Loopback, room.Broker!.Outside.Port, Stop).AsTask());
        using var four = new TcpClient();
        await four.ConnectAsync(IPAddress.Loopback, room.Broker!.Outside.Port, Stop);
    }

    [Fact]
    public async Task Retained_messages_are_bounded_and_a_will_is_held_to_the_same_rules()
    {
        await using var room = await TestRoom.OpenAsync(isBrokerEmbedded: true);
        await using var small = await SecondBrokerAsync(room, mostRetained: 2);
        var west = small.Inside(GymRole.Gateway, "west");
        Assert.NotEqual(MqttClientPublishReasonCode.QuotaExceeded, await west.PublishAsync(Config(1), "{}", true));
        Assert.NotEqual(MqttClientPublishReasonCode.QuotaExceeded, await west.PublishAsync(Config(2), "{}", true));
        Assert.Equal(MqttClientPublishReasonCode.QuotaExceeded, await west.PublishAsync(Config(3), "{}", true));
        Assert.NotEqual(MqttClientPublishReasonCode.QuotaExceeded, await west.PublishAsync(Config(1), "", true));
        Assert.NotEqual(MqttClientPublishReasonCode.QuotaExceeded, await west.PublishAsync(Config(3), "{}", true));
        await west.PublishAsync(Config(2), "", true);

        var heard = new List<string>();
        using var reader = await ConnectAsync(small.Inside(GymRole.Reader, "screen"));
        reader.ApplicationMessageReceivedAsync += args =>
        {
            lock (heard)
            {
                heard.Add(args.ApplicationMessage.Topic);
            }

            return Task.CompletedTask;
        };
        await reader.SubscribeAsync("backstep/#", cancellationToken: Stop);
        foreach (string of in (string[])["east", "west"])
        {
            // Gone without a word.
            (await ConnectAsync(west, GymTopics.Status(room.Gym, of), $"{{\"gateway\":\"{of}\"}}")).Dispose();
        }

        await TestRoom.UntilAsync(() =>
        {
            lock (heard)
            {
                return Task.FromResult(heard.Count > 0);
            }
        });
        Assert.Equal([GymTopics.Status(room.Gym, "west")], heard);

        static string Config(int number) => $"homeassistant/sensor/s{number}/config";
    }

    [Fact]
    public async Task The_library_knows_no_shared_subscriptions_and_says_so()
    {
        int port = FreePort();
        using var bare = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(port).Build());
        await bare.StartAsync();
        using var client = await ConnectAsync(port, null, null);
        var answer = await client.SubscribeAsync("$share/group/a/b", cancellationToken: Stop);
        Assert.Equal(MqttClientSubscribeResultCode.SharedSubscriptionsNotSupported, answer.Items.Single().ResultCode);
        await bare.StopAsync();
    }

    private static async Task<EmbeddedBroker> SecondBrokerAsync(TestRoom room, int mostRetained = 100)
    {
        var broker = new EmbeddedBroker(new EmbeddedBrokerOptions(IPAddress.Loopback, 0)
        {
            MostRetained = mostRetained,
        }, new BrokerGuests(room.Store.Store, room.Time, true), new BrokerRules(room.Gym,
            room.Owners), room.Metrics, NullLogger.Instance);
        await broker.StartAsync();
        return broker;
    }

    private static Task<IMqttClient> ConnectAsync(BrokerAddress broker, string? willTopic = null, string will = "") =>
        ConnectAsync(broker.Port, broker.User, broker.Password, willTopic, will);

    private static async Task<IMqttClient> ConnectAsync(int port, string? user, string? password,
        string? willTopic = null, string will = "")
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId("c-" + Guid.NewGuid().ToString("n")).WithTcpServer("127.0.0.1", port);
        if (user != null)
        {
            options.WithCredentials(user, password ?? "");
        }

        if (willTopic != null)
        {
            options.WithWillTopic(willTopic).WithWillPayload(will).WithWillRetain();
        }

        var result = await client.ConnectAsync(options.Build(), Stop);
        return result.ResultCode == MqttClientConnectResultCode.Success ? client
            : throw new MqttAwayException(result.ResultCode.ToString());
    }

    private static async Task<IMqttClient?> TryAsync(int port, string? user, string? password)
    {
        try
        {
            return await ConnectAsync(port, user, password);
        }
        catch (Exception e) when (e is MqttAwayException or MqttConnectingFailedException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
