using System.CommandLine;
using Backstep.Companion.Live;
using Backstep.Companion.Output;
using Backstep.Companion.Sessions;
using Backstep.Companion.Simulation;
using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep demo</c>: the sensor's real program walks on this computer.</summary>
public static class DemoCommand
{
    private const double DefaultSeconds = 180; // three minutes: what people begin with

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    // Strides that were complete at the end may still be on their way; after a dropout they must first be asked for.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AfterwardsAtMost = TimeSpan.FromSeconds(60);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var simulation = new SimulationOptions(DefaultSeconds);
        var speed = SimulationOptions.Positive("--speed", "Virtual seconds in a real one. Default: 1 on a terminal; elsewhere as fast as possible.", 1, 1000);
        var fast = new Option<bool>("--fast") { Description = "As fast as possible." };
        var units = CommonOptions.UnitsOption();
        var store = new StoreOptions();
        var keep = new Option<bool>("--keep") { Description = "Keep the session, marked as simulated. Without it nothing is kept." };
        var command = new Command("demo", "Let the sensor's own program walk on this computer: a simulated walker, a virtual chip, a live view.");
        simulation.AddTo(command);
        command.Options.Add(speed);
        command.Options.Add(fast);
        command.Options.Add(units);
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
            var run = new Run(
                result.GetValue(simulation.Scenario)!,
                result.GetValue(simulation.Seed),
                TimeSpan.FromSeconds(result.GetValue(simulation.Seconds)),
                paced && !result.GetValue(fast) ? result.GetValue(speed) : null,
                CommonOptions.UnitsOf(result, units, environment),
                asJson);
            return run.GoAsync(
                environment,
                walk => result.GetValue(keep)
                    ? Keeping.Begin(store, result, environment, run.Template(walk), new RebasedTime(walk.Time, environment.Time.GetUtcNow()), "leave out --keep")
                    : Keeping.Nothing());
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Three minutes of backward walking, live (q ends it)", "backstep demo"),
                ("Somebody who lands on the heel, four times as fast", "backstep demo --scenario heel-first --speed 4"),
                ("The link drops in mid-walk: nothing is lost", "backstep demo --scenario dropout --seconds 120 --fast"),
                ("Kept in the history, marked as simulated", "backstep demo --keep"),
                ("For a script", "backstep demo --seconds 60 --fast --json"),
            ],
            notes: "What is shown is simulated: no person walks. At the end it is held against what the simulated walker truly did."
                + Environment.NewLine + Environment.NewLine + SimulationOptions.ListOfScenarios);
        return command;
    }

    private sealed record Run(string Scenario, int Seed, TimeSpan Length, double? Speed, Units Units, bool Json)
    {
        public SessionHeader Template(SimulatedWalk walk) => new()
        {
            StartedAt = default, // when it begins
            IsSimulated = true,
            Target = Length,
            Sensors = [new SessionSensor($"simulated: {walk.Scenario.Name}", null, walk.Walker.Settings.Side == FootSide.Left ? Placement.LeftShoe : Placement.RightShoe)],
        };

        public async Task<int> GoAsync(CommandEnvironment environment, Func<SimulatedWalk, Keeping> beginKeeping)
        {
            using var walk = SimulatedWalk.Create(Scenario, Seed, Length);
            using var keeping = beginKeeping(walk);
            walk.Client.Received += received => keeping.Apply(0, received);
            var recorder = new DemoRecorder(walk);
            var model = new LiveModel($"simulated walker: {walk.Scenario.Name}", simulated: true, Length, Units, walk.Time);
            walk.Client.Received += model.Apply;
            await walk.StartAsync(environment.Stop).ConfigureAwait(false);
            await ShowAsync(environment, walk, model, keeping).ConfigureAwait(false);
            double seconds = Math.Min(walk.Elapsed.TotalSeconds, Length.TotalSeconds);
            await LetArriveAsync(walk).ConfigureAwait(false);
            keeping.Close();

            var summary = recorder.Summarise(Seed, seconds) with { KeptSessions = keeping.Sessions };
            if (Json)
            {
                JsonOutput.Write(environment.Out, summary, JsonOutput.Context.DemoJson);
            }
            else
            {
                DemoSummary.Write(environment.Out, summary, Units);
                keeping.Summarise(environment.Out);
            }

            return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
        }

        private async Task ShowAsync(CommandEnvironment environment, SimulatedWalk walk, LiveModel model, Keeping keeping)
        {
            using var screen = environment.Terminal is { } terminal && !Json ? new LiveScreen(terminal, Units) : null;
            var linear = screen == null && !Json ? new LinearView(environment.Out, Units) : null;
            var pacer = new Pacer(environment.Time, Speed);
            while (walk.Elapsed < Length && !environment.Stop.IsCancellationRequested)
            {
                var until = walk.Elapsed + Slice;
                await walk.AdvanceToAsync(until < Length ? until : Length, environment.Stop).ConfigureAwait(false);
                keeping.Work();
                await pacer.WaitForAsync(walk.Elapsed, environment.Stop).ConfigureAwait(false);
                var live = model.Snapshot();
                linear?.Show(walk.Elapsed, live);
                if (screen != null && pacer.IsFrameDue())
                {
                    screen.Draw(live);
                }

                if (screen != null && environment.ReadKey() is { } key && (key.Key is ConsoleKey.Q or ConsoleKey.Escape || key.KeyChar is 'q' or 'Q'))
                {
                    return;
                }
            }
        }

        private static async Task LetArriveAsync(SimulatedWalk walk)
        {
            var end = walk.Elapsed;
            while (walk.Elapsed < end + Afterwards || (!walk.Client.IsComplete && walk.Elapsed < end + AfterwardsAtMost))
            {
                await walk.AdvanceToAsync(walk.Elapsed + Slice, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
