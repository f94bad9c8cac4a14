using System.CommandLine;
using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Terminal;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace Backstep.Gym.Commands;

/// <summary><c>backstep-gym gateway</c>: follows the clips of a room and hands on what they tell.</summary>
public static class GatewayCommand
{
    private const string UsualBroker = "mqtt://localhost";

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment)
    {
        var gym = GymOptions.Gym();
        var data = DataOption.Create();
        var broker = new BrokerOptions($"The broker, of a server or your own. Default: {UsualBroker}.");
        var radio = new RadioOptions("--name", UsualName());
        var command = new Command("gateway", "Follow the clips of a room over Bluetooth, and hand on what they tell "
            + "over MQTT. Nothing is lost when the network, the broker or this computer goes.") { gym, data };
        broker.AddTo(command);
        radio.AddTo(command);
        command.SetAction((result, _) =>
        {
            var part = radio.Part(result, GymTopics.Name(result.GetValue(gym)!, "gym"),
                DataOption.Folder(result.GetValue(data)));
            return RunAsync(environment, part, broker.Of(result, UsualBroker)!);
        });
        HelpWithExamples.Attach(command,
            [
                ("Follow all clips that are near, and hand on to a server on this computer", "backstep-gym gateway"),
                ("A second gateway, with two adapters, to a broker elsewhere",
                    "backstep-gym gateway --name upstairs --adapter hci0 --adapter hci1 --broker mqtts://gym.example "
                    + "--broker-user upstairs --broker-password-file /etc/backstep-gym/password"),
                ("Two clips alone, shown in Home Assistant too",
                    "backstep-gym gateway --only \"Clip 1\" --only \"Clip 2\" --home-assistant"),
            ],
            notes: "A clip has to be paired with this computer once: 'backstep configure' does. As a service: "
                + "'systemctl enable --now backstep-gym-gateway'.");
        return command;
    }

    // This computer's. A server has a gateway of its own by another name, and two of one name throw each other out.
    private static string UsualName()
    {
        string name = new([.. Environment.MachineName.ToLowerInvariant().Take(GymTopics.LongestName)
            .Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '-')]);
        return GymTopics.IsName(name) && name is not (GymTopics.Clips or ServeCommand.GatewayName) ? name : "gateway";
    }

    /// <summary>Runs a gateway until the environment stops, telling systemd.</summary>
    internal static async Task<int> RunAsync(ProgramEnvironment environment, GatewayPart part, BrokerAddress broker)
    {
        var notifier = new SystemdNotifier();
        using var logs = LoggerFactory.Create(builder => builder.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = notifier.IsEnabled ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple;
        }));
        var log = logs.CreateLogger("gateway");
        var service = new GatewayService(part.Options, broker, part.Adapters(environment.Time, log), environment.Time,
            log);
        await using var close = service.ConfigureAwait(false);
        await environment.Out.WriteLineAsync($"Gateway '{part.Options.Name}' of '{part.Options.Gym}', to {broker}; "
            + "Ctrl+C ends it.").ConfigureAwait(false);
        await environment.Out.FlushAsync(environment.Stop).ConfigureAwait(false);
        var notice = new ServiceNotice(notifier, environment.Time,
            ServiceNotice.WatchdogOf(Environment.GetEnvironmentVariable("WATCHDOG_USEC")));
        await Task.WhenAll(service.RunAsync(environment.Stop),
            notice.RunAsync(() => service.IsReady, () => service.IsAlive, environment.Stop)).ConfigureAwait(false);
        return GymOptions.EndOf(environment);
    }
}
