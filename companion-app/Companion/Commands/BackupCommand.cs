using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Files;
using Backstep.Terminal;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep backup FILE</c>: a copy of all that is kept, as it is at one moment.</summary>
public static class BackupCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var file = new Argument<string>("file") { Description = "The file to write." };
        var store = new StoreOptions();
        var force = new Option<bool>("--force") { Description = "Replace the file if there is one." };
        var command = new Command("backup",
            "Copy all sessions, walkers and notes into one file, also while a session goes on.");
        command.Arguments.Add(file);
        command.Options.Add(store.Data);
        command.Options.Add(force);
        command.SetAction(result =>
        {
            string path = result.GetValue(file)!;
            string? from = store.PathOf(result, environment);
            if (from == null || !File.Exists(from))
            {
                throw new CommandException(ExitCode.BadInput, "there is nothing to back up: no session was kept yet.");
            }

            if (CommonOptions.IsSameFile(path, from))
            {
                throw new CommandException(ExitCode.Usage, "a store cannot be its own backup. Give another file.");
            }

            using var archive = store.OpenForReading(result, environment);
            using (var target = AtomicFile.CreateBackup(path, result.GetValue(force)))
            {
                target.Fill(archive.CopyTo);
            }

            int sessions = archive.Summaries().Count;
            Confirmation.Done(
                environment, result.GetValue(json), new DoneJson("backed-up", path, sessions),
                string.Create(CultureInfo.InvariantCulture,
                    $"{sessions} {(sessions == 1 ? "session is" : "sessions are")} in {path}."));
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("", "backstep backup backstep-2026-03.db"),
                ("To use a backup: look at it where it is, ...", "mkdir old && cp backstep-2026-03.db old/sessions.db"),
                ("", "backstep sessions --data old"),
                ("... or put it in the place of the store (rename that first)",
                    "cp backstep-2026-03.db ~/.local/share/backstep/sessions.db"),
            ],
            notes: "The copy is checked before it appears; a backup that fails leaves nothing behind, and the store "
                + "as it was.");
        return command;
    }
}
