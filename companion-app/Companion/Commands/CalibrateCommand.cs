using System.CommandLine;
using Backstep.Terminal;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep calibrate</c>: what a sensor must learn about its walker, step by step.</summary>
public static class CalibrateCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var command = new Command("calibrate",
            "Teach a sensor how it sits, and how you walk with the rails held and free, guided.");
        command.Subcommands.Add(CalibrateMountCommand.Build(environment, json));
        command.Subcommands.Add(CalibrateRailsCommand.Build(environment, json));
        HelpWithExamples.Attach(command,
            [("How the sensor sits on the shoe", "backstep calibrate mount --sensor Backstep"),
                ("How steady you are with and without the rails",
                    "backstep calibrate rails --sensor Backstep --incline 5")]);
        return command;
    }
}
