using System.CommandLine;
using System.Globalization;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary><c>backstep-lab walkers</c>: how good the sensor's engine is on simulated feet.</summary>
public static class WalkersCommand
{
    private const int DefaultWalkers = 500;
    private const int MostWalkers = 100_000;
    private const double DefaultSeconds = 60;
    private const double LongestSeconds = 3600;
    private const int DefaultScenarioSeeds = 20;
    private const int WorstShown = 10;

    private static readonly string Notes = string.Join(
        Environment.NewLine,
        [
            "Walkers with known truth, drawn evenly between these bounds:",
            .. WalkerGrid.Ranges.Select(range => string.Create(
                CultureInfo.InvariantCulture, $"  {range.Name,-25} {range.Low,6} to {range.High,5} {range.Unit}")),
            "in both directions, landing on toes, flat foot and heel, on either foot, with the",
            "sensor on the laces, the instep, the side of the shoe and the heel; and scenarios",
            "in which nobody walks backward.",
        ]);

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment, Option<bool> json)
    {
        var output = new ReportOutput(environment, json);
        var count = NumberOption.Whole("--count", "How many simulated walkers.", DefaultWalkers, MostWalkers);
        var scenarioSeeds = NumberOption.Whole(
            "--scenario-seeds", "How many times each scenario in which nobody walks backward is played.", DefaultScenarioSeeds, MostWalkers);
        var seed = Seed();
        var seconds = Seconds();
        var command = new Command("walkers", "Hold the engine against simulated walkers (synthetic), whose every number is known.")
        {
            count, seed, seconds, scenarioSeeds, output.Check, output.Csv, One(environment, json),
        };
        output.AddFormatTo(command);
        command.SetAction(result =>
        {
            using var csv = output.OpenCsv(result);
            int walkers = result.GetRequiredValue(count)!.Value, drawnBy = result.GetValue(seed);
            double length = result.GetValue(seconds);
            using var progress = new ProgressLine(environment.ErrorTerminal, "walkers", walkers, environment.Time);
            var evaluated = GridEvaluation.Run(drawnBy, walkers, length, environment.Stop, progress.Step);
            progress.Dispose();
            var notWalking = NotWalking.Run(drawnBy, result.GetRequiredValue(scenarioSeeds)!.Value, environment.Stop);
            Write(csv, evaluated);
            return output.Print(result, Reports.OfWalkers(drawnBy, length, evaluated, notWalking, WorstShown, result.GetValue(output.Check)));
        });
        HelpWithExamples.Attach(
            command,
            [
                ("500 simulated walkers; fail if a target is missed", "backstep-lab walkers --check"),
                ("One of them, stride by stride", "backstep-lab walkers one 137"),
            ],
            Notes);
        return command;
    }

    private static Command One(ProgramEnvironment environment, Option<bool> json)
    {
        var output = new ReportOutput(environment, json);
        var number = new Argument<int>("N") { Description = "Its number, as the list of the worst names it." };
        number.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostWalkers)
            {
                result.AddError($"the walker's number must be from 1 to {MostWalkers}");
            }
        });
        var seed = Seed();
        var seconds = Seconds();
        var command = new Command("one", "One of the simulated walkers, stride by stride.") { number, seed, seconds, output.Csv };
        output.AddFormatTo(command);
        command.SetAction(result =>
        {
            using var csv = output.OpenCsv(result);
            var evaluated = GridEvaluation.One(result.GetValue(seed), result.GetValue(number), result.GetValue(seconds));
            Write(csv, [evaluated]);
            if (!result.GetValue(json))
            {
                StrideByStride.Write(environment.Out, evaluated);
            }

            return output.Print(result, Reports.OfWalkers(result.GetValue(seed), result.GetValue(seconds), [evaluated], [], 0, check: false));
        });
        HelpWithExamples.Attach(command, [("Walker 137 of the first seed", "backstep-lab walkers one 137")]);
        return command;
    }

    private static void Write(Files.AtomicFile? csv, IReadOnlyList<EvaluatedWalker> evaluated)
    {
        if (csv != null)
        {
            EvaluationCsv.Write(csv.Writer, evaluated);
            csv.Commit();
        }
    }

    private static Option<int> Seed() => new("--seed")
    {
        Description = "Another seed, other walkers; the same seed gives the same figures.", HelpName = "N", DefaultValueFactory = _ => 1,
    };

    private static Option<double> Seconds() =>
        NumberOption.Positive("--seconds", "How long each simulated walker walks.", DefaultSeconds, LongestSeconds);
}
