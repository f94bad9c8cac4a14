using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Evaluation;
using Backstep.Companion.Output;
using Backstep.Companion.Rails;
using Backstep.Companion.Recording;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep evaluate</c>: how good the sensor's engine is, on recordings with a reference or on simulated feet.</summary>
public static class EvaluateCommand
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
            "Recordings: every NAME.csv of the folder, in the format of 'replay'. Beside it may lie",
            "  NAME.mount       how the sensor sat, in the words of 'replay --mount'",
            "  NAME_events.csv  the reference: lines event,t_s with initial_contact or toe_off,",
            "                   in the recording's time; optional columns direction, length_m",
            "  NAME_lengths.csv measured stride lengths: lines from_s,to_s,length_m, from a moment",
            "                   of one stance to a moment of the next",
            "A recording without a .mount must be in the foot frame; if its z does not point up",
            "where the foot stands at first, --mount auto is taken and said.",
            "Comment lines above the recording's header tell the rest; all are optional:",
            "  # side: left     # direction: forward     # strides: 58 (a person's count)",
            "A reference may leave strides out, such as turns. Precision is counted only within",
            "its stretches, where contact follows on contact. Direction counts for all strides.",
            "",
            "Rails: recordings that say '# rails: held' or '# rails: free' above the header, or whose",
            "  names begin so. 40 strides of each make the walker's baselines, the rest is judged.",
            "  NAME.wrist.csv beside NAME.csv: a unit on the wrist, recorded at the same time.",
            "",
            "Simulated: walkers with known truth, drawn evenly between these bounds:",
            .. WalkerGrid.Ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"  {range.Name,-25} {range.Low,6} to {range.High,5} {range.Unit}")),
            "in both directions, landing on toes, flat foot and heel, on either foot, with the",
            "sensor on the laces, the instep, the side of the shoe and the heel; and scenarios",
            "in which nobody walks backward. Two for every five of these walk with a stance that",
            "rolls, on heel, toes, laces and side, and are woken once more in mid-walk:",
            .. RollingGrid.Ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"  {range.Name,-25} {range.Low,6} to {range.High,5} {range.Unit}")),
            "with a step of every fourth one's gyroscope bias of 20 deg/s as the walk begins.",
        ]);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var folder = new Argument<string?>("DIR") { Description = "Folder with recordings and their references.", Arity = ArgumentArity.ZeroOrOne };
        var simulated = new Option<bool>("--simulated") { Description = "Evaluate on simulated walkers instead (synthetic)." };
        var mount = new Option<string?>("--mount") { Description = "How the sensor sat in recordings without a .mount file; see 'replay --help'.", HelpName = "AXES" };
        var side = CommonOptions.SideOption();
        var direction = CommonOptions.DirectionOption("--direction", "Which way people walked in recordings that do not say.");
        var reverse = new Option<bool>("--reverse") { Description = "Play the recordings backwards in time (synthetic): contact and foot-off change places." };
        var walkers = Whole("--walkers", "How many simulated walkers.", DefaultWalkers);
        var seed = new Option<int>("--seed") { Description = "Another seed, other walkers; the same seed gives the same figures.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var seconds = SimulationOptions.Positive("--seconds", "How long each simulated walker walks.", DefaultSeconds, LongestSeconds);
        var scenarioSeeds = Whole("--scenario-seeds", "How many times each scenario in which nobody walks backward is played.", DefaultScenarioSeeds);
        var walker = Whole("--walker", "Only this simulated walker, by its number.", null);
        var rolling = new Option<bool>("--rolling") { Description = "With --simulated: only the walkers whose stance rolls; with --walker N: that one of these." };
        var cuts = Whole("--cuts", "Also start every recording at that many random instants, as it was walked and reversed: how long until the first stride.", null);
        var verbose = new Option<bool>("--verbose") { Description = "With --walker: stride by stride." };
        var check = new Option<bool>("--check") { Description = $"Hold the figures against the project's targets; exit code {ExitCode.TargetMissed} when one is missed." };
        var markdown = new Option<bool>("--markdown") { Description = "Print the tables as Markdown." };
        var csv = new Option<string?>("--csv") { Description = "Also write one line a recording or walker to this CSV. It appears whole or not at all.", HelpName = "OUT.csv" };
        var rails = new Option<bool>("--rails") { Description = $"How well held rails are told: of {RailEvaluation.DefaultWalkers} simulated walkers (synthetic), or of the labelled recordings in DIR." };
        var svg = new Option<string?>("--svg") { Description = "With --rails: also draw probability said against frequency seen. It appears whole or not at all.", HelpName = "OUT.svg" };
        var command = new Command("evaluate", "Measure the sensor's engine against references, or against simulated walkers whose every number is known.")
        {
            folder, simulated, mount, side, direction, reverse, cuts, walkers, seed, seconds, scenarioSeeds, walker, rolling, verbose, check, markdown, csv, rails, svg,
        };
        command.Validators.Add(result =>
        {
            bool grid = result.GetValue(simulated);
            Option[] ofRecordings = [mount, side, direction, reverse, cuts], ofWalkers = [walkers, seed, seconds, scenarioSeeds, walker, rolling, verbose];
            bool Given(Option option) => result.GetResult(option) is { Implicit: false };
            if (result.GetValue(rails))
            {
                CheckRails(result, result.GetValue(folder) is not null, [simulated, reverse, cuts, scenarioSeeds, seconds, walker, rolling, verbose, csv], [walkers, seed, check], Given);
                return;
            }

            if (Given(svg))
            {
                result.AddError("--svg belongs to --rails");
            }
            else if (grid == (result.GetValue(folder) is not null))
            {
                result.AddError("evaluate needs either a folder or --simulated");
            }
            else if ((grid ? ofRecordings : ofWalkers).FirstOrDefault(option => Given(option) && !(option == seed && Given(cuts))) is { } stray)
            {
                result.AddError($"{stray.Name} belongs to {(grid ? "recordings, not to --simulated" : "--simulated")}");
            }
            else if (result.GetValue(verbose) && !Given(walker))
            {
                result.AddError("--verbose needs --walker N");
            }
            else if (result.GetValue(markdown) && result.GetValue(json))
            {
                result.AddError("--markdown and --json exclude each other");
            }
            else if (Given(walker) && (result.GetValue(check) || Given(walkers) || Given(scenarioSeeds)))
            {
                result.AddError("--walker N is about one walker; --check, --walkers and --scenario-seeds are about many");
            }
        });
        command.SetAction(result =>
        {
            var output = new Output(result.GetValue(json), result.GetValue(markdown), result.GetValue(verbose), result.GetValue(csv), result.GetValue(check));
            if (result.GetValue(rails))
            {
                var given = new RecordingDefaults(
                    result.GetValue(mount) is { } axes ? MountSpec.Parse(axes) : MountSpec.Identity, CommonOptions.SideOf(result, side), CommonOptions.DirectionOf(result, direction));
                int count = result.GetResult(walkers) is { Implicit: false } ? result.GetValue(walkers)!.Value : RailEvaluation.DefaultWalkers;
                return EvaluateRails(environment, result.GetValue(folder), given, result.GetValue(seed), count, result.GetValue(svg), output);
            }

            if (result.GetValue(simulated))
            {
                var grid = new Grid(result.GetValue(seed), result.GetValue(walkers)!.Value, result.GetValue(walker), result.GetValue(seconds), result.GetValue(scenarioSeeds)!.Value, result.GetValue(rolling));
                return Simulate(environment, grid, output);
            }

            var defaults = new RecordingDefaults(
                result.GetValue(mount) is { } spec ? MountSpec.Parse(spec) : MountSpec.Identity,
                CommonOptions.SideOf(result, side),
                CommonOptions.DirectionOf(result, direction));
            var starts = new Cuts(result.GetValue(cuts) ?? 0, result.GetValue(seed));
            return EvaluateRecordings(environment, result.GetRequiredValue(folder)!, defaults, result.GetValue(reverse), starts, output);
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Recordings with references", "backstep evaluate recordings"),
                ("The same played backwards, as Markdown", "backstep evaluate recordings --reverse --markdown"),
                ("500 simulated walkers; fail if a target is missed", "backstep evaluate --simulated --check"),
                ("Recordings with measured lengths; and from 20 random instants each", "backstep evaluate recordings --cuts 20 --seed 7"),
                ("Only simulated walkers whose stance rolls", "backstep evaluate --simulated --rolling --walkers 200"),
                ("Held rails, told of simulated walkers; and of your own minutes", "backstep evaluate --rails --check"),
                ("", "backstep evaluate --rails my-recordings --svg plot.svg"),
                ("One of them, stride by stride", "backstep evaluate --simulated --walker 137 --verbose"),
            ],
            notes: Notes);
        return command;
    }

    private static void CheckRails(System.CommandLine.Parsing.CommandResult result, bool hasFolder, Option[] never, Option[] ofWalkers, Func<Option, bool> given)
    {
        if (never.FirstOrDefault(given) is { } stray)
        {
            result.AddError($"{stray.Name} does not go with --rails");
        }
        else if (hasFolder && ofWalkers.FirstOrDefault(given) is { } simulated)
        {
            result.AddError($"{simulated.Name} is about simulated walkers: leave the folder out");
        }
    }

    private static int EvaluateRails(CommandEnvironment environment, string? folder, RecordingDefaults defaults, int seed, int walkers, string? svg, Output output)
    {
        using var picture = svg == null ? null : AtomicFile.Create(svg, overwrite: true);
        var report = folder == null
            ? RailEvaluation.Simulate(seed, walkers, output.Check, environment.Stop)
            : RailEvaluation.OfRecordings(folder, defaults, environment.Stop);
        if (picture != null)
        {
            picture.Writer.Write(ReliabilityPlot.Draw(report));
            picture.Commit();
        }

        if (output.Json)
        {
            JsonOutput.Write(environment.Out, report, JsonOutput.Context.RailReport);
        }
        else
        {
            new RailReportText(environment.Out, output.Markdown).Write(report);
        }

        return Missed(report.Targets);
    }

    private static int EvaluateRecordings(CommandEnvironment environment, string folder, RecordingDefaults defaults, bool reverse, Cuts cuts, Output output)
    {
        using var csv = output.Csv == null ? null : AtomicFile.Create(output.Csv, overwrite: true);
        var report = Reports.OfRecordings(folder, defaults, reverse, cuts, output.Check, environment.Stop);
        if (csv != null)
        {
            EvaluationCsv.Write(csv.Writer, report.Rows);
            csv.Commit();
        }

        return Print(environment, report, output);
    }

    private static int Simulate(CommandEnvironment environment, Grid grid, Output output)
    {
        using var csv = output.Csv == null ? null : AtomicFile.Create(output.Csv, overwrite: true);
        int usual = grid.Rolling ? 0 : grid.Walkers;
        int rolling = grid.Rolling ? grid.Walkers : Math.Max(1, grid.Walkers * RollingShare / 100);
        using var progress = new ProgressLine(environment.ErrorTerminal, "walkers", usual + rolling, environment.Time);
        var evaluated = grid.Only is { } number
            ? [grid.Rolling ? RollingEvaluation.One(grid.Seed, number, grid.Seconds).Walker : GridEvaluation.One(grid.Seed, number, grid.Seconds)]
            : GridEvaluation.Run(grid.Seed, usual, grid.Seconds, environment.Stop, progress.Step);
        var rolls = grid.Only == null ? RollingEvaluation.Run(grid.Seed, rolling, grid.Seconds, WorstShown, environment.Stop, progress.Step) : null;
        progress.Dispose();
        var notWalking = grid.Only == null && !grid.Rolling ? NotWalking.Run(grid.Seed, grid.ScenarioSeeds, environment.Stop) : [];
        if (csv != null)
        {
            EvaluationCsv.Write(csv.Writer, evaluated);
            csv.Commit();
        }

        if (output.Verbose && !output.Json)
        {
            StrideByStride.Write(environment.Out, evaluated[0]);
        }

        return Print(environment, Reports.OfWalkers(grid.Seed, grid.Seconds, evaluated, rolls, notWalking, grid.Only == null ? WorstShown : 0, output.Check), output);
    }

    private static int Print(CommandEnvironment environment, EvaluationReport report, Output output)
    {
        if (output.Json)
        {
            JsonOutput.Write(environment.Out, report, JsonOutput.Context.EvaluationReport);
        }
        else
        {
            new EvaluationText(environment.Out, output.Markdown).Write(report);
        }

        return Missed(report.Targets);
    }

    private static int Missed(IReadOnlyList<TargetResult> targets)
    {
        if (targets.Any(target => !target.Met))
        {
            string missed = string.Join("; ", targets.Where(target => !target.Met).Select(target => target.Name));
            throw new CompanionException(ExitCode.TargetMissed, $"targets missed: {missed}.");
        }

        return ExitCode.Ok;
    }

    private static Option<int?> Whole(string name, string description, int? defaultValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value is < 1 or > MostWalkers)
            {
                result.AddError($"{name} must be a whole number from 1 to {MostWalkers}, not '{OneLine.Of(text)}'");
            }

            return value;
        },
    };

    private sealed record Grid(int Seed, int Walkers, int? Only, double Seconds, int ScenarioSeeds, bool Rolling);

    private sealed record Output(bool Json, bool Markdown, bool Verbose, string? Csv, bool Check);
}
