using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep plan</c>: what to do today, and why.</summary>
public static class PlanCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var storage = new StoreOptions();
        var rules = new Option<bool>("--rules") { Description = "Show every rule of the programme and where it comes "
            + "from." };
        var units = CommonOptions.UnitsOption();
        var command = new Command("plan",
            "What to do today: walk (how long), rest, or stop; this week, the build-up, and why.");
        var questions = new FirstQuestions();
        command.Options.Add(rules);
        command.Options.Add(units);
        var dose = DoseOption.Build();
        questions.AddTo(command);
        command.Options.Add(dose);
        storage.AddTo(command);
        command.SetAction(result =>
        {
            bool asJson = result.GetValue(json);
            bool asks = questions.AreDue(result, environment, () => AnswersOf(storage, result, environment), asJson);
            if (asks || result.GetValue(dose) != null)
            {
                using var writable = storage.Open(result, environment);
                long id = storage.WhoWalks(result, writable).Id;
                result.GetValue(dose)?.Keep(writable, id);
                if (asks)
                {
                    questions.Settle(result, environment, writable, id, asJson);
                }

                if (storage.PathOf(result, environment) == null)
                {
                    return ExitCode.Ok; // kept nowhere: there is nothing to plan from
                }
            }

            using var archive = storage.OpenForReading(result, environment);
            var walker = storage.WhoseSessions(result, archive);
            var plan = PlanOf(archive, walker, environment);
            if (asJson)
            {
                JsonOutput.Write(environment.Out, PlanJson.From(walker?.Name, plan), JsonOutput.Context.PlanJson);
            }
            else
            {
                var show = Preferences.UnitsOf(result, units, archive, walker, environment);
                PlanText.Write(environment.Out, walker?.Name, plan, show, result.GetValue(rules));
            }

            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("What to do today", "backstep plan"),
                ("The questions before the first walk, answered in a line",
                    "backstep plan --knee mild --professional yes --place treadmill"),
                ("A dose that a physiotherapist has set", "backstep plan --dose 8min 3days 5% 2.5km/h"),
                ("Every rule, with its source", "backstep plan --rules"),
                ("Somebody else's plan, for a script", "backstep plan --walker Ada --json"),
            ],
            notes: "The plan follows from the sessions that were walked with a sensor and from what was noted about "
                + "pain; simulated sessions do not count. It diagnoses nothing and was not "
                + "tested on people.");
        return command;
    }

    /// <summary>A walker who is not known yet is asked, too.</summary>
    private static FirstAnswers AnswersOf(StoreOptions storage, ParseResult result, CommandEnvironment environment)
    {
        using var archive = storage.OpenForReading(result, environment);
        return storage.WhoWalksSoFar(result, archive) is { } walker ? FirstAnswers.Of(archive, walker.Id)
            : new FirstAnswers();
    }

    /// <summary>The plan of whoever the command line names; null when what is kept cannot be read.</summary>
    public static Plan? PlanOf(StoreOptions storage, ParseResult result, CommandEnvironment environment)
    {
        try
        {
            using var archive = storage.OpenForReading(result, environment);
            return PlanOf(archive, storage.WhoWalksSoFar(result, archive), environment);
        }
        catch (ExplainedException)
        {
            return null; // whoever wants to keep the walk is told why that cannot be; whoever does not can walk
        }
    }

    /// <summary>A walker's plan of today.</summary>
    public static Plan PlanOf(ISessionArchive archive, WalkerProfile? walker, CommandEnvironment environment)
    {
        var now = environment.Time.GetLocalNow();
        return Planner.For(
            walker == null ? new WalkerDiary([], []) { Answers = new FirstAnswers() }
                : WalkerDiary.Of(archive, walker.Id, now),
            DateOnly.FromDateTime(now.DateTime));
    }
}
