using System.Net;
using System.Net.Sockets;
using System.Text;
using Backstep.Gait;
using Backstep.Gym.Pages;
using Backstep.Gym.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Pages;

/// <summary>The stream of events on a real socket: what comes, what comes again, and who is cut.</summary>
public sealed class EventTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));
    private readonly RoomMaker _room;
    private PagesHost? _host;

    public EventTests() => _room = new RoomMaker(_time, belts: 3);

    private async Task<PagesHost> HostAsync(PagesOptions? options = null) =>
        _host ??= await PagesHost.StartAsync(_room, _time, options);

    public async ValueTask DisposeAsync()
    {
        if (_host != null)
        {
            await _host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_belt_that_changes_is_told_once_and_the_others_are_not()
    {
        var host = await HostAsync();
        host.Hub.Pulse();
        using var events = await EventReader.OpenAsync(host);
        var first = await events.UntilAsync(4);
        Assert.Equal(["belt", "belt", "belt", "room"], first.Select(one => one.Name));
        Assert.All(first, one => Assert.StartsWith(host.Hub.Instance + ".", one.Id, StringComparison.Ordinal));
        _room.Model.Apply(_room.Live(2, walked: 77));
        _room.Model.Apply(_room.Next(2));
        host.Hub.Pulse();
        host.Hub.Pulse();
        host.Hub.Tick();
        var then = await events.UntilAsync(2);
        Assert.Equal(["belt", "tick"], then.Select(one => one.Name));
        Assert.Contains("\"walkedSeconds\":77", then[0].Data, StringComparison.Ordinal);
        Assert.Contains("\"marks\":\"T\"", then[0].Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_back_gets_only_what_changed_since()
    {
        var host = await HostAsync();
        host.Hub.Pulse();
        string last;
        using (var events = await EventReader.OpenAsync(host))
        {
            last = (await events.UntilAsync(4))[^1].Id;
        }

        _room.Model.Apply(_room.Live(3));
        host.Hub.Pulse();
        using var again = await EventReader.OpenAsync(host, last);
        host.Hub.Tick();
        var news = await again.UntilAsync(2);
        Assert.Equal(["belt", "tick"], news.Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.Contains("\"number\":3", news.Single(one => one.Name == "belt").Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anotherone.9999")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    public async Task Who_comes_from_another_run_of_the_server_gets_everything(string last)
    {
        var host = await HostAsync();
        host.Hub.Pulse();
        using var events = await EventReader.OpenAsync(host, last);
        Assert.Equal(4, (await events.UntilAsync(4)).Count);
    }

    [Fact]
    public async Task A_belt_that_is_taken_away_is_told()
    {
        var host = await HostAsync();
        host.Hub.Pulse();
        using var events = await EventReader.OpenAsync(host);
        await events.UntilAsync(4);
        await _room.Desk.RemoveBeltAsync(3, TestContext.Current.CancellationToken);
        host.Hub.Pulse();
        var told = Assert.Single(await events.UntilAsync(1));
        Assert.Equal(("room", "{\"belts\":[1,2]}"), (told.Name, told.Data));
    }

    [Fact]
    public async Task The_room_beats_four_times_a_second_by_its_clock()
    {
        var host = await HostAsync();
        using var events = await EventReader.OpenAsync(host);
        var names = new List<string>();
        for (int i = 0; i < 400 && names.Count(name => name == "tick") < 2; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            names.AddRange((await events.ForAsync(TimeSpan.FromMilliseconds(20))).Select(one => one.Name));
        }

        Assert.Contains("belt", names);
        Assert.Contains("tick", names);
    }

    [Fact]
    public async Task A_silent_stream_beats_its_heart()
    {
        var host = await HostAsync();
        using var events = await EventReader.OpenAsync(host);
        for (int i = 0; i < 500 && !events.Comments.Contains("heartbeat"); i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await events.ForAsync(TimeSpan.FromMilliseconds(20));
        }

        Assert.Contains("heartbeat", events.Comments);
    }

    [Fact]
    public async Task More_streams_than_allowed_are_refused_kindly()
    {
        var host = await HostAsync(new PagesOptions { MostStreams = 2 });
        var one = await EventReader.OpenAsync(host);
        using var two = await EventReader.OpenAsync(host);
        using (var browser = host.Browser())
        {
            using var refused = await browser.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("10", refused.Headers.GetValues("Retry-After").Single());
        }

        one.Dispose();
        await Until(() => host.Hub.Streams == 1, host);
        using var three = await EventReader.OpenAsync(host);
        Assert.Equal(2, host.Hub.Streams);
    }

    [Fact]
    public async Task Ten_thousand_streams_are_allowed_and_no_more()
    {
        var options = new PagesOptions();
        var host = await HostAsync(options);
        for (int i = 0; i < options.MostStreams; i++)
        {
            Assert.True(host.Hub.TryEnter());
        }

        using var browser = host.Browser();
        using var refused = await browser.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((10_000, HttpStatusCode.ServiceUnavailable), (options.MostStreams, refused.StatusCode));
        Assert.Equal(options.MostStreams, host.Hub.Streams);
    }

    [Fact]
    public async Task A_slow_reader_is_cut_and_nobody_waits_for_it()
    {
        var host = _host = await PagesHost.StartAsync(_room, _time, new PagesOptions(), sendBuffer: 4096);
        using var slow = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = 4096,
        };
        await slow.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await slow.SendAsync(Encoding.ASCII.GetBytes($"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await Until(() => host.Hub.Streams == 1, host);

        // It reads nothing. Others get everything meanwhile; then its patience is over.
        using var quick = await EventReader.OpenAsync(host);
        int walked = 0;
        long got = 0;
        using var limit = new CancellationTokenSource(Patience);
        while (host.Hub.Streams == 2)
        {
            limit.Token.ThrowIfCancellationRequested();
            for (int i = 0; i < 20; i++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(2));
                walked++;
                Assert.True(_room.Model.Apply(_room.Live(1 + (walked % 3), walked: walked)));
                host.Hub.Pulse();
            }

            got += (await quick.ForAsync(TimeSpan.FromMilliseconds(5))).Count;
        }

        Assert.Equal(1, host.Hub.Streams);
        Assert.True(got > 100, $"the quick reader got {got} events");
        host.Hub.Tick();
        Assert.NotEmpty(await quick.UntilAsync(1));
    }

    [Fact]
    public async Task A_cue_comes_in_the_readers_language()
    {
        var host = await HostAsync();
        for (int i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.2));
            _room.Model.Apply(_room.Live(1));
            _room.Model.Apply(_room.Next(1, Landing.Heel));
            host.Hub.Pulse();
        }

        using var events = await EventReader.OpenAsync(host, language: "de");
        var told = await events.UntilAsync(4);
        Assert.Contains(told, one => one.Data.Contains("ZEHEN ZUERST", StringComparison.Ordinal));
    }

    private static async Task Until(Func<bool> isSo, PagesHost host)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            host.Hub.Tick(); // whoever has gone is noticed by what is sent
            await Task.Yield();
        }
    }
}
