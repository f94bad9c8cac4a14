using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep walkers</c>: who walks on this computer.</summary>
public static class WalkersCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var store = new StoreOptions();
        var command = new Command("walkers",
            "List, rename or remove the people who walk. A new one is made by walking: --walker NAME.");
        var data = store.Data;
        data.Recursive = true;
        command.Options.Add(data);
        command.SetAction(result =>
        {
            List(environment, store, result, result.GetValue(json));
            return ExitCode.Ok;
        });
        command.Subcommands.Add(Rename(environment, json, store));
        command.Subcommands.Add(Remove(environment, json, store));
        HelpWithExamples.Attach(
            command,
            [
                ("Who is there", "backstep walkers"),
                ("Somebody new", "backstep live --sensor Backstep --walker Ann"),
                ("Another name", "backstep walkers rename me Bo"),
                ("Gone for good, with all sessions", "backstep walkers remove Bo"),
            ],
            notes: "The walker with the star walked, or noted pain, last: commands mean that one when none is named.");
        return command;
    }

    private static void List(CommandEnvironment environment, StoreOptions store, ParseResult result, bool json)
    {
        using var archive = store.OpenForReading(result, environment);
        var walkers = archive.Walkers();
        long? last = walkers.Count == 0 ? null : archive.LastWalker().Id;
        var list =
            walkers.Select(
                walker => new WalkerJson(walker.Name, walker.Id == last, archive.Summaries(walker.Id).Count,
                    walker.CreatedAt)).ToArray();
        if (json)
        {
            JsonOutput.Write(environment.Out, new WalkersJson(list), JsonOutput.Context.WalkersJson);
            return;
        }

        if (list.Length == 0)
        {
            environment.Out.WriteLine("Nobody has walked yet.");
            return;
        }

        var table = new TextTable("walker", "sessions", "since");
        foreach (var walker in list)
        {
            table.Add(
                walker.Name + (walker.IsLast ? " *" : ""),
                walker.Sessions.ToString(CultureInfo.InvariantCulture),
                walker.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        table.WritePlain(environment.Out);
        if (WalkerNames.Alike(walkers) is [var one, ..])
        {
            environment.Out.WriteLine();
            SummaryWriter.Wrap(environment.Out,
                $"More than one walker reads '{OneLine.Of(one.Name)}'. The name alone means the one who is written "
                + "just so, else the first. Give one of them another name: backstep walkers rename, with the name as "
                + "--json writes it.");
        }
    }

    private static Command Rename(CommandEnvironment environment, Option<bool> json, StoreOptions store)
    {
        var from = new Argument<string>("name") { Description = "Who." };
        var to = new Argument<string>("new-name") { Description = "The new name." };
        var command = new Command("rename", "Give a walker another name.");
        command.Arguments.Add(from);
        command.Arguments.Add(to);
        command.Validators.Add(result =>
        {
            if (result.GetValue(to) is { } name && WalkerNames.WhyNone(name) is { } why)
            {
                result.AddError($"the new name {why}");
            }
        });
        command.SetAction(result =>
        {
            string name = WalkerNames.Clean(result.GetValue(to)!);
            using (var look = store.OpenForReading(result, environment))
            {
                StoreOptions.Named(result.GetValue(from)!, look.Walkers());
            }

            using var archive = store.Open(result, environment);
            var walker = StoreOptions.Named(result.GetValue(from)!, archive.Walkers());
            if (!archive.Rename(walker.Id, name))
            {
                throw new CommandException(ExitCode.Usage, $"there is a walker '{name}' already. Choose another name.");
            }

            Confirmation.Done(environment, result.GetValue(json),
                new DoneJson("renamed", name, archive.Summaries(walker.Id).Count),
                $"{walker.Name} is now called {name}.");
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(command, [("", "backstep walkers rename me Bo")]);
        return command;
    }

    private static Command Remove(CommandEnvironment environment, Option<bool> json, StoreOptions store)
    {
        var who = new Argument<string>("name") { Description = "Who." };
        var yes = Confirmation.Option();
        var command = new Command("remove", "Remove a walker for good, with all sessions, notes and settings.");
        command.Arguments.Add(who);
        command.Options.Add(yes);
        command.SetAction(result =>
        {
            int sessions;
            WalkerProfile walker;
            using (var look = store.OpenForReading(result, environment))
            {
                walker = StoreOptions.Named(result.GetValue(who)!, look.Walkers());
                sessions = look.Summaries(walker.Id).Count;
            }

            string question = string.Create(CultureInfo.InvariantCulture,
                $"Remove {walker.Name} for good, with {sessions} sessions?");
            if (!Confirmation.IsGiven(environment, result.GetValue(yes), question))
            {
                return Confirmation.Refused(environment);
            }

            using var archive = store.Open(result, environment);
            archive.Remove(walker.Id);
            Confirmation.Done(environment, result.GetValue(json), new DoneJson("removed", walker.Name, sessions),
                $"{walker.Name} is removed.");
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(command,
            [("Asks first", "backstep walkers remove Bo"),
                ("A copy of everything before", "backstep backup before.db")]);
        return command;
    }
}
