using System.CommandLine;
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
}
