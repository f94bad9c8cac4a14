using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Link;
using Backstep.Terminal;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep doctor</c>: what Bluetooth lacks on this computer, and the command that mends it.</summary>
public static class DoctorCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var command = new Command("doctor",
            "Explain what is wrong with Bluetooth on this computer, and what mends it.");
        command.SetAction((result, _) => RunAsync(environment, result.GetValue(json)));
        HelpWithExamples.Attach(
            command,
            [("Why does 'backstep scan' find nothing?", "backstep doctor"),
                ("For a bug report", "backstep doctor --json")],
            notes: "Ends with 0 when Bluetooth can be used, with 5 when something is in its way. It changes nothing.");
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, bool json)
    {
        var checks = await environment.ExamineBluetooth(environment.Stop).ConfigureAwait(false);
        bool isFine = checks.All(check => check.IsFine != false);
        if (json)
        {
            JsonOutput.Write(environment.Out, new DoctorJson(isFine, checks), JsonOutput.Context.DoctorJson);
        }
        else
        {
            Write(environment.Out, checks, isFine);
        }

        return isFine ? ExitCode.Ok : ExitCode.Sensor;
    }

    private static void Write(TextWriter writer, IReadOnlyList<DoctorCheck> checks, bool isFine) =>
        DoctorLines.Write(writer, checks, isFine ? "Bluetooth can be used. Next: 'backstep scan'."
            : "Bluetooth cannot be used yet. 'backstep demo' and 'backstep replay' work without it.");
}
