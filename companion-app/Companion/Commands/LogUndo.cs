using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep log undo</c>: takes the last note back, as if it had never been made.</summary>
internal static class LogUndo
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var storage = new StoreOptions();
        var yes = Confirmation.Option();
        var command = new Command("undo", "Take the last note back: mistyped pain, a walk, words.");
        command.Options.Add(yes);
        storage.AddTo(command);
        command.SetAction(result => Undo(environment, storage, result, result.GetValue(yes), result.GetValue(json)));
        HelpWithExamples.Attach(command, [("I meant 2, not 8", "backstep log undo"),
            ("Then once more", "backstep log pain 2")],
            notes: "Pain of 6 or more is a reason to stop for the day, and a lower number later does not undo that. To "
                + "take it back is for a number that was mistyped, so it is asked whether it was (--yes answers).");
        return command;
    }

    private static int Undo(CommandEnvironment environment, StoreOptions storage, ParseResult result, bool isSaid,
        bool json)
    {
        using var archive = storage.OpenForReading(result, environment);
        if (storage.WhoseSessions(result, archive) is not { } walker || archive.LastNote(walker.Id) is not { } last)
        {
            throw new CommandException(ExitCode.Usage, "there is no note to take back.");
        }

        string words = last.Pain is { } pain
            ? string.Create(CultureInfo.InvariantCulture,
                $"pain {pain.Level} of {Dose.MostPain}, {LogCommand.Describe(pain.Moment)}, noted on {pain.At:d MMMM}")
            : LogNotes.Words(last.Note!);
        bool isAlarm = last.Pain?.Level > Dose.AcceptablePain;
        if (isAlarm && !Confirmation.IsGiven(environment, isSaid,
            $"{words}: this is a reason to stop. Take it back only if it was mistyped. Was it?"))
        {
            return Confirmation.Refused(environment);
        }

        using var writable = storage.Open(result, environment);
        writable.Undo(walker.Id);
        var plan = PlanCommand.PlanOf(writable, walker, environment);
        if (json)
        {
            JsonOutput.Write(environment.Out,
                new NoteJson(walker.Name, "taken back", last.Pain?.At ?? last.Note!.At,
                    last.Note?.Walked?.TotalMinutes, last.Note?.Text, last.Pain?.Level, PlanWords.Word(plan.Advice)),
                JsonOutput.Context.NoteJson);
            return ExitCode.Ok;
        }

        return LogCommand.Done(environment, "taken back", walker, words, plan);
    }
}
