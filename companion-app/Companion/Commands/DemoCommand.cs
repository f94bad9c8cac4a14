using System.CommandLine;
using Backstep.Companion.Live;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Terminal;
using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep demo</c>: the sensor's real program walks on this computer.</summary>
public static class DemoCommand
{
    private const double DefaultSeconds = 180; // three minutes: what people begin with

    private const string HillScenario = "hill";

    private static readonly TimeSpan AfterIntervals = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    // Strides that were complete at the end may still be on their way; after a dropout they must first be asked for.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AfterwardsAtMost = TimeSpan.FromSeconds(60);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var simulation = new SimulationOptions(DefaultSeconds);
        var speed = NumberOption.Positive("--speed",
            "Virtual seconds in a real one. Default: 1 on a terminal; elsewhere as fast as possible.", 1, 1000);
        var fast = new Option<bool>("--fast") { Description = "As fast as possible." };
        var units = CommonOptions.UnitsOption();
        var walking = new WalkOptions();
        var store = new StoreOptions();
        var keep = new Option<bool>("--keep") { Description = "Keep the session, marked as simulated. Without it "
            + "nothing is kept." };
        var wrist = new Option<bool>("--wrist") { Description = "With a second unit on the simulated walker's wrist, "
            + "calibrated: then the view tells whether the rails are held." };
        var command = new Command("demo",
            "Let the sensor's own program walk on this computer: a simulated walker, a virtual chip, a live view.");
        simulation.AddTo(command);
        command.Options.Add(speed);
        command.Options.Add(fast);
        walking.AddTo(command);
        command.Options.Add(units);
        command.Options.Add(wrist);
        command.Options.Add(keep);
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(fast) && result.GetResult(speed) is { Implicit: false })
            {
                result.AddError("--fast and --speed exclude each other");
            }
        });
        command.SetAction((result, cancellationToken) =>
        {
            bool asJson = result.GetValue(json);
            bool paced = result.GetResult(speed) is { Implicit: false } || (environment.Terminal != null && !asJson);
            var intervals = walking.IntervalsOf(result);
            bool isTold = result.GetResult(simulation.Seconds) is { Implicit: false };
            var length = intervals != null
                && !isTold ? intervals.Length + AfterIntervals
                : TimeSpan.FromSeconds(result.GetValue(simulation.Seconds));
            string scenario = walking.Mode(result) == WalkMode.Hill
                && result.GetResult(simulation.Scenario) is not { Implicit: false } ? HillScenario
                : result.GetValue(simulation.Scenario)!;
            var show = Preferences.UnitsOf(result, units, store, environment);
            var run = new Run(
                scenario,
                result.GetValue(simulation.Seed),
                length,
                paced && !result.GetValue(fast) ? result.GetValue(speed) : null,
                walking.Setup(result, $"simulated walker: {scenario}", isSimulated: true, show, length),
                time => walking.Announcer(result, environment, time),
                result.GetValue(wrist),
                asJson);
            return run.GoAsync(
                environment,
                walk => result.GetValue(keep)
                    ? Keeping.Begin(store, result, environment,
                        run.Template(walk) with { InclinePercent = walking.Incline(result) },
                        new RebasedTime(walk.Time, environment.Time.GetUtcNow()), "leave out --keep")
                    : Keeping.Nothing());
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Three minutes of backward walking, live (q ends it)", "backstep demo"),
                ("Somebody who lands on the heel, four times as fast", "backstep demo --scenario heel-first --speed 4"),
                ("A unit on the wrist as well: hands on the rail, then a phone in one",
                    "backstep demo --scenario phone --wrist"),
                ("The link drops in mid-walk: nothing is lost",
                    "backstep demo --scenario dropout --seconds 120 --fast"),
                ("Kept in the history, marked as simulated", "backstep demo --keep"),
                ("Intervals up a hill, counted down, with a bell", "backstep demo --mode hill --bell"),
                ("For a script", "backstep demo --seconds 60 --fast --json"),
            ],
            notes: "What is shown is simulated: no person walks. At the end it is held against what the simulated "
                + "walker truly did."
                + Environment.NewLine + Environment.NewLine + SimulationOptions.ListOfScenarios);
        return command;
    }

    private sealed record Run(string Scenario, int Seed, TimeSpan Length, double? Speed, LiveSetup Setup,
        Func<TimeProvider, Announcer> MakeAnnouncer, bool WithWrist, bool Json)
    {
        public SessionHeader Template(SimulatedWalk walk) => new()
        {
            StartedAt = default, // when it begins
            IsSimulated = true,
            Mode = Setup.Mode,
            Target = Setup.Intervals == null ? Setup.Target : null,
            Sensors =
            [
                new SessionSensor($"simulated: {walk.Scenario.Name}", null,
                    walk.Walker.Settings.Side == FootSide.Left ? Placement.LeftShoe : Placement.RightShoe),
                .. WithWrist ? [new SessionSensor($"simulated wrist: {walk.Scenario.Name}", null, Placement.Wrist)]
                    : Array.Empty<SessionSensor>(),
            ],
        };

        public async Task<int> GoAsync(CommandEnvironment environment, Func<SimulatedWalk, Keeping> beginKeeping)
        {
            using var walk = SimulatedWalk.Create(Scenario, Seed, Length, withWrist: WithWrist);
            using var keeping = beginKeeping(walk);
            walk.Client.Received += received => keeping.Apply(0, received);
            var recorder = new DemoRecorder(walk);
            var model = new LiveModel(Setup, walk.Time);
            walk.Client.Received += received => model.Apply(received);
            if (walk.Wrist is { } wrist)
            {
                model.Use(wrist.Baseline);
                wrist.Client.Received += received => model.Apply(received, 1, Placement.Wrist, isLeader: false);
                wrist.Client.Received += received => keeping.Apply(1, received);
                keeping.JudgeRailsBy(model.RailsOf);
            }

            var rails = WithWrist ? new RailAgreement(walk.Walker) : null;
            using var announcer = MakeAnnouncer(walk.Time);
            await walk.StartAsync(environment.Stop).ConfigureAwait(false);
            await ShowAsync(environment, walk, model, announcer, keeping, rails).ConfigureAwait(false);
            double seconds = Math.Min(walk.Elapsed.TotalSeconds, Length.TotalSeconds);
            await LetArriveAsync(walk).ConfigureAwait(false);
            keeping.Close();

            var summary = recorder.Summarise(Seed, seconds) with { KeptSessions = keeping.Sessions,
                RailsAgainstTruth = rails?.Summarise() };
            if (Json)
            {
                JsonOutput.Write(environment.Out, summary, JsonOutput.Context.DemoJson);
            }
            else
            {
                DemoSummary.Write(environment.Out, summary, Setup.Units);
                keeping.Summarise(environment.Out);
            }

            return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
        }

        private async Task ShowAsync(CommandEnvironment environment, SimulatedWalk walk, LiveModel model,
            Announcer announcer, Keeping keeping, RailAgreement? rails)
        {
            using var stage = new LiveStage(model, announcer, Json ? null : environment.Terminal,
                Json ? null : environment.Out, environment.ReadKey, Setup.Units, environment.Time);
            stage.Commanded += operation => walk.Client.Send(ControlCommand.Of(operation));
            stage.Marked += keeping.Mark;
            var pacer = new Pacer(environment.Time, Speed);
            bool goesOn = true;
            while (goesOn && walk.Elapsed < Length && !environment.Stop.IsCancellationRequested)
            {
                var until = walk.Elapsed + Slice;
                await walk.AdvanceToAsync(until < Length ? until : Length, environment.Stop).ConfigureAwait(false);
                rails?.Add(walk.Elapsed.TotalSeconds, model.Rails.Posture);
                keeping.Work();
                await pacer.WaitForAsync(walk.Elapsed, environment.Stop).ConfigureAwait(false);
                goesOn = stage.Show(walk.Elapsed);
            }
        }

        private static async Task LetArriveAsync(SimulatedWalk walk)
        {
            var end = walk.Elapsed;
            while (walk.Elapsed < end + Afterwards
                || (!walk.Client.IsComplete && walk.Elapsed < end + AfterwardsAtMost))
            {
                await walk.AdvanceToAsync(walk.Elapsed + Slice, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
