using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Live;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Programme;
using Backstep.Walks.Rails;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep live</c>: follows a real sensor, or several that one walker wears.</summary>
public static class LiveCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var sensor = SensorOptions.Sensors("Which sensor, as 'backstep scan' lists it. Give it again for a second "
            + "one: the other shoe, or the wrist.");
        var seconds = NumberOption.PositiveOrNone("--seconds", "How long to follow it. Default: until q or Ctrl+C.",
            SensorOptions.LongestSeconds);
        var units = CommonOptions.UnitsOption();
        var walking = new WalkOptions();
        var store = new StoreOptions();
        var gate = new WalkGate();
        var noKeep = new Option<bool>("--no-keep") { Description = "Do not keep the session." };
        var command = new Command("live", "Follow a sensor: the live view, over Bluetooth.");
        command.Options.Add(sensor);
        command.Options.Add(seconds);
        walking.AddTo(command);
        command.Options.Add(units);
        command.Options.Add(noKeep);
        gate.AddTo(command);
        store.AddTo(command);
        command.SetAction((result, _) =>
        {
            var today = PlanCommand.PlanOf(store, result, environment);
            if (!gate.Opens(result, environment, today))
            {
                environment.Out.WriteLine("Nothing was begun.");
                return Task.FromResult((int)ExitCode.Ok);
            }

            TimeSpan? length = result.GetValue(seconds) is { } value ? TimeSpan.FromSeconds(value) : null;
            var show = Preferences.UnitsOf(result, units, store, environment);
            var plan = walking.Mode(result) == WalkMode.Treadmill && length == null
                && walking.Minutes(result) == null ? today : null;
            return new Run(
                result.GetValue(sensor)!,
                length,
                source => walking.Setup(result, source, isSimulated: false, show, length ?? plan?.Target) with
                {
                    Warning = WalkGate.WarningOf(today),
                    Feedback = walking.Feedback(result, today),
                    InclineDosePercent = BeltIncline.DoseOf(today?.Dose),
                    BeltLimitMetersPerSecond = today?.Dose?.MetersPerSecond ?? Coach.BeltLimitMetersPerSecond,
                },
                plan,
                (found, setup) => store.OpenFor(result, environment,
                    Template(found, setup) with { InclinePercent = walking.Incline(result) },
                    keeps: !result.GetValue(noKeep), "--no-keep"),
                !result.GetValue(noKeep),
                () => walking.Announcer(result, environment,
                    result.GetValue(json) ? Preferences.Off : Preferences.SoundOf(result, store, environment),
                    environment.Time),
                Kept(store, result, environment, mustRead: !result.GetValue(noKeep)),
                walking.Incline(result),
                result.GetValue(json)).RunAsync(environment);
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Follow the sensor with that name until q", "backstep live --sensor Backstep"),
                ("Shoe and wrist, or both shoes", "backstep live --sensor Shoe --sensor Wrist"),
                ("Five intervals up a hill, spoken",
                    "backstep live --sensor Backstep --mode hill --intervals 5 --speak"),
                ("Ten minutes of walking rather than what the plan says",
                    "backstep live --sensor Backstep --minutes 10"),
                ("By address, ten minutes", "backstep live --sensor AA:BB:CC:DD:EE:FF --seconds 600"),
                ("Every event as a line of JSON", "backstep live --sensor Backstep --json"),
            ],
            notes: "When the link is lost, it is set up again, and the strides walked meanwhile are fetched from the "
                + "sensor. With --json each event is an object in a line of its own; "
                + "the last one of each sensor is a summary. Of several sensors the first that is not worn on a "
                + "wrist makes the session that is shown; it is given the rail baselines that are kept with the "
                + "walker. On a treadmill the time to walk is today's of "
                + "'backstep plan', unless --minutes says otherwise. On a day on which the plan says rest or stop, and "
                + "before its first questions are answered, it asks first; --anyway answers.");
        return command;
    }

    /// <summary>What was calibrated with this walker, or null. Who keeps nothing is followed even when the store cannot
    /// be read: then nothing is known.</summary>
    private static KeptRails? Kept(StoreOptions store, ParseResult result, CommandEnvironment environment,
        bool mustRead)
    {
        try
        {
            using var archive = store.OpenForReading(result, environment);
            return store.WhoWalksSoFar(result, archive) is { } walker ? KeptRails.Of(archive, walker) : null;
        }
        catch (ExplainedException) when (!mustRead)
        {
            return null;
        }
    }

    private static SessionHeader Template(IReadOnlyList<SensorSighting> sensors, LiveSetup setup) => new()
    {
        StartedAt = default, // when it begins
        Mode = setup.Mode,
        Target = setup.Intervals == null ? setup.Target : null,
        // they tell where they are worn
        Sensors =
            [
                .. sensors.Select(
                    sensor => new SessionSensor(sensor.Name ?? sensor.Address, sensor.Address, Placement.Unknown))],
    };

    private sealed record Run(
        string[] Wanted,
        TimeSpan? Length,
        Func<string, LiveSetup> MakeSetup,
        Plan? Plan,
        Func<IReadOnlyList<SensorSighting>, LiveSetup, (SessionStore Store, SessionHeader Template)> OpenStore,
        bool Keeps,
        Func<Announcer> MakeAnnouncer,
        KeptRails? Rails,
        double? InclinePercent,
        bool Json)
    {
        public async Task<int> RunAsync(CommandEnvironment environment)
        {
            using var announcer = MakeAnnouncer();
            var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
            await using var closeBluetooth = bluetooth.ConfigureAwait(false);
            if (!Json)
            {
                Advise(environment.Out);
                environment.Out.WriteLine(
                    $"Looking for {string.Join(" and ", Wanted.Select(word => $"'{OneLine.Of(word)}'"))} ...");
            }

            var found = await SensorFinder.FindAllAsync(bluetooth, Wanted, SensorOptions.FindPatience, environment.Stop)
                .ConfigureAwait(false);
            var setup = MakeSetup(string.Join(" + ", found.Select(sensor => sensor.Name ?? sensor.Address)));
            var time = environment.Time;
            var (store, template) = OpenStore(found, setup);
            using var closeStore = store;
            var walk = new SessionRecorder(store, template, time, time);
            walk.Rails.Use(Rails?.Wrist);
            using var follower = new WalkFollower(environment, walk, setup, time, Keeps, Json);
            var sensors = new SensorGroup(bluetooth, found, time,
                sensor => (Keeps ? walk.Wanted(sensor.Address) : new FollowOptions()) with { WithRails = true });
            await using var letGo = sensors.ConfigureAwait(false);
            var logs = sensors.Sensors.ToDictionary(sensor => sensor,
                sensor => new LiveLog(environment.Out, Json, sensor.Label, time));
            sensors.Received += (sensor, received) => logs[sensor].Apply(received);
            var uncalibrated = new HashSet<string>();
            sensors.Received += (_, received) =>
            {
                if (received is ConfigurationReceived told && MountWords.NoIncline(told.Configuration) is { } why)
                {
                    uncalibrated.Add(why);
                }
            };
            follower.Troubled += problem => logs[sensors.Leader].Tell(problem);
            await follower.ConnectAsync(sensors).ConfigureAwait(false);
            sensors.Received += (_, _) => logs[sensors.Leader].Note(walk.Rails.Now);
            foreach (string why in uncalibrated)
            {
                Say(environment.Out, why);
            }

            var incline = new RailIncline(Rails?.Read(), InclinePercent);
            walk.Rails.Trust = await SettleRailsAsync(sensors.Leader, incline, environment).ConfigureAwait(false);
            sensors.Received += (_, _) =>
            {
                if (incline.Judge(walk.Rails, walk.Incline.Now) is { } problem)
                {
                    logs[sensors.Leader].Tell(problem);
                }
            };
            long start = time.GetTimestamp();
            await follower.FollowAsync(sensors, announcer, () => time.GetElapsedTime(start), Length)
                .ConfigureAwait(false);
            follower.Close();
            foreach (var log in logs.Values)
            {
                log.Close(follower.Sessions);
            }

            if (!Json)
            {
                follower.Summarise();
            }

            return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
        }

        /// <summary>Sees to it that the shoe compares with the baselines of who walks, and says whose word about the
        /// rails counts.</summary>
        private async Task<RailTrust> SettleRailsAsync(FollowedSensor shoe, RailIncline incline,
            CommandEnvironment environment)
        {
            var kept = Rails?.Read();
            if (incline.Judge() is { } expired)
            {
                Say(environment.Out, expired);
                return RailTrust.Nothing;
            }

            if (shoe.Placement == Placement.Wrist)
            {
                return RailTrust.WristOnly; // a wrist alone: there is no shoe that compares
            }

            try
            {
                var (owner, wereGiven) = await shoe.SettleRailBaselinesAsync(kept, environment.Stop)
                    .ConfigureAwait(false);
                if (wereGiven)
                {
                    Say(environment.Out, "Rails: the sensor has been given this walker's baselines.");
                }

                if (owner != BaselineOwner.SomebodyElse)
                {
                    return RailTrust.Everything;
                }

                Say(
                    environment.Out,
                    kept == null
                        ? "Rails: the sensor has the baselines of somebody else, so unknown today. If they are "
                            + "yours: 'backstep calibrate rails adopt'; if not, 'backstep calibrate rails' takes a "
                            + "minute each way."
                        : "Rails: the sensor has the baselines of somebody else and does not take this walker's, so "
                            + "unknown today. See 'backstep calibrate rails use'.");
            }
            catch (SensorLinkException)
            {
                Say(environment.Out,
                    "Rails: the link broke before it was known whose baselines the sensor has, so unknown today.");
            }

            return RailTrust.WristOnly;
        }

        private void Say(TextWriter writer, string text)
        {
            if (!Json)
            {
                SummaryWriter.Wrap(writer, text);
            }
        }

        /// <summary>What the programme says of today; whoever walks all the same is followed all the same.</summary>
        private void Advise(TextWriter writer)
        {
            if (Plan is { } plan)
            {
                SummaryWriter.Wrap(writer, $"Today's plan: {PlanWords.InALine(plan)} (see 'backstep plan').");
            }
        }
    }
}
