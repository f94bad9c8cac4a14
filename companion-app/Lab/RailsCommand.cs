using System.CommandLine;
using Backstep.Files;
using Backstep.Lab.Rails;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary><c>backstep-lab rails</c>: how well held rails are told.</summary>
public static class RailsCommand
{
    private const int MostWalkers = 100_000;

    private static readonly string Notes = string.Join(
        Environment.NewLine,
        [
            "Recordings say '# rails: held' or '# rails: free' above the header, or have names that "
                + "begin so. 40 strides of each make the walker's baselines, the rest is judged.",
            "  NAME.wrist.csv beside NAME.csv: a unit on the wrist, recorded at the same time.",
        ]);

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment, Option<bool> json)
    {
        var output = new ReportOutput(environment, json);
        var count = NumberOption.Whole("--count", "How many simulated walkers.", RailEvaluation.DefaultWalkers,
            MostWalkers);
        var seed = NumberOption.Seed("Another seed, other walkers; the same seed gives the same figures.");
        var plot = Plot();
        var command = new Command("rails",
            "Hold what is said of the rails against simulated walkers (synthetic), or against labelled recordings.")
        {
            count, seed, output.Check, plot, OfRecordings(environment, json),
        };
        output.AddFormatTo(command);
        command.SetAction(result => Print(
            () => RailEvaluation.Simulate(
                result.GetValue(seed), result.GetRequiredValue(count)!.Value, result.GetValue(output.Check),
                environment.Stop),
            result.GetValue(plot),
            result));
        HelpWithExamples.Attach(
            command,
            [
                ("Simulated walkers; fail if a target is missed", "backstep-lab rails --check"),
                ("Your own minutes", "backstep-lab rails recordings my-recordings --svg plot.svg"),
            ]);
        return command;

        int Print(Func<RailEvaluationReport> evaluate, string? svg, ParseResult result) =>
            RailsCommand.Print(environment, evaluate, svg, result.GetValue(json), result.GetValue(output.Markdown));
    }

    private static Command OfRecordings(ProgramEnvironment environment, Option<bool> json)
    {
        var output = new ReportOutput(environment, json);
        var recordings = new RecordingOptions();
        var plot = Plot();
        var command = new Command("recordings",
            "Hold what is said of the rails against recordings that say whether they were held.") { plot };
        recordings.AddTo(command);
        output.AddFormatTo(command);
        command.SetAction(result => Print(
            environment,
            () => RailEvaluation.OfRecordings(recordings.FolderOf(result), recordings.DefaultsOf(result),
                environment.Stop),
            result.GetValue(plot),
            result.GetValue(json),
            result.GetValue(output.Markdown)));
        HelpWithExamples.Attach(command,
            [("Your own minutes", "backstep-lab rails recordings my-recordings --svg plot.svg")], Notes);
        return command;
    }

    private static Option<string?> Plot() => new("--svg")
    {
        Description = "Also draw probability said against frequency seen. It appears whole or not at all.",
        HelpName = "OUT.svg",
    };

    private static int Print(ProgramEnvironment environment, Func<RailEvaluationReport> evaluate, string? svg,
        bool json, bool markdown)
    {
        using var picture = svg == null ? null : AtomicFile.Create(svg, overwrite: true);
        var report = evaluate();
        if (picture != null)
        {
            picture.Writer.Write(ReliabilityPlot.Draw(report));
            picture.Commit();
        }

        if (json)
        {
            JsonText.Write(environment.Out, report, LabJson.Context.RailEvaluationReport);
        }
        else
        {
            new RailReportText(environment.Out, markdown).Write(report);
        }

        return ReportOutput.Verdict(report.Targets);
    }
}
