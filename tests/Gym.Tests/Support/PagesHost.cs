using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Backstep.Gym.Keeping;
using Backstep.Gym.Mqtt;
using Backstep.Gym.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Backstep.Gym.Tests.Support;

/// <summary>The pages on a real socket of this computer, with a made-up room behind them.</summary>
internal sealed partial class PagesHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IDisposable> _clients = [];

    private PagesHost(WebApplication app, RoomMaker room, SentCommands sent)
    {
        (_app, Room, Sent) = (app, room, sent);
        Address = new Uri(app.Urls.First());
    }

    public RoomMaker Room { get; }

    public SentCommands Sent { get; }

    public Uri Address { get; }

    public EventHub Hub => _app.Services.GetRequiredService<EventHub>();

    public static async Task<PagesHost> StartAsync(RoomMaker room, TimeProvider time, PagesOptions? options = null,
        int? sendBuffer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(GymPages.Bound).UseUrls("http://127.0.0.1:0").UseSockets(sockets =>
            sockets.CreateBoundListenSocket = at =>
            {
                var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(at);
                socket.SendBufferSize = sendBuffer ?? socket.SendBufferSize; // its connections inherit it
                return socket;
            });
        var sent = new SentCommands();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IGymStore>(room.Store);
        builder.Services.AddSingleton(room.Book);
        builder.Services.AddSingleton(room.Model);
        builder.Services.AddSingleton<ICommandSender>(sent);
        builder.Services.AddGymPages(options ?? new PagesOptions());
        var app = builder.Build();
        app.UseGymPages();
        await app.StartAsync();
        return new PagesHost(app, room, sent);
    }

    /// <summary>A browser without a script: cookies of its own, no redirect followed by itself.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = new CookieContainer(), AllowAutoRedirect = false,
        }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
        _clients.Add(client);
        return client;
    }

    /// <summary>Sends a form as its page would: with the seal that stands in it.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(HttpClient browser, string page, string action,
        params (string Name, string Value)[] fields)
    {
        string html = await browser.GetStringAsync(page);
        string seal = Seal().Match(html).Groups["seal"].Value;
        return await browser.PostAsync(action, new FormUrlEncodedContent(
            fields.Append(("seal", seal)).Select(one => KeyValuePair.Create(one.Item1, one.Item2))));
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    [GeneratedRegex("name=\"seal\" value=\"(?<seal>[^\"]+)\"")]
    private static partial Regex Seal();
}

/// <summary>Commands that would have gone to clips.</summary>
internal sealed class SentCommands : ICommandSender
{
    public ConcurrentQueue<(string Clip, string Command)> All { get; } = [];

    public bool IsAway { get; set; }

    public Task SendAsync(string clip, string command, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new MqttAwayException("the broker is away, as the test wants it");
        }

        All.Enqueue((clip, command));
        return Task.CompletedTask;
    }
}
