using System.Net;
using Backstep.Gym.Board;
using Backstep.Gym.Gateway;
using Backstep.Gym.Keeping;
using Backstep.Gym.Mqtt;
using Backstep.Gym.Pages;
using Backstep.Gym.Server;
using Backstep.Store;
using Backstep.Walks;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace Backstep.Gym.Commands;

/// <summary>A gym's server as one process: broker (unless it is somebody else's), store, keeper, board, pages, and a
/// gateway if it has one. A part that fails for good ends all of it, in words; systemd starts it again.</summary>
internal sealed class GymHost : IAsyncDisposable
{
    // Ours: a database that starts with the computer is there within a minute.
    private const int StoreTries = 30;
    private static readonly TimeSpan BetweenStoreTries = TimeSpan.FromSeconds(2);

    private static readonly Action<ILogger, string, Exception?> LogStoreAway = LoggerMessage.Define<string>(
        LogLevel.Warning, default, "the store is not there yet, it is tried again: {Trouble}");

    private readonly ServeOptions _options;
    private readonly TimeProvider _time;
    private readonly WebApplication _app;
    private readonly List<Func<CancellationToken, Task>> _parts = [];
    private GatewayService? _gateway;

    private GymHost(ServeOptions options, TimeProvider time, WebApplication app) =>
        (_options, _time, _app) = (options, time, app);

    /// <summary>Where browsers find it, once it is started.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Where gateways find its broker.</summary>
    public BrokerAddress Broker { get; private set; } = new("127.0.0.1", BrokerAddress.PlainPort, false);

    /// <summary>Who walks where.</summary>
    public BoardModel Board => _app.Services.GetRequiredService<BoardModel>();

