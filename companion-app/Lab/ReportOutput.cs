using System.CommandLine;
using System.CommandLine.Parsing;
using Backstep.Files;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary>How the laboratory's commands say what they found: options, worded the same, and what follows from
/// them.</summary>
/// <param name="environment">Where texts go.</param>
/// <param name="json">The option of the whole program.</param>
internal sealed class ReportOutput(ProgramEnvironment environment, Option<bool> json)
{
    /// <summary>--markdown.</summary>
    public Option<bool> Markdown { get; } = new("--markdown") { Description = "Print the tables as Markdown." };

    /// <summary>--csv OUT.csv.</summary>
    public Option<string?> Csv { get; } = new("--csv")
    {
        Description = "Also write one line a recording or walker to this CSV. It appears whole or not at all.",
        HelpName = "OUT.csv",
    };

    /// <summary>--check.</summary>
    public Option<bool> Check { get; } = new("--check")
    {
        Description = $"Hold the figures against the project's targets; exit code {ExitCode.TargetMissed} when one "
            + $"is missed.",
    };

    /// <summary>Adds the choice between tables and JSON.</summary>
    public void AddFormatTo(Command command)
    {
        command.Options.Add(Markdown);
        command.Validators.Add((CommandResult result) =>
        {
            if (result.GetValue(Markdown) && result.GetValue(json))
            {
                result.AddError("--markdown and --json exclude each other");
            }
        });
    }

    /// <summary>The file for --csv, opened before anything is computed; null without that option.</summary>
    public AtomicFile? OpenCsv(ParseResult result) =>
        result.GetValue(Csv) is { } path ? AtomicFile.Create(path, overwrite: true) : null;

    /// <summary>Prints a report, and ends with its exit code.</summary>
    /// <exception cref="CommandException">A target was missed.</exception>
    public int Print(ParseResult result, EvaluationReport report)
    {
        if (result.GetValue(json))
        {
            JsonText.Write(environment.Out, report, LabJson.Context.EvaluationReport);
        }
        else
        {
            new EvaluationText(environment.Out, result.GetValue(Markdown)).Write(report);
        }

        return Verdict(report.Targets);
    }

    /// <summary>The exit code of these targets.</summary>
    /// <exception cref="CommandException">One was missed.</exception>
    public static int Verdict(IReadOnlyList<TargetResult> targets)
    {
        string missed = string.Join("; ", targets.Where(target => !target.Met).Select(target => target.Name));
        return missed.Length == 0 ? ExitCode.Ok
            : throw new CommandException(ExitCode.TargetMissed, $"targets missed: {missed}.");
    }
}
