using System.CommandLine;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary>The command tree of the laboratory.</summary>
public static class LabRoot
{
    /// <summary>What the program is called.</summary>
    public const string Name = "backstep-lab";

    /// <summary>Builds it.</summary>
    public static RootCommand Build(ProgramEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text.",
            Recursive = true };
        var root = ProgramRoot.Of(
            "How good the sensor's engine is: held against recordings with references, and against simulated walkers "
            + "whose every number is known.",
            json,
            environment,
            ProgramRoot.VersionOf(typeof(LabRoot)));
        root.Subcommands.Add(RecordingsCommand.Build(environment, json));
        root.Subcommands.Add(SimulatedWalkersCommand.Build(environment, json));
        root.Subcommands.Add(InclineCommand.Build(environment, json));
        root.Subcommands.Add(RailsCommand.Build(environment, json));
        HelpWithExamples.Attach(
            root,
            [
                ("Recordings with references", "backstep-lab recordings DIR --check"),
                ("500 simulated walkers; fail if a target is missed", "backstep-lab walkers --check"),
                ("The belt's incline, told by the shoe", "backstep-lab incline --check"),
                ("Held rails, told of simulated walkers", "backstep-lab rails --check"),
            ],
            program: new ProgramHelp(Name));
        return root;
    }
}
