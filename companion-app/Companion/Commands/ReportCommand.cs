using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Companion.Report;
using Backstep.Files.Export;
using Backstep.Terminal;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep report</c>: a session as one HTML page.</summary>
public static class ReportCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var id = SessionArgument.Build();
        var output = new Option<string?>("--out") { Description = "The page to write. It appears whole or not at "
            + "all. FILE.pdf prints it, through the system's Chromium. Default: backstep-DATE-ID.html, here.",
            HelpName = "FILE.html" };
        var force = new Option<bool>("--force") { Description = "Replace a file that exists." };
        var units = CommonOptions.UnitsOption();
        var programme = new Option<bool>("--programme") { Description = "The weeks rather than one session, for "
            + "whoever set the dose: planned and walked, with cues and without, pain." };
        var store = new StoreOptions();
        var command = new Command("report",
            "Write a session as one HTML page with charts, to look at, print or pass on.")
        {
            id, output, force, units, programme,
        };
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(programme) && result.GetValue(id) != null)
            {
                result.AddError("--programme is about all sessions: leave the session's number out");
            }
        });
        command.SetAction(result =>
        {
            if (result.GetValue(programme))
            {
                return ProgrammeReportRun.Write(result, environment, store, result.GetValue(output),
                    result.GetValue(force), CommonOptions.UnitsOf(result, units, environment), result.GetValue(json));
            }

            using var archive = store.OpenForReading(result, environment);
            var session = SessionArgument.Find(result, id, store, archive);
            var content = new ReportContent(session,
                archive.Summaries(session.Walker.Id, HistoryFigures.From(session.Summary.Header.StartedAt)),
                archive.Pain(session.Walker.Id))
            {
                Retention = Retention.Of(archive, session.Walker.Id, session.Summary.Header.IsSimulated,
                    session.Summary.Header.StartedAt),
                InclineDosePercent = BeltIncline.DoseOf(PrescribedDose.Of(archive, session.Walker.Id)),
            };
            string path = result.GetValue(output) ?? SessionArgument.FileName(session.Summary.Header, "html");
            PageFile.Write(environment, path, result.GetValue(force), writer => SessionReport.Write(writer, content,
                CommonOptions.UnitsOf(result, units, environment), environment.Time.GetLocalNow(), Root.Version));
            var summary = new ReportJson(session.Summary.Header.Id, path, session.Summary.Header.IsSimulated);
            var status = environment.StatusOf(path);
            if (result.GetValue(json))
            {
                JsonOutput.Write(status, summary, JsonOutput.Context.ReportJson);
            }
            else
            {
                status.WriteLine(
                    $"{path}: session {summary.Session}{(summary.Simulated ? $", {SessionLabels.Simulated}" : "")}. "
                    + (PageFile.IsPdf(path) ? "It is for paper." : "Open it in a browser."));
            }

            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("The last session", "backstep report"),
                ("Another one, somewhere else, in miles and feet", "backstep report 12 --out walk.html --units us"),
                ("The weeks, on two sheets for the physiotherapist", "backstep report --programme --out weeks.pdf"),
                ("Again, after pain was noted", "backstep report 12 --out walk.html --force"),
            ],
            notes: "The page is one file and needs no network. It fits a phone, paper, a screen reader and a dark "
                + "screen. Pain and the walker's name are on it: it is yours to pass on or not.");
        return command;
    }
}
