using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Files;
using Backstep.Files.Export;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep export</c>: kept sessions for other programs.</summary>
public static class ExportCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var id = SessionArgument.Build();
        var format = new Option<string?>("--format") { Description = "tcx or fit for running sites, csv for "
            + "spreadsheets, json for all of it. Default: what --out ends with; json with --all.",
            HelpName = "tcx|fit|csv|json" };
        format.AcceptOnlyFromAmong([.. ExportFormats.Names]);
        var output = new Option<string?>("--out") { Description = "The file to write (with --all the folder). "
            + "Default: backstep-DATE-ID.FORMAT, here.", HelpName = "FILE" };
        var all = new Option<bool>("--all") { Description = "Every session, each in a file of its own; with --walker "
            + "that walker's." };
        var force = new Option<bool>("--force") { Description = "Replace files that exist." };
        var store = new StoreOptions();
        var command = new Command("export", "Write a session for other programs: TCX, FIT, CSV or JSON.") { id, format,
            output, all, force };
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(id) != null)
            {
                result.AddError("--all and a session exclude each other");
            }

            if (result.GetValue(all) && string.IsNullOrWhiteSpace(result.GetValue(output)))
            {
                result.AddError("--all needs a folder to write to: --out DIR");
            }
        });
        command.SetAction(result =>
        {
            var wanted = FormatOf(result.GetValue(format), result.GetValue(output), result.GetValue(all));
            using var archive = store.OpenForReading(result, environment);
            var files = result.GetValue(all)
                ? WriteAll(environment, archive,
                    result.GetValue(store.Walker) is { } name ? StoreOptions.Named(name, archive.Walkers()).Id
                        : null, wanted, result.GetValue(output)!, result.GetValue(force))
                : [
                    WriteOne(SessionArgument.Find(result, id, store, archive), wanted, result.GetValue(output),
                        result.GetValue(force))];
            WriteSummary(environment.StatusOf(result.GetValue(output)),
                new ExportJson(ExportFormats.NameOf(wanted), files),
                result.GetValue(json));
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("The last session, for a running site", "backstep export --format fit"),
                ("Another one, for a spreadsheet", "backstep export 12 --out walk.csv"),
                ("Everything, to keep elsewhere or to import on another computer",
                    "backstep export --all --out sessions"),
            ],
            notes: "Cadence counts one foot in TCX and FIT, as those formats want it. They hold neither names nor "
                + "pain, for they get uploaded; JSON holds everything.");
        return command;
    }

    private static ExportFormat FormatOf(string? named, string? output, bool all) =>
        ExportFormats.Named(named)
        ?? (all ? ExportFormat.Json : ExportFormats.Named(Path.GetExtension(output ?? "").TrimStart('.')))
        ?? throw new CommandException(ExitCode.Usage,
            "which format? Say --format tcx, fit, csv or json, or let --out end with one of them.");

    private static ExportedFileJson WriteOne(KeptSession session, ExportFormat format, string? output, bool force)
    {
        string path = output ?? SessionArgument.FileName(session.Summary.Header, ExportFormats.NameOf(format));
        using var file = AtomicFile.Create(path, force);
        ExportFormats.Write(file.Stream, session, format, Root.Version);
        file.Commit();
        return new ExportedFileJson(session.Summary.Header.Id, path, session.Summary.Header.IsSimulated);
    }

    /// <summary>What exists is found before the first is written: not half of them replaced, then an error.</summary>
    private static List<ExportedFileJson> WriteAll(CommandEnvironment environment, SessionStore archive,
        long? walkerId, ExportFormat format, string folder, bool force)
    {
        var sessions = archive.Summaries(walkerId);
        string PathOf(SessionSummary summary) =>
            Path.Combine(folder, SessionArgument.FileName(summary.Header, ExportFormats.NameOf(format)));
        if (!force && sessions.Select(PathOf).FirstOrDefault(File.Exists) is { } there)
        {
            throw new CommandException(ExitCode.CannotWrite,
                $"{there} exists already, and nothing was written. Choose another folder, or add --force to replace "
                + $"what is there.");
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.CannotWrite,
                $"cannot make the folder {folder}: {OneLine.Of(e.Message).TrimEnd('.')}. Choose another place.", e);
        }

        var files = new List<ExportedFileJson>();
        using var progress = new ProgressLine(environment.ErrorTerminal, "sessions", sessions.Count, environment.Time);
        foreach (var summary in sessions.Reverse())
        {
            environment.Stop.ThrowIfCancellationRequested();
            if (archive.Find(summary.Header.Id) is { } session)
            {
                files.Add(WriteOne(session, format, PathOf(summary), force));
            }

            progress.Step();
        }

        return files;
    }

    private static void WriteSummary(TextWriter writer, ExportJson summary, bool json)
    {
        if (json)
        {
            JsonOutput.Write(writer, summary, JsonOutput.Context.ExportJson);
            return;
        }

        foreach (var file in summary.Files)
        {
            writer.WriteLine(
                $"{file.File}: session {file.Session}{(file.Simulated ? $", {SessionLabels.Simulated}" : "")}");
        }

        if (summary.Files.Count == 0)
        {
            writer.WriteLine("no session is kept yet, so nothing was written");
        }
    }
}
