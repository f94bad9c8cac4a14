using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks.Sessions;
using Backstep.Walks.Words;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep sessions</c>: what was walked.</summary>
public static class SessionsCommand
{
    private const int DefaultLast = 20;

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var store = new StoreOptions();
        var last = NumberOption.Whole("--last", $"How many, the newest. Default: {DefaultLast}; with --since or --json "
            + "all.", null, int.MaxValue - 1);
        var since = StoreOptions.DateOption("--since", "None that began before that day.");
        var everyone = new Option<bool>("--everyone") { Description = "Of all walkers, with their names." };
        var command = new Command("sessions", "List the sessions that were kept, newest first.");
        store.AddTo(command);
        command.Options.Add(last);
        command.Options.Add(since);
        command.Options.Add(everyone);
        command.Validators.Add(result =>
        {
            if (result.GetValue(everyone) && result.GetValue(store.Walker) != null)
            {
                result.AddError("--everyone and --walker exclude each other");
            }
        });
        command.SetAction(result =>
        {
            using var archive = store.OpenForReading(result, environment);
            var walker = result.GetValue(everyone) ? null : store.WhoseSessions(result, archive);
            var day = result.GetValue(since);
            bool asJson = result.GetValue(json);
            int? most = result.GetValue(last) ?? (asJson || day != null ? null : DefaultLast);
            // one more tells whether there are more
            var sessions = archive.Summaries(walker?.Id, StoreOptions.StartOf(day, environment), most + 1);
            bool isCut = sessions.Count > most;
            sessions = isCut ? [.. sessions.Take(most!.Value)] : sessions;
            var names = archive.Walkers().ToDictionary(one => one.Id, one => one.Name);
            var pain =
                (walker == null ? names.Keys.SelectMany(archive.Pain) : archive.Pain(walker.Id)).ToLookup(
                    note => note.SessionId);
            var oldest = isCut ? sessions[^1].Header.StartedAt : StoreOptions.StartOf(day, environment);
            var noted = (walker == null ? names.Keys.SelectMany(archive.Notes) : archive.Notes(walker.Id))
                .Where(note => note.Walked != null && !(note.At < oldest)).OrderByDescending(note => note.At).ToArray();
            if (asJson)
            {
                var list = sessions.Select(session => SessionJson.From(session, names[session.Header.WalkerId],
                    pain[session.Header.Id])).ToArray();
                JsonOutput.Write(environment.Out, new SessionsJson(walker?.Name, list,
                    [.. noted.Select(note => new NotedWalkJson(names[note.WalkerId], note.At,
                        StrideText.Of(note.Mode), note.Walked!.Value.TotalMinutes))]),
                    JsonOutput.Context.SessionsJson);
            }
            else if (sessions.Count == 0)
            {
                environment.Out.WriteLine(day == null ? "No sessions yet." : "No sessions since that day.");
                SummaryWriter.Wrap(environment.Out,
                    "A walk is kept while it is followed: backstep live --sensor NAME. To try it without a sensor: "
                    + "backstep demo --keep");
            }
            else
            {
                SessionText.List(environment.Out, sessions, pain, walker == null ? names : null);
                if (isCut)
                {
                    SummaryWriter.Wrap(environment.Out,
                        string.Create(CultureInfo.InvariantCulture,
                            $"There are more: --last N shows more than {most}."));
                }
            }

            if (!asJson)
            {
                SessionText.Noted(environment.Out, noted, walker == null ? names : null);
            }

            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("The last twenty", "backstep sessions"),
                ("This year's, of one walker", "backstep sessions --walker Ann --since 2026-01-01"),
                ("For a script", "backstep sessions --json"),
                ("Then one of them, with charts", "backstep show 12"),
            ],
            notes: "toes: share of backward strides that landed toes first. strike: mean foot strike angle, negative "
                + "= toes down. rails: share of strides with a hand on a rail, where known. "
                + "pain: before>after, 0 to 10. A dash means not known.");
        return command;
    }
}
