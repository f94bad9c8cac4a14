using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Files.Export;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep import</c>: sessions that were exported as JSON, into the store.</summary>
public static class ImportCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var files = new Argument<string[]>("FILE") { Description = "What 'backstep export --format json' wrote; of a "
            + "folder, every .json file in it.", Arity = ArgumentArity.OneOrMore };
        var store = new StoreOptions();
        var command = new Command("import",
            "Take in sessions that were exported as JSON. What is there already is left as it is.") { files };
        store.AddTo(command);
        command.SetAction(result =>
        {
            string? walker = result.GetValue(store.Walker);
            var paths = result.GetRequiredValue(files).SelectMany(FilesOf).ToArray();
            foreach (string path in paths)
            {
                environment.Stop.ThrowIfCancellationRequested();
                Read(path, walker); // all are sound before the first is taken in
            }

            using var archive = store.Open(result, environment);
            var import = new Import(archive);
            var done = paths.Select(path => import.Take(path, Read(path, walker), walker)).ToArray();
            WriteSummary(environment, new ImportJson(done), result.GetValue(json));
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("One session", "backstep import walk.json"),
                ("All that 'backstep export --all --out sessions' wrote, from another computer",
                    "backstep import sessions"),
                ("For another walker than the file names", "backstep import walk.json --walker Ann"),
            ],
            notes: "A file that is damaged, or not one of backstep's, is refused, and then nothing of any file is "
                + "taken in. A session that is there already stays as it is.");
        return command;
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files
            : throw new CommandException(ExitCode.BadInput, $"{path} has no .json file in it.");
    }

    private static KeptSession Read(string path, string? walker)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var session = SessionFile.Read(stream, path);
            return (walker == null ? WalkerNames.WhyNone(session.Walker.Name) : null) is { } why
                ? throw new CommandException(ExitCode.BadInput,
                    $"the walker's name in {path} {why}. Nothing was imported. Say whose it is with --walker NAME.")
                : session;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.BadInput,
                $"cannot read {path}: {OneLine.Of(e.Message).TrimEnd('.')}. Nothing was imported.", e);
        }
    }

    private static void WriteSummary(CommandEnvironment environment, ImportJson summary, bool json)
    {
        if (json)
        {
            JsonOutput.Write(environment.Out, summary, JsonOutput.Context.ImportJson);
            return;
        }

        foreach (var file in summary.Files)
        {
            string state = file.New ? $"is session {file.Session} of {OneLine.Of(file.Walker)}"
                : $"is there already: session {file.Session} of {OneLine.Of(file.Walker)}";
            environment.Out.WriteLine($"{file.File} {state}{(file.Simulated ? $"; {SessionLabels.Simulated}" : "")}");
        }
    }

    /// <summary>Takes sessions in, and knows what is there.</summary>
    private sealed class Import(SessionStore archive)
    {
        private readonly Dictionary<long, ILookup<long, long>> _byStart = [];
        private readonly Dictionary<(long Walker, long Start), long> _taken = [];

        public ImportedFileJson Take(string path, KeptSession session, string? name)
        {
            var walker = archive.GuestNamed(name ?? session.Walker.Name);
            long start = session.Summary.Header.StartedAt.ToUnixTimeMilliseconds(); // as the store keeps it
            foreach (long id in At(walker, start))
            {
                if (archive.Find(id) is { } there)
                {
                    return SameWalk(there, session)
                        ? new ImportedFileJson(path, id, walker.Name, false, there.Summary.Header.IsSimulated)
                        : throw new CommandException(
                            ExitCode.BadInput,
                            $"{path} differs from session {id} of {OneLine.Of(walker.Name)}, which began at the "
                            + $"very same moment. It was not imported. "
                            + "Import it for another walker with --walker NAME.");
                }
            }

            var header = session.Summary.Header with { Id = 0, WalkerId = walker.Id };
            var kept = archive.Keep(session with { Summary = session.Summary with { Header = header } });
            _taken[(walker.Id, start)] = kept.Id;
            return new ImportedFileJson(path, kept.Id, walker.Name, true, header.IsSimulated);
        }

        private IEnumerable<long> At(WalkerProfile walker, long start)
        {
            if (!_byStart.TryGetValue(walker.Id, out var there))
            {
                there = archive.Summaries(walker.Id)
                    .ToLookup(summary => summary.Header.StartedAt.ToUnixTimeMilliseconds(),
                        summary => summary.Header.Id);
                _byStart.Add(walker.Id, there);
            }

            return _taken.TryGetValue((walker.Id, start), out long taken) ? there[start].Append(taken) : there[start];
        }

        // Sensor, run and number name a stride once and for all; what was noted later (pain) makes no other walk of it.
        private static bool SameWalk(KeptSession one, KeptSession other) =>
            one.Summary.Header.IsSimulated == other.Summary.Header.IsSimulated
            && one.Summary.Header.Sensors.Select(sensor => sensor.Address)
            .SequenceEqual(other.Summary.Header.Sensors.Select(sensor => sensor.Address))
            && Names(one).SetEquals(Names(other));

        private static HashSet<(int, int, uint, uint)> Names(KeptSession session) =>
            [
                .. session.Strides.Select(
                    kept => (kept.Sensor, kept.Run, kept.Stride.Sequence, kept.Stride.ContactMilliseconds))];
    }
}
