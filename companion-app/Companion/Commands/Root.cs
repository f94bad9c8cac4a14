using System.CommandLine;
using Backstep.Terminal;

namespace Backstep.Companion.Commands;

/// <summary>The command tree.</summary>
public static class Root
{
    /// <summary>Version of this build, without the commit.</summary>
    public static string Version { get; } = ProgramRoot.VersionOf(typeof(Root));

    /// <summary>Builds it.</summary>
    public static RootCommand Build(CommandEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text.",
            Recursive = true };
        var root = ProgramRoot.Of(
            "Backstep knows backward treadmill walking. A sensor on the shoe tells toe-first from heel-first steps; "
            + "this program shows, coaches, keeps and replays them.",
            json,
            environment,
            Version);
        root.Subcommands.Add(DemoCommand.Build(environment, json));
        root.Subcommands.Add(ScanCommand.Build(environment, json));
        root.Subcommands.Add(LiveCommand.Build(environment, json));
        root.Subcommands.Add(SensorCommand.Build(environment, json));
        root.Subcommands.Add(PlanCommand.Build(environment, json));
        root.Subcommands.Add(LogCommand.Build(environment, json));
        root.Subcommands.Add(SettingsCommand.Build(environment, json));
        root.Subcommands.Add(DoctorCommand.Build(environment, json));
        root.Subcommands.Add(ConfigureCommand.Build(environment, json));
        root.Subcommands.Add(CalibrateCommand.Build(environment, json));
        root.Subcommands.Add(RecordCommand.Build(environment, json));
        root.Subcommands.Add(ReplayCommand.Build(environment, json));
        root.Subcommands.Add(SessionsCommand.Build(environment, json));
        root.Subcommands.Add(ShowCommand.Build(environment, json));
        root.Subcommands.Add(TrendsCommand.Build(environment, json));
        root.Subcommands.Add(DeleteCommand.Build(environment, json));
        root.Subcommands.Add(WalkersCommand.Build(environment, json));
        root.Subcommands.Add(BackupCommand.Build(environment, json));
        root.Subcommands.Add(ReportCommand.Build(environment, json));
        root.Subcommands.Add(ExportCommand.Build(environment, json));
        root.Subcommands.Add(ImportCommand.Build(environment, json));
        root.Subcommands.Add(FlashCommand.Build(environment, json));
        root.Subcommands.Add(CompletionCommand.Build(environment));
        AddPasskey(root, SensorOptions.Passkey(), environment);
        HelpWithExamples.Attach(
            root,
            [
                ("See the sensor's own program walk backward, simulated, on this computer", "backstep demo"),
                ("The same, as fast as possible, for a script", "backstep demo --seconds 60 --fast --json"),
                ("What to walk today, and why; then note the pain before it", "backstep plan"),
                ("", "backstep log pain 2"),
                ("Make a recording, then run the sensor's engine over it", "backstep record --out walk.csv"),
                ("", "backstep replay walk.csv --events steps.csv"),
            ],
            program: new ProgramHelp(
                "backstep",
                ("NO_COLOR", "set to anything: no colours (shapes and words say the same)"),
                ("LC_MEASUREMENT", "the region whose units are shown, unless --units or 'settings' says"),
                ("BACKSTEP_DATA", "the folder in which sessions are kept, unless --data names one"),
                ("BACKSTEP_ADAPTER", "the Bluetooth adapter to use, such as hci1 (Linux)"),
                ("BACKSTEP_DEBUG", "1: a fault shows where in the program it happened")));
        return root;
    }

    /// <summary>Every command that may connect to a sensor takes its passkey.</summary>
    private static void AddPasskey(Command command, Option<uint?> passkey, CommandEnvironment environment)
    {
        foreach (var child in command.Subcommands)
        {
            AddPasskey(child, passkey, environment);
        }

        if (command.Options.Any(option => option.Name == "--sensor"))
        {
            command.Options.Add(passkey);
            command.Validators.Add(result =>
                environment.Passkey = result.GetResult(passkey)?.Tokens is [var word, ..]
                    && SensorOptions.TryReadPasskey(word.Value, out uint given) ? given : null);
        }
    }
}
