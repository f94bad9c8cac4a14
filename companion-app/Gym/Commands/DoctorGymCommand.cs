using System.CommandLine;
using Backstep.Gym.Server;
using Backstep.Link;
using Backstep.Terminal;

namespace Backstep.Gym.Commands;

/// <summary><c>backstep-gym doctor</c>: what is in the way of a gym on this computer, and what mends it.</summary>
public static class DoctorGymCommand
{
    /// <summary>Builds it.</summary>
    /// <param name="environment">Where texts go.</param>
    /// <param name="json">--json.</param>
    /// <param name="subject">What is to be looked at, as the command line says.</param>
    public static Command Build(ProgramEnvironment environment, Option<bool> json,
        Func<ParseResult, GymSubject> subject)
    {
        var acl = new Option<bool>("--acl")
        {
            Description = "Print Mosquitto's access list for the gateways and clips that are known, and nothing else.",
        };
        var command = new Command("doctor", "Look at all that a gym needs: store, broker, Bluetooth, clock, disk.")
        {
            acl,
        };
        command.SetAction((result, _) => result.GetValue(acl) ? AclAsync(environment, subject(result))
            : RunAsync(environment, subject(result), result.GetValue(json)));
        HelpWithExamples.Attach(command,
            [("Why does the board stay empty?", "backstep-gym doctor"),
                ("An access list for Mosquitto", "backstep-gym doctor --acl > acl")],
            notes: "Ends with 0 when nothing is in the way, with 5 when something is. It changes nothing.");
        return command;
    }

    private static async Task<int> RunAsync(ProgramEnvironment environment, GymSubject subject, bool json)
    {
        var checks = await new GymDoctor(subject, environment.Time).ExamineAsync(environment.Stop)
            .ConfigureAwait(false);
        bool isFine = checks.All(check => check.IsFine != false);
        if (json)
        {
            JsonText.Write(environment.Out, new GymDoctorJson(isFine, checks), GymCommandJson.Default.GymDoctorJson);
        }
        else
        {
            Write(environment.Out, checks, isFine);
        }

        return isFine ? ExitCode.Ok : ExitCode.Sensor;
    }

    private static async Task<int> AclAsync(ProgramEnvironment environment, GymSubject subject)
    {
        var store = subject.Open();
        await using (store.ConfigureAwait(false))
        {
            await store.PrepareAsync(environment.Stop).ConfigureAwait(false);
            environment.Out.Write(MosquittoAcl.Of(subject.Gym, await store.UsersAsync(environment.Stop)
                .ConfigureAwait(false), await store.ClipsAsync(environment.Stop).ConfigureAwait(false)));
        }

        return ExitCode.Ok;
    }

    private static void Write(TextWriter writer, IReadOnlyList<DoctorCheck> checks, bool isFine) =>
        DoctorLines.Write(writer, checks, isFine ? "Nothing is in the way."
            : "Something is in the way: see the lines with BAD.");
}
