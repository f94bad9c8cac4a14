using System.CommandLine;
using Backstep.BlueZ;
using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Link;
using Backstep.Link.BlueZ;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace Backstep.Gym.Commands;

/// <summary><c>backstep-gym gateway</c>: follows the clips of a room and hands on what they tell.</summary>
public static class GatewayCommand
{
    /// <summary>The variable with the password for the broker.</summary>
    public const string PasswordVariable = "BACKSTEP_BROKER_PASSWORD";

    private const int MostLinks = 64; // ours: no adapter holds so many

    private const string UsualGym = "gym";
    private const string UsualName = "gateway";
    private const string UsualBroker = "mqtt://localhost";

    /// <summary>Builds it.</summary>
    /// <param name="environment">Texts out, and the wish to stop.</param>
    /// <param name="openRoom">Opens the Bluetooth of simulated clips at HOST:PORT; null where there is none.</param>
    public static Command Build(ProgramEnvironment environment,
        Func<string, CancellationToken, Task<IBluetooth>>? openRoom = null)
    {
        var command = new Command("gateway", "Follow the clips of a room over Bluetooth, and hand on what they tell "
            + "over MQTT. Nothing is lost when the network, the broker or this computer goes.");
        var gym = Text("--gym", "The gym's name in topics.", "NAME", UsualGym);
        var name = Text("--name", "This gateway's name in topics, and its user at an embedded broker.", "NAME",
            UsualName);
        var broker = Text("--broker", "The broker; mqtts:// for TLS.", "mqtt://HOST[:PORT]", UsualBroker);
        var user = Text("--broker-user", $"User at the broker; the password by {PasswordVariable} or a file.", "NAME");
        var passwordFile = Text("--broker-password-file", "A file whose first line is the password.", "FILE");
        var authority = Text("--broker-ca", "A certificate authority to trust besides the system's.", "FILE");
        var data = Text("--data", "The folder of the outbox: what the server does not have yet.", "DIR");
        var adapters = Many("--adapter", "A Bluetooth adapter, such as hci1; may be given several times. Default: "
            + "the first that is on.", "hciN");
        var links = NumberOption.Whole("--links", "The most clips that one adapter is linked to at once.",
            GatewayOptions.UsualLinks, MostLinks);
        var only = Many("--only", "Follow only these clips, by id, address or name.", "CLIP");
        var home = new Option<bool>("--home-assistant") { Description = "Tell Home Assistant of the clips." };
        var forget = new Option<bool>("--forget-home-assistant") { Description = "Take the clips out of Home "
            + "Assistant again." };
        var room = Text("--room", "Follow the simulated clips of a 'backstep-gym demo' elsewhere, not real ones.",
            "HOST:PORT");
        foreach (Option option in (Option[])[gym, name, broker, user, passwordFile, authority, data, adapters, links,
            only, home, forget, room])
        {
            command.Options.Add(option);
        }

        command.SetAction((result, _) => RunAsync(environment,
            new GatewayOptions(GymTopics.Name(result.GetValue(gym)!, "gym"),
                GymTopics.Name(result.GetValue(name)!, "gateway"))
            {
                DataFolder = result.GetValue(data) ?? Path.Combine(DataFolder.OfThisUser(), "gateway"),
                LinksPerAdapter = result.GetValue(links) ?? GatewayOptions.UsualLinks,
                Only = result.GetValue(only) ?? [],
                IsSimulated = result.GetValue(room) != null,
                HomeAssistantPrefix = result.GetValue(home) || result.GetValue(forget) ? HomeAssistant.UsualPrefix
                    : null,
                ForgetsHomeAssistant = result.GetValue(forget),
            },
            BrokerAddress.Parse(result.GetValue(broker)!) with
            {
                User = result.GetValue(user),
                Password = Password(result.GetValue(passwordFile)),
                AuthorityFile = result.GetValue(authority),
            },
            Openers(result.GetValue(adapters) ?? [], result.GetValue(room), openRoom)));
        HelpWithExamples.Attach(command,
            [
                ("Follow all clips that are near, and hand on to a server on this computer", "backstep-gym gateway"),
                ("A second gateway, with two adapters, to a broker elsewhere",
                    "backstep-gym gateway --name upstairs --adapter hci0 --adapter hci1 --broker mqtts://gym.example "
                    + "--broker-user upstairs --broker-password-file /etc/backstep-gym/password"),
                ("Two clips alone, shown in Home Assistant too",
                    "backstep-gym gateway --only \"Clip 1\" \"Clip 2\" --home-assistant"),
            ],
            notes: "A clip has to be paired with this computer once: 'backstep configure' does. As a service: "
                + "'systemctl enable --now backstep-gym-gateway'.");
        return command;
    }