    /// <summary>Makes all parts; nothing listens yet.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logLevel">From where on something is told.</param>
    public static GymHost Create(ServeOptions options, TimeProvider time, LogLevel logLevel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = GymRoot.Name, ContentRootPath = options.DataFolder,
        });
        builder.Logging.ClearProviders().SetMinimumLevel(logLevel).AddFilter("Microsoft", LogLevel.Warning)
            // Its keys lie beside the store, which is nobody else's to read.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "))
            .AddConsole(console => console.FormatterName = SystemdHelpers.IsSystemdService()
                ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            GymPages.Bound(kestrel);
            kestrel.Listen(options.Listen, options.Port, listen =>
            {
                if (options.CertificateFile is { } file)
                {
                    listen.UseHttps(TlsCertificate.Read(file));
                }
            });
        });
        AddParts(builder.Services, options, time);
        var app = builder.Build();
        app.UseGymPages();
        app.MapGymHealth();
        app.MapGymMetrics();
        return new GymHost(options, time, app);
    }

    /// <summary>Runs until cancelled.</summary>
    /// <param name="ready">Called once everything listens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ExplainedException">A part failed for good.</exception>
    public async Task RunAsync(Action<GymHost> ready, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await StartAsync(end.Token).ConfigureAwait(false);
            ready(this);
            Task[] running = [.. _parts.Select(part => Task.Run(() => part(end.Token), CancellationToken.None))];
            var first = await Task.WhenAny([.. running, Never(end.Token)]).ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested)
            {
                await first.ConfigureAwait(false); // says why
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gateway is { } gateway)
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
        }

        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static void AddParts(IServiceCollection services, ServeOptions options, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton(GymStores.Open(options.Store, options.DataFolder, time));
        services.AddSingleton<IGymStore>(all => all.GetRequiredService<GymStore>());
        services.AddSingleton<IClipRegister>(all => all.GetRequiredService<GymStore>());
        services.AddGymMetrics();
        services.AddSingleton(all => new ClipOwners(all.GetRequiredService<IGymStore>(),
            all.GetRequiredService<IClipRegister>(), time, all.GetRequiredService<GymMetrics>(), Log(all, "owners")));
        services.AddSingleton(all => new EmbeddedBroker(
            new EmbeddedBrokerOptions(options.MqttListen, options.MqttPort)
            {
                CertificateFile = IPAddress.IsLoopback(options.MqttListen) ? null : options.CertificateFile,
            },
            new BrokerGuests(all.GetRequiredService<IGymStore>(), time, IPAddress.IsLoopback(options.MqttListen)),
            new BrokerRules(options.Gym, all.GetRequiredService<ClipOwners>()), all.GetRequiredService<GymMetrics>(),
            Log(all, "broker")));

        string suffix = options.ServerName is { } name ? $"-{name}" : "";
        services.AddSingleton(new BoardOptions { Units = options.Units });
        services.AddSingleton<RoomBook>().AddSingleton<BoardModel>();
        services.AddSingleton(all => new BoardFeed(all.GetRequiredService<BoardModel>(),
            BrokerFor(all, options, GymRole.Server, "board"), options.Gym, $"backstep-board-{options.Gym}{suffix}",
            time, all.GetRequiredService<ILogger<BoardFeed>>()));
        services.AddSingleton(all => new StrideKeeper(BrokerFor(all, options, GymRole.Server, "keeper"),
            new KeeperOptions(options.Gym, $"backstep-keeper-{options.Gym}{suffix}",
                options.ServerName == null ? null : $"backstep-{options.Gym}"),
            all.GetRequiredService<IGymStore>(), all.GetRequiredService<ClipOwners>(),
            all.GetRequiredService<GymMetrics>(), all.GetRequiredService<GymHealth>(), time, Log(all, "keeper")));
        services.AddSingleton(all => new ClipWatch(BrokerFor(all, options, GymRole.Server, "watch"), options.Gym,
            $"backstep-watch-{options.Gym}{suffix}", all.GetRequiredService<ClipOwners>(),
            all.GetRequiredService<GymMetrics>(), time, Log(all, "watch")));
        services.AddSingleton(all => new GymRetention(all.GetRequiredService<IGymStore>(), time,
            Log(all, "retention")));
        services.AddSingleton<ICommandSender>(all =>
            new CommandSender(all.GetRequiredService<BoardFeed>().Peer, options.Gym, time));
        services.AddGymPages(new PagesOptions
        {
            IsOnNetwork = !options.IsLocal,
            AllowedHosts = options.AllowedHosts,
            TrustedProxies = options.TrustedProxies,
            Language = options.Language,
            PublicAddress = options.PublicAddress,
        });
    }

    private static BrokerAddress BrokerFor(IServiceProvider all, ServeOptions options, GymRole role, string name) =>
        options.Broker ?? all.GetRequiredService<EmbeddedBroker>().Inside(role, name);

    private static ILogger Log(IServiceProvider all, string name) =>
        all.GetRequiredService<ILoggerFactory>().CreateLogger(name);

    private async Task StartAsync(CancellationToken stop)
    {
        var all = _app.Services;
        await PrepareAsync(all, stop).ConfigureAwait(false);
        await RefuseOpenNetworkAsync(all.GetRequiredService<IGymStore>(), stop).ConfigureAwait(false);
        if (_options.Broker == null)
        {
            var broker = all.GetRequiredService<EmbeddedBroker>();
            await broker.StartAsync().ConfigureAwait(false);
            Broker = broker.Outside;
        }
        else
        {
            Broker = _options.Broker;
        }

        await all.GetRequiredService<RoomBook>().ReloadAsync(stop).ConfigureAwait(false);
        var keeper = all.GetRequiredService<StrideKeeper>();
        var owners = all.GetRequiredService<ClipOwners>();
        await owners.RefreshAsync(stop).ConfigureAwait(false);
        all.GetRequiredService<GymMetrics>().Watch(owners, () => keeper.IsConnected);
        _parts.AddRange([keeper.RunAsync, all.GetRequiredService<BoardFeed>().RunAsync,
            all.GetRequiredService<ClipWatch>().RunAsync, all.GetRequiredService<GymRetention>().RunAsync]);
        if (_options.Gateway is { } part)
        {
            var log = Log(all, "gateway");
            _gateway = new GatewayService(part.Options, BrokerFor(all, _options, GymRole.Gateway, part.Options.Name),
                part.Adapters(_time, log), _time, log);
            _parts.Add(_gateway.RunAsync);
        }

        // The parts run once everything listens: ready from the first look on.
        var notice = new ServiceNotice(new SystemdNotifier(), _time,
            ServiceNotice.WatchdogOf(Environment.GetEnvironmentVariable("WATCHDOG_USEC")));
        _parts.Add(end => notice.RunAsync(() => true, () => _gateway?.IsAlive != false, end));
        await ListenAsync(stop).ConfigureAwait(false);
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        try
        {
            await _app.StartAsync(stop).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new BadRequestException(FormattableString.Invariant(
                $"{_options.Listen}:{_options.Port} cannot be listened on: {OneLine.Of(e.Message).TrimEnd('.')}. ")
                + "Another program may hold the port; take another one with --port.", e);
        }

        var bound = new Uri(_app.Urls.First());
        Address = _options.PublicAddress ?? (IPAddress.Any.Equals(_options.Listen)
            || IPAddress.IPv6Any.Equals(_options.Listen)
            ? new UriBuilder(bound) { Host = System.Net.Dns.GetHostName() }.Uri : bound);
    }

    // A database in another process may start after this one: it is waited for, in words.
    private static async Task PrepareAsync(IServiceProvider all, CancellationToken stop)
    {
        var store = all.GetRequiredService<IGymStore>();
        var log = Log(all, "store");
        for (int tries = 1; ; tries++)
        {
            try
            {
                await store.PrepareAsync(stop).ConfigureAwait(false);
                return;
            }
            catch (StoreException e) when (tries < StoreTries)
            {
                LogStoreAway(log, OneLine.Of(e.Message), null);
                await Task.Delay(BetweenStoreTries, TimeProvider.System, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Nobody listens on a network without a password for staff.</summary>
    private async Task RefuseOpenNetworkAsync(IGymStore store, CancellationToken stop)
    {
        if (!_options.IsLocal
            && !(await store.UsersAsync(stop).ConfigureAwait(false)).Any(user => user.Role == GymRole.Staff))
        {
            throw new BadRequestException(FormattableString.Invariant($"to listen on {_options.Listen} it wants ")
                + "a password for staff first: "
                + $"'{GymRoot.Name} user add NAME --role staff'. For TLS give --certificate, or put a reverse proxy in "
                + "front and name it by --proxy.");
        }
    }

    private static Task Never(CancellationToken stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop);
}
