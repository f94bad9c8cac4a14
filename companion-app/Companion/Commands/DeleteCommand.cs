using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep delete ID</c>: forgets a session.</summary>
public static class DeleteCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var id = StoreOptions.SessionArgument();
        var store = new StoreOptions();
        var yes = Confirmation.Option();
        var command = new Command("delete",
            "Delete a session for good: its strides, marks, and what was noted about pain with it.");
        command.Arguments.Add(id);
        command.Options.Add(store.Data);
        command.Options.Add(yes);
        command.SetAction(result =>
        {
            using (var look = store.OpenForReading(result, environment))
            {
                var session = StoreOptions.Session(look, result.GetValue(id)).Summary;
                if (session.IsOpen)
                {
                    throw new CommandException(ExitCode.Usage,
                        $"session {session.Header.Id} goes on, or broke off less than a minute ago. End it first, "
                        + $"or wait.");
                }

                string what = string.Create(
                    CultureInfo.InvariantCulture,
                    $"session {session.Header.Id} of {session.Header.StartedAt:yyyy-MM-dd HH:mm} "
                    + $"({SessionText.Clock(session.Totals.Active)})");
                if (!Confirmation.IsGiven(environment, result.GetValue(yes), $"Delete {what} for good?"))
                {
                    return Confirmation.Refused(environment);
                }
            }

            using var archive = store.Open(result, environment);
            if (!archive.Delete(result.GetValue(id)))
            {
                throw StoreOptions.NoSession(result.GetValue(id));
            }

            Confirmation.Done(environment, result.GetValue(json),
                new DoneJson("deleted", result.GetValue(id).ToString(CultureInfo.InvariantCulture), 1),
                $"Session {result.GetValue(id)} is deleted.");
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [("Asks first", "backstep delete 12"), ("In a script", "backstep delete 12 --yes"),
                ("A copy of everything before", "backstep backup before.db")]);
        return command;
    }
}