    /// <summary>Runs a gateway until the environment stops, telling systemd.</summary>
    internal static async Task<int> RunAsync(ProgramEnvironment environment, GatewayOptions options,
        BrokerAddress broker, IReadOnlyList<(string Name, Func<CancellationToken, Task<IBluetooth>> Open)> openers)
    {
        var notifier = new SystemdNotifier();
        using var logs = LoggerFactory.Create(builder => builder.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = notifier.IsEnabled ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple;
        }));
        var log = logs.CreateLogger("gateway");
        var service = new GatewayService(options, broker,
            [.. openers.Select(one => new RadioAdapter(one.Name, one.Open, environment.Time, log))], environment.Time,
            log);
        await using var close = service.ConfigureAwait(false);
        await environment.Out.WriteLineAsync($"Gateway '{options.Name}' of '{options.Gym}', to {broker}; Ctrl+C ends "
            + "it.").ConfigureAwait(false);
        await environment.Out.FlushAsync(environment.Stop).ConfigureAwait(false);
        var notice = new GatewayNotice(notifier, environment.Time,
            GatewayNotice.WatchdogOf(Environment.GetEnvironmentVariable("WATCHDOG_USEC")));
        await Task.WhenAll(service.RunAsync(environment.Stop),
            notice.RunAsync(() => service.IsReady, () => service.IsAlive, environment.Stop)).ConfigureAwait(false);
        return environment.StopExitCode;
    }

    private static IReadOnlyList<(string, Func<CancellationToken, Task<IBluetooth>>)> Openers(string[] adapters,
        string? room, Func<string, CancellationToken, Task<IBluetooth>>? openRoom)
    {
        if (room != null)
        {
            return openRoom != null ? [("room", stop => openRoom(room, stop))]
                : throw new BadRequestException("this program has no simulated clips: leave --room out.");
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new BluetoothUnavailableException("a gateway follows clips on Linux only yet. 'backstep-gym demo' "
                + "works here.");
        }

        if (adapters.Length == 0)
        {
            return [(SystemBus.Adapter ?? "bluetooth", Opener(SystemBus.Adapter))];
        }

        return [.. adapters.Distinct(StringComparer.Ordinal).Select(one => (one, Opener(one)))];
    }

    private static Func<CancellationToken, Task<IBluetooth>> Opener(string? adapter) => async stop =>
        await BlueZCentral.OpenAsync(SystemBus.Address, BlueZPatience.Usual, stop, new BlueZChoice(adapter))
            .ConfigureAwait(false);

    private static string? Password(string? file)
    {
        if (file == null)
        {
            return Environment.GetEnvironmentVariable(PasswordVariable);
        }

        try
        {
            return File.ReadLines(file).FirstOrDefault() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadRequestException($"cannot read the password: {OneLine.Of(e.Message).TrimEnd('.')}.", e);
        }
    }

    private static Option<string?> Text(string name, string description, string helpName, string? usual = null)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        if (usual != null)
        {
            option.DefaultValueFactory = _ => usual;
        }

        return option;
    }

    private static Option<string[]> Many(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        AllowMultipleArgumentsPerToken = true,
    };
}
