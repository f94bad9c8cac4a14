using System.CommandLine;
using System.Net;
using Backstep.Gym.Messages;
using Backstep.Gym.Server;
using Backstep.Terminal;

namespace Backstep.Gym.Commands;

/// <summary>The command tree.</summary>
public static class GymRoot
{
    /// <summary>What the program is called.</summary>
    public const string Name = "backstep-gym";

    /// <summary>Version of this build, without the commit.</summary>
    public static string Version { get; } = ProgramRoot.VersionOf(typeof(GymRoot));

    /// <summary>Builds it.</summary>
    public static RootCommand Build(ProgramEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text.", Recursive = true };
        var root = ProgramRoot.Of(
            "A gym's room of belts on one board: clips on shoes, a gateway in the room, a page on the wall. Nobody "
            + "types into a terminal, and nothing is lost when a cable is pulled.",
            json,
            environment,
            Version);
        root.Subcommands.Add(GymDemoCommand.Build(environment));
        root.Subcommands.Add(ServeCommand.Build(environment));
        root.Subcommands.Add(GatewayCommand.Build(environment));
        root.Subcommands.Add(RoomCommand.Build(environment, json));
        var users = new StoreChoice(environment.Time);
        root.Subcommands.Add(users.AddBelow(UserCommand.Build(environment, json, users.Open)));
        root.Subcommands.Add(Doctor(environment, json));
        HelpWithExamples.Attach(
            root,
            [
                ("See a room of twelve belts, simulated, on this computer", "backstep-gym demo"),
                ("The gym's own: clips near this computer, the board on this computer", "backstep-gym serve"),
                ("What this computer lacks for it", "backstep-gym doctor"),
            ],
            program: new ProgramHelp(
                Name,
                ("BACKSTEP_DATA", "the folder in which the gym is kept, unless --data names one"),
                ("BACKSTEP_BROKER_PASSWORD", "the password of --broker-user at the broker"),
                ("BACKSTEP_DEBUG", "1: a fault shows where in the program it happened")));
        return root;
    }

    private static Command Doctor(ProgramEnvironment environment, Option<bool> json)
    {
        var gym = GymOptions.Gym();
        var kept = new StoreChoice(environment.Time);
        var broker = new BrokerOptions("The broker that is to be reached. Default: the one within 'serve'.");
        var listen = GymOptions.Address("--listen", "The address that 'serve' is to listen on.");
        var certificate = new Option<string?>("--certificate") { Description = "The certificate that 'serve' is given.",
            HelpName = "FILE" };
        var command = DoctorGymCommand.Build(environment, json, result => new GymSubject(
            GymTopics.Name(result.GetValue(gym)!, "gym"), kept.Folder(result), () => kept.Open(result),
            broker.Of(result), result.GetValue(listen) ?? IPAddress.Loopback, result.GetValue(certificate) != null));
        command.Options.Add(gym);
        kept.AddTo(command);
        broker.AddTo(command);
        command.Options.Add(listen);
        command.Options.Add(certificate);
        return command;
    }
}
