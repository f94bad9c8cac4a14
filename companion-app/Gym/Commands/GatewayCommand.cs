using System.CommandLine;
using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;
using Backstep.Terminal;
using Backstep.Walks;

namespace Backstep.Gym.Commands;

/// <summary><c>backstep-gym gateway</c>: the clips near this computer, onto a broker.</summary>
public static class GatewayCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment)
    {
        var gym = GymOptions.Gym();
        var data = DataOption.Create();
        var broker = new BrokerOptions("The broker, of a server or your own.");
        var radio = new RadioOptions("--name");
        var command = new Command("gateway", "Follow the clips near this computer, and tell of them on MQTT.")
        {
            gym, data,
        };
        broker.AddTo(command);
        radio.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            string name = GymTopics.Name(result.GetValue(gym)!, "gym");
            string folder = DataOption.Folder(result.GetValue(data));
            var part = radio.Part(result, name, folder);
            var address = broker.Of(result) ?? throw new BadRequestException("a gateway wants a broker: "
                + "--broker mqtt://HOST, or mqtts://HOST with TLS.");
            using var logs = LoggerFactory.Create(log => log.AddSimpleConsole(console =>
                (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss ")));
            var to = logs.CreateLogger("gateway");
            var gateway = new GatewayService(part.Options, address, part.Adapters(environment.Time, to),
                environment.Time, to);
            await using var close = gateway.ConfigureAwait(false);
            await gateway.RunAsync(environment.Stop).ConfigureAwait(false);
            return environment.StopExitCode == ExitCode.Terminated ? ExitCode.Ok : environment.StopExitCode;
        });
        return command;
    }
}
