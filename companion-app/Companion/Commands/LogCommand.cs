using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep log pain N</c>: what the sensor cannot know.</summary>
public static class LogCommand
{
    // A session of today or, for the morning after it, of yesterday; a note that comes later stands alone.
    private static readonly TimeSpan SessionsLookedAt = TimeSpan.FromDays(3);

    private static readonly TimeSpan RightAfter = TimeSpan.FromHours(3);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var command = new Command("log", "Note what a sensor cannot know.");
        command.Subcommands.Add(Pain(environment, json));
        command.Subcommands.Add(LogNotes.Walk(environment, json));
        command.Subcommands.Add(LogNotes.Text(environment, json));
        command.Subcommands.Add(LogUndo.Build(environment, json));
        HelpWithExamples.Attach(
            command,
            [
                ("Pain of 2 before walking", "backstep log pain 2"),
                ("Four minutes walked backward without a sensor", "backstep log walk 4"),
                ("Something to remember", "backstep log note \"new shoes\""),
                ("Take the last note back", "backstep log undo"),
            ]);
        return command;
    }

    private static Command Pain(CommandEnvironment environment, Option<bool> json)
    {
        var storage = new StoreOptions();
        var level = new Argument<int>("level")
        {
            Description = "0 (none) to 10 (the worst imaginable).",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                    || value > Dose.MostPain)
                {
                    result.AddError($"pain is a whole number from 0 (none) to {Dose.MostPain} (the worst "
                        + $"imaginable), not '{OneLine.Of(text)}'");
                }

                return value;
            },
        };
        var before = new Option<bool>("--before") { Description = "Before a session (the default)." };
        var after = new Option<bool>("--after") { Description = "Right after a session." };
        var morning = new Option<bool>("--morning") { Description = "On the morning after a session." };
        var session = NumberOption.WholeWithin("--session", "Which session it belongs to, as 'backstep sessions' lists "
            + "it. Default: before belongs to the walk that follows, the others to the last one.", 1, int.MaxValue);
        var command = new Command("pain", "Note pain from 0 to 10 before or after a session, or on the next morning.");
        command.Arguments.Add(level);
        command.Options.Add(before);
        command.Options.Add(after);
        command.Options.Add(morning);
        command.Options.Add(session);
        storage.AddTo(command);
        command.Validators.Add(result =>
        {
            if (new[] { before, after, morning }.Count(result.GetValue) > 1)
            {
                result.AddError("--before, --after and --morning exclude each other");
            }
        });
        command.SetAction(result =>
        {
            var moment = result.GetValue(after) ? PainMoment.After : result.GetValue(morning) ? PainMoment.NextMorning
                : PainMoment.Before;
            return Note(environment, storage, result,
                (moment, result.GetValue(level), result.GetValue(session)), result.GetValue(json));
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Before walking", "backstep log pain 2"),
                ("Right after", "backstep log pain 3 --after"),
                ("On the next morning", "backstep log pain 1 --morning"),
            ],
            notes: "'backstep plan' takes it into account. Sharp pain, pain that lingers, or pain that changes how "
                + "you walk: stop, and see a professional.");
        return command;
    }

    private static int Note(CommandEnvironment environment, StoreOptions storage, ParseResult result,
        (PainMoment Moment, int Level, int? Session) noted, bool json)
    {
        var (moment, level, _) = noted;
        using var archive = storage.Open(result, environment);
        var walker = storage.WhoWalks(result, archive);
        var now = environment.Time.GetLocalNow();
        var session = noted.Session is { } id ? Own(archive, walker, id)
            : SessionOf(archive, walker, moment, now);
        var note = new PainNote(walker.Id, session?.Header.Id, now, moment, level);
        archive.Note(note);
        var plan = PlanCommand.PlanOf(archive, walker, environment);
        string word = moment switch { PainMoment.After => "after", PainMoment.NextMorning => "morning", _ => "before" };
        if (json)
        {
            var told = new PainJson(walker.Name, now, word, level, note.SessionId,
                PlanWords.Word(plan.Advice));
            JsonOutput.Write(environment.Out, told, JsonOutput.Context.PainJson);
            return ExitCode.Ok;
        }

        return Done(environment, "noted", walker, $"pain {level} of {Dose.MostPain}, {Describe(moment)}"
            + (session == null ? "" : $" session {session.Header.Id}"), plan);
    }

    /// <summary>Says what was done to a walker's notes, and what that makes of today.</summary>
    internal static int Done(CommandEnvironment environment, string what, WalkerProfile walker, string words, Plan plan)
    {
        var lines = new SummaryWriter(environment.Out, 12);
        lines.Line(what, $"{walker.Name}: {words}");
        lines.Line("today", PlanWords.InALine(plan));
        return ExitCode.Ok;
    }

    /// <summary>A session of the walker's own.</summary>
    /// <exception cref="CommandException">There is none of that number.</exception>
    private static SessionSummary Own(SessionStore archive, WalkerProfile walker, long id) =>
        StoreOptions.Session(archive, id).Summary is { Header.IsSimulated: false } own
            && own.Header.WalkerId == walker.Id ? own
        : throw new CommandException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture,
            $"session {id} is not a walk of {OneLine.Of(walker.Name)}'s. See 'backstep sessions'."));

    internal static string Describe(PainMoment moment) => moment switch
    {
        PainMoment.After => "after",
        PainMoment.NextMorning => "on the morning after",
        _ => "before",
    };

    /// <summary>The session that a note is about: real ones only, because a simulated walk hurts nobody.</summary>
    private static SessionSummary? SessionOf(SessionStore archive, WalkerProfile walker, PainMoment moment,
        DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.DateTime);
        return moment == PainMoment.Before ? null : archive.Summaries(walker.Id, now - SessionsLookedAt)
            .Where(session => !session.Header.IsSimulated && session.Header.StartedAt <= now)
            .FirstOrDefault(session => moment == PainMoment.After
                ? WalkedDay.DayOf(session.Header.StartedAt) == today
                    || now - session.Header.StartedAt < RightAfter // over midnight
                : WalkedDay.DayOf(session.Header.StartedAt) < today);
    }
}
