using System.CommandLine;
using System.Globalization;
using Backstep.Lab.Incline;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary><c>backstep-lab incline</c>: how well the shoe tells the slope of the belt.</summary>
public static class InclineCommand
{
    private const int MostWalkers = 100_000;
    private const double DefaultSeconds = 60;
    private const double LongestSeconds = 3600;

    private static readonly string Notes = string.Join(
        Environment.NewLine,
        [
            "Every walker calibrates the mount on a level floor first, with the guided gesture, then walks on a belt:",
            .. InclineWalkers.Ranges.Select(range => string.Create(
                CultureInfo.InvariantCulture, $"  {range.Name,-25} {range.Low,6} to {range.High,5} {range.Unit}")),
            "Feet, walks and clips are those of 'walkers', in turns with a stance that rests and one that rolls.",
            "Recordings are of level ground: what is said of them should be 0.",
        ]);

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment, Option<bool> json)
    {
        var output = new ReportOutput(environment, json);
        var folders = new Argument<string[]>("DIR")
        {
            Description = "Folders with recordings of level ground.", Arity = ArgumentArity.ZeroOrMore,
        };
        var count = NumberOption.Whole("--count", "How many simulated walkers.", InclineEvaluation.DefaultWalkers,
            MostWalkers);
        var seed = NumberOption.Seed("Another seed, other walkers; the same seed gives the same figures.");
        var seconds = NumberOption.Positive("--seconds", "How long each simulated walker walks.", DefaultSeconds,
            LongestSeconds);
        var command = new Command("incline",
            "Hold the incline that the shoe tells against sloped belts (synthetic), and against level ground.")
        {
            folders, count, seed, seconds, output.Check,
        };
        output.AddFormatTo(command);
        command.SetAction(result =>
        {
            var recordings = (result.GetValue(folders) ?? []).SelectMany(
                folder => LevelRecordings.Run(folder, environment.Stop)).ToList();
            var report = InclineEvaluation.Run(
                result.GetValue(seed), result.GetRequiredValue(count)!.Value, result.GetValue(seconds), recordings,
                result.GetValue(output.Check), environment.Stop);
            if (result.GetValue(json))
            {
                JsonText.Write(environment.Out, report, LabJson.Context.InclineReport);
            }
            else
            {
                new InclineReportText(environment.Out, result.GetValue(output.Markdown)).Write(report);
            }

            return ReportOutput.Verdict(report.Targets);
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Simulated walkers on sloped belts; fail if a target is missed", "backstep-lab incline --check"),
                ("And your own recordings of level ground", "backstep-lab incline my-recordings"),
            ],
            Notes);
        return command;
    }
}
