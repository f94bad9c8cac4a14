using System.CommandLine;
using System.Globalization;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary><c>backstep-lab walkers</c>: how good the sensor's engine is on simulated feet.</summary>
public static class SimulatedWalkersCommand
{
    private const int DefaultWalkers = 500;
    private const int MostWalkers = 100_000;
    private const double DefaultSeconds = 60;
    private const double LongestSeconds = 3600;
    private const int DefaultScenarioSeeds = 20;
    private const int WorstShown = 10;

    // So many walkers with a rolling stance for every hundred usual ones.
    private const int RollingShare = 40;

    private static readonly string Notes = string.Join(
        Environment.NewLine,
        [
            "Walkers with known truth, drawn evenly between these bounds:",
            .. WalkerGrid.Ranges.Select(range => string.Create(
                CultureInfo.InvariantCulture, $"  {range.Name,-25} {range.Low,6} to {range.High,5} {range.Unit}")),
            "in both directions, landing on toes, flat foot and heel, on either foot, with the "
                + "sensor on the laces, the instep, the side of the shoe and the heel; and scenarios "
                + "in which nobody walks backward. Two for every five of these walk with a stance that "
                + "rolls, on heel, toes, laces and side, and are woken once more in mid-walk:",
            .. RollingGrid.Ranges.Select(range => string.Create(
                CultureInfo.InvariantCulture, $"  {range.Name,-25} {range.Low,6} to {range.High,5} {range.Unit}")),
            "with a step of every fourth one's gyroscope bias of 20 deg/s as the walk begins.",
        ]);

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment, Option<bool> json)
    {
        var output = new ReportOutput(environment, json);
        var count = NumberOption.Whole("--count", "How many simulated walkers.", DefaultWalkers, MostWalkers);
        var scenarioSeeds = NumberOption.Whole(
            "--scenario-seeds", "How many times each scenario in which nobody walks backward is played.",
            DefaultScenarioSeeds, MostWalkers);
        var seed = Seed();
        var seconds = Seconds();
        var rollingOnly = Rolling("Only the walkers whose stance rolls.");
        var command = new Command("walkers",
            "Hold the engine against simulated walkers (synthetic), whose every number is known.")
        {
            count, seed, seconds, scenarioSeeds, rollingOnly, output.Check, output.Csv, One(environment, json),
        };
        output.AddFormatTo(command);
        command.SetAction(result =>
        {
            using var csv = output.OpenCsv(result);
            int walkers = result.GetRequiredValue(count)!.Value, drawnBy = result.GetValue(seed);
            double length = result.GetValue(seconds);
            bool onlyRolling = result.GetValue(rollingOnly);
            int usual = onlyRolling ? 0 : walkers;
            int rolling = onlyRolling ? walkers : Math.Max(1, walkers * RollingShare / 100);
            using var progress = new ProgressLine(environment.ErrorTerminal, "walkers", usual + rolling,
                environment.Time);
            var evaluated = GridEvaluation.Run(drawnBy, usual, length, environment.Stop, progress.Step);
            var rolls = RollingEvaluation.Run(drawnBy, rolling, length, WorstShown, environment.Stop, progress.Step);
            progress.Dispose();
            var notWalking = onlyRolling
                ? []
                : NotWalking.Run(drawnBy, result.GetRequiredValue(scenarioSeeds)!.Value, environment.Stop);
            Write(csv, evaluated);
            bool check = result.GetValue(output.Check);
            return output.Print(result,
                Reports.OfWalkers(drawnBy, length, evaluated, rolls, notWalking, WorstShown, check));
        });
        HelpWithExamples.Attach(
            command,
            [
                ("500 simulated walkers; fail if a target is missed", "backstep-lab walkers --check"),
                ("Only simulated walkers whose stance rolls", "backstep-lab walkers --rolling --count 200"),
                ("One of them, stride by stride", "backstep-lab walkers one 137"),
            ],
            Notes);
        return command;
    }

    private static Command One(ProgramEnvironment environment, Option<bool> json)
    {
        var output = new ReportOutput(environment, json);
        var number = NumberOption.Argument("N", "Its number, as the list of the worst names it.",
            "the walker's number", 1, MostWalkers);
        var seed = Seed();
        var seconds = Seconds();
        var rolling = Rolling("One of those whose stance rolls.");
        var command = new Command("one", "One of the simulated walkers, stride by stride.")
        {
            number, seed, seconds, rolling, output.Csv,
        };
        output.AddFormatTo(command);
        command.SetAction(result =>
        {
            using var csv = output.OpenCsv(result);
            int drawnBy = result.GetValue(seed);
            double length = result.GetValue(seconds);
            var evaluated = result.GetValue(rolling)
                ? RollingEvaluation.One(drawnBy, (int)result.GetValue(number), length).Walker
                : GridEvaluation.One(drawnBy, (int)result.GetValue(number), length);
            Write(csv, [evaluated]);
            if (!result.GetValue(json))
            {
                StrideByStride.Write(environment.Out, evaluated);
            }

            return output.Print(result, Reports.OfWalkers(drawnBy, length, [evaluated], null, [], 0, check: false));
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

    private static Option<bool> Rolling(string description) => new("--rolling") { Description = description };

    private static Option<int> Seed() =>
        NumberOption.Seed("Another seed, other walkers; the same seed gives the same figures.");

    private static Option<double> Seconds() =>
        NumberOption.Positive("--seconds", "How long each simulated walker walks.", DefaultSeconds, LongestSeconds);
}
