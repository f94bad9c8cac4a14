using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Link;
using Backstep.Rehearsal;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep demo</c>: the sensor's real program walks on this computer.</summary>
public static class DemoCommand
{
    private const double DefaultSeconds = 180; // three minutes: what people begin with

    private const string HillScenario = "hill";

    private static readonly TimeSpan AfterIntervals = TimeSpan.FromSeconds(10);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var simulation = new SimulationOptions(DefaultSeconds);
        var speed = NumberOption.Positive("--speed",
            "Virtual seconds in a real one. Without it, and not on a terminal, as fast as possible.", 1, 1000);
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
            bool keeps = result.GetValue(keep);
            return new Run(
                scenario,
                result.GetValue(simulation.Seed),
                length,
                paced && !result.GetValue(fast) ? result.GetValue(speed) : null,
                walking.Setup(result, $"simulated walker: {scenario}", isSimulated: true, show, length) with
                {
                    Feedback = walking.Feedback(result, plan: null),
                },
                time => walking.Announcer(result, environment,
                    asJson ? Preferences.Off : Preferences.SoundOf(result, store, environment), time),
                template => store.OpenFor(result, environment,
                    template with { InclinePercent = walking.Incline(result) }, keeps, "leave out --keep"),
                keeps,
                result.GetValue(wrist),
                asJson).RunAsync(environment);
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Three minutes of backward walking, live (q ends it)", "backstep demo"),
                ("Somebody who lands on the heel, four times as fast", "backstep demo --scenario heel-first --speed 4"),
                ("The belt runs too fast: what is said then", "backstep demo --scenario too-fast"),
                ("The belt stands at 2 %: what is said of it", "backstep demo --scenario low-belt"),
                ("The time that was set is over, and the walk goes on",
                    "backstep demo --minutes 1 --seconds 150 --scenario heel-first --speed 4"),
                ("A walk as in the sixth session: half of each minute without cues",
                    "backstep demo --scenario learning --cues-as-in 6"),
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
        Func<TimeProvider, Announcer> MakeAnnouncer,
        Func<SessionHeader, (SessionStore Store, SessionHeader Template)> OpenStore, bool Keeps, bool WithWrist,
        bool Json)
    {
        public async Task<int> RunAsync(CommandEnvironment environment)
        {
            using var simulated = SimulatedWalk.Create(Scenario, Seed, Length, WithWrist);
            var (store, template) = OpenStore(simulated.HeaderOf(Setup.Mode,
                Setup.Intervals == null ? Setup.Target : null));
            using var closeStore = store;
            var time = new RebasedTime(simulated.Time, environment.Time.GetUtcNow());
            var walk = new SessionRecorder(store, template, time, environment.Time);
            walk.Rails.Use(simulated.Baseline);
            using var follower = new WalkFollower(environment, walk, Setup, time, Keeps, Json);
            using var announcer = MakeAnnouncer(time);
            var pacer = new Pacer(environment.Time, Speed);
            var bluetooth = simulated.Air(pacer.WaitForAsync);
            await using var closeBluetooth = bluetooth.ConfigureAwait(false);
            await bluetooth.SearchAsync(_ => { }, environment.Stop).ConfigureAwait(false);
            var sensors = new SensorGroup(bluetooth, simulated.Sensors, simulated.Time,
                _ => new FollowOptions { WithRails = true });
            await using var letGo = sensors.ConfigureAwait(false);
            var recorder = new DemoRecorder(simulated);
            sensors.Sensors[0].Received += recorder.Apply;
            var rails = WithWrist ? new RailAgreement(simulated.Walker) : null;
            await follower.ConnectAsync(sensors).ConfigureAwait(false);
            await follower.FollowAsync(sensors, announcer, () => simulated.Elapsed, Length,
                () => rails?.Add(simulated.Elapsed.TotalSeconds, walk.Rails.Now.Posture)).ConfigureAwait(false);
            walk.Stop();
            double seconds = Math.Min(simulated.Elapsed.TotalSeconds, Length.TotalSeconds);
            await simulated.LetArriveAsync(sensors).ConfigureAwait(false);
            follower.Close();
            WriteSummary(environment, recorder.Summarise(Seed, seconds, walk.Totals, walk.MeasuredIncline) with
            {
                KeptSessions = follower.Sessions,
                RailsAgainstTruth = rails?.Summarise(),
            }, follower);
            return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
        }

        private void WriteSummary(CommandEnvironment environment, DemoJson summary, WalkFollower follower)
        {
            if (Json)
            {
                JsonOutput.Write(environment.Out, summary, JsonOutput.Context.DemoJson);
            }
            else
            {
                DemoSummary.Write(environment.Out, summary, Setup.Units);
                follower.Summarise();
            }
        }
    }
}
