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
        command.Options.Add(rules);
        command.Options.Add(units);
        storage.AddTo(command);
        command.SetAction(result =>
        {
            using var archive = storage.OpenForReading(result, environment);
            var walker = storage.WhoseSessions(result, archive);
            var plan = PlanOf(archive, walker, environment);
            if (result.GetValue(json))
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
                ("Every rule, with its source", "backstep plan --rules"),
                ("Somebody else's plan, for a script", "backstep plan --walker Ada --json"),
            ],
            notes: "The plan follows from the sessions that were walked with a sensor and from what was noted about "
                + "pain; simulated sessions do not count. It diagnoses nothing and was not "
                + "tested on people.");
        return command;
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
        var today = DateOnly.FromDateTime(now.DateTime);

        // Pain that was noted while the clock was ahead was noted by now: an alarm is not put off by a clock.
        return walker == null ? Planner.For([], [], today) : Planner.For(archive.Summaries(walker.Id),
            [.. archive.Pain(walker.Id).Select(note => note.At > now ? note with { At = now } : note)], today);
    }
}
