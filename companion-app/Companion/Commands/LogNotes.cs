using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep log walk MINUTES</c> and <c>log note TEXT</c>: a walk without the sensor, and what is worth
/// remembering.</summary>
internal static class LogNotes
{
    private const int LongestMinutes = 60;

    private static readonly string[] Modes = ["treadmill", "hill", "sled"];

    /// <summary><c>log walk</c>.</summary>
    public static Command Walk(CommandEnvironment environment, Option<bool> json)
    {
        var storage = new StoreOptions();
        var minutes = new Argument<double>("minutes")
        {
            Description = "Minutes walked backward.",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                    out double value) || value is <= 0 or > LongestMinutes)
                {
                    result.AddError($"minutes is a number above 0, up to {LongestMinutes}, not '{OneLine.Of(text)}'");
                }

                return value;
            },
        };
        var day = StoreOptions.DateOption("--on", "The day of it. Default: today.");
        var mode = new Option<string>("--mode") { Description = "Where it was walked.",
            HelpName = string.Join('|', Modes), DefaultValueFactory = _ => Modes[0] };
        mode.AcceptOnlyFromAmong(Modes);
        var command = new Command("walk", "Note a walk without a sensor, in minutes: the plan counts it.");
        command.Arguments.Add(minutes);
        command.Options.Add(day);
        command.Options.Add(mode);
        storage.AddTo(command);
        command.SetAction(result => Keep(environment, storage, result, result.GetValue(json), (walker, now) =>
            new WalkerNote(walker, When(result.GetValue(day), now, environment))
            {
                Walked = TimeSpan.FromMinutes(result.GetValue(minutes)),
                Mode = Enum.Parse<WalkMode>(result.GetValue(mode)!, ignoreCase: true),
            }));
        HelpWithExamples.Attach(
            command,
            [
                ("Four minutes today", "backstep log walk 4"),
                ("Two minutes up a hill, on another day", "backstep log walk 2 --mode hill --on 2026-03-02"),
            ],
            notes: "Minutes that the walker tells count towards the plan as those that a sensor counted; there is "
                + "nothing to show of how the foot came down.");
        return command;
    }

    /// <summary><c>log note</c>.</summary>
    public static Command Text(CommandEnvironment environment, Option<bool> json)
    {
        var storage = new StoreOptions();
        var text = new Argument<string>("text") { Description = "What is worth remembering." };
        var command = new Command("note", "Note something in words: shown by the programme's report.");
        command.Arguments.Add(text);
        storage.AddTo(command);
        command.Validators.Add(result =>
        {
            string words = result.GetValue(text)?.Trim() ?? "";
            if (words.Length is 0 or > WalkerNote.LongestText || words.Any(char.IsControl))
            {
                result.AddError($"a note is one line of 1 to {WalkerNote.LongestText} characters");
            }
        });
        command.SetAction(result => Keep(environment, storage, result, result.GetValue(json),
            (walker, now) => new WalkerNote(walker, now) { Text = result.GetValue(text)!.Trim() }));
        HelpWithExamples.Attach(command, [("New shoes", "backstep log note \"new shoes\"")]);
        return command;
    }

    /// <summary>A note in words.</summary>
    public static string Words(WalkerNote note) => note.Walked is { } walked
        ? string.Create(CultureInfo.InvariantCulture,
            $"{walked.TotalMinutes:0.#} minutes walked on {note.At:d MMMM}{Where(note.Mode)}, without a sensor")
        : $"\"{note.Text}\"";

    private static string Where(WalkMode mode) => mode switch
    {
        WalkMode.Hill => " up a hill",
        WalkMode.Sled => " with a sled",
        _ => "",
    };

    private static DateTimeOffset When(DateOnly? day, DateTimeOffset now, CommandEnvironment environment)
    {
        var today = DateOnly.FromDateTime(now.DateTime);
        return day is not { } told || told == today ? now
            : told > today ? throw new CommandException(ExitCode.Usage,
                "--on is a day to come: a walk is noted when it has been walked.")
            : StoreOptions.StartOf(told, environment)!.Value.AddHours(12); // at what time is not known
    }

    private static int Keep(CommandEnvironment environment, StoreOptions storage, ParseResult result, bool json,
        Func<long, DateTimeOffset, WalkerNote> make)
    {
        var now = environment.Time.GetLocalNow();
        _ = make(0, now); // what is wrong with it is told before anything is made
        using var archive = storage.Open(result, environment);
        var walker = storage.WhoWalks(result, archive);
        var note = make(walker.Id, now);
        archive.Note(note);
        var plan = PlanCommand.PlanOf(archive, walker, environment);
        if (json)
        {
            JsonOutput.Write(environment.Out,
                new NoteJson(walker.Name, "noted", note.At, note.Walked?.TotalMinutes, note.Text, null,
                    PlanWords.Word(plan.Advice)), JsonOutput.Context.NoteJson);
            return ExitCode.Ok;
        }

        return LogCommand.Done(environment, "noted", walker, Words(note), plan);
    }
}
