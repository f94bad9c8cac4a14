using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Terminal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks;
using Backstep.Walks.Rails;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep calibrate rails</c>: 40 strides with the rails held, 40 with free hands, and the sensor knows
/// how steady this walker is with either.</summary>
public static class CalibrateRailsCommand
{
    private const string SimulatedAddress = "simulated";
    private const string SimulatedScenario = "calibrating-rails";

    // The sensor gives a step up by itself after 180 s (firmware/Protocol/README.md, Control).
    private static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(185);
    private static readonly TimeSpan ToLetGo = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ToFindIn = TimeSpan.FromSeconds(12);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var sensor = SensorOptions.Sensor(required: false, "The sensor on the shoe, as 'backstep scan' lists it.");
        var wrist = new Option<string?>("--wrist") { Description = "A second unit, on the wrist of the hand that "
            + "leaves the rail last; it learns at the same time how it lies on the rail.", HelpName = "NAME" };
        var simulated = new Option<bool>("--simulated") { Description = "A simulated walker in place of a sensor: "
            + "see how it goes. Nothing is kept." };
        var use = new Option<bool>("--use") { Description = "Give the sensor the baselines that were kept with this "
            + "walker, instead of walking again." };
        var adopt = new Option<bool>("--adopt") { Description = "Keep the baselines that the sensor has with this "
            + "walker: they were taken with another computer." };
        var forget = new Option<bool>("--forget") { Description = "Take the baselines off the sensor: the posture is "
            + "unknown again." };
        var incline = new Option<double?>("--incline") { Description = "Incline of the belt in %. The shoe cannot "
            + "measure it; baselines hold for one incline.", HelpName = "PERCENT" };
        var store = new StoreOptions();
        var command = new Command("rails",
            "Learn how steadily you walk with the rails held and with free hands: 40 strides of each.");
        foreach (var option in new Option[] { sensor, wrist, simulated, use, adopt, forget, incline })
        {
            command.Options.Add(option);
        }

        store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(simulated) == (result.GetValue(sensor) != null))
            {
                result.AddError("give either --sensor NAME or --simulated");
            }
            else if (new[] { use, adopt, forget }.Count(result.GetValue) > 1)
            {
                result.AddError("--use, --adopt and --forget exclude each other");
            }
            else if (result.GetValue(simulated)
                && (new[] { use, adopt, forget }.Any(result.GetValue) || result.GetValue(wrist) != null))
            {
                result.AddError("--use, --adopt, --forget and --wrist are about real sensors");
            }
            else if (result.GetValue(wrist) != null && new[] { use, adopt, forget }.Any(result.GetValue))
            {
                result.AddError("--wrist is for a calibration: --use, --adopt and --forget are about the shoe alone");
            }
            else if (result.GetValue(incline) is { } percent && !(percent is >= -40 and <= 40))
            {
                result.AddError("--incline must be a number from -40 to 40");
            }
        });
        command.SetAction(async (result, _) =>
        {
            int inclineTenths = result.GetValue(incline) is { } percent ? (int)Math.Round(percent * 10)
                : Stride.Missing;
            if (result.GetValue(simulated))
            {
                return await SimulateAsync(environment, inclineTenths, result.GetValue(json)).ConfigureAwait(false);
            }

            using var archive = store.Open(result, environment);
            var walker = store.WhoWalks(result, archive);
            var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
            await using var closeBluetooth = bluetooth.ConfigureAwait(false);
            var found = await SensorFinder.FindAsync(bluetooth, result.GetValue(sensor)!, SensorOptions.FindPatience,
                environment.Stop).ConfigureAwait(false);
            var guide = new Guide(environment, result.GetValue(json), Simulated: false);
            if (result.GetValue(use) || result.GetValue(forget))
            {
                var kept = result.GetValue(use) ? Usable(KeptRails.Of(archive, walker), walker.Name, inclineTenths)
                    : null;
                return await guide.GiveAsync(bluetooth, found, environment.Time, kept).ConfigureAwait(false);
            }

            if (result.GetValue(adopt))
            {
                await guide.AdoptAsync(bluetooth, found, environment.Time,
                    baselines => KeptRails.Of(baselines, KeptRails.Of(archive, walker)?.Wrist,
                        environment.Time.GetUtcNow()).Keep(archive, walker)).ConfigureAwait(false);
                guide.Say($"Kept with walker '{OneLine.Of(walker.Name)}'.");
                return ExitCode.Ok;
            }

            var second = result.GetValue(wrist) is { } name
                ? await SensorFinder.FindAsync(bluetooth, name, SensorOptions.FindPatience, environment.Stop)
                .ConfigureAwait(false) : null;
            var (baselines, wristBaseline) = await guide.GoAsync(bluetooth, found, second, environment.Time,
                inclineTenths).ConfigureAwait(false);
            KeptRails.Of(baselines, wristBaseline, environment.Time.GetUtcNow()).Keep(archive, walker);
            guide.Say($"Kept with walker '{OneLine.Of(walker.Name)}'.");
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Learn it, at 5 % incline", "backstep calibrate rails --sensor Backstep --incline 5"),
                ("The same with a second unit on the wrist",
                    "backstep calibrate rails --sensor Backstep --wrist Wrist --incline 5"),
                ("Another walker takes over the sensor ('live' does so by itself)",
                    "backstep calibrate rails --sensor Backstep --use --walker Ann --incline 5"),
                ("Calibrated with another computer: keep it here too",
                    "backstep calibrate rails --sensor Backstep --adopt"),
                ("See how it goes, without a sensor", "backstep calibrate rails --simulated"),
            ],
            notes: "Walk at the speed and incline at which you mean to walk later; the baselines hold for these "
                + "alone. Do not let go of the rails unless you are at ease: Ctrl+C leaves the old "
                + "baselines. From one shoe this is a statistical guess, and often the answer is unknown; how good "
                + "it is, and on whom it was tried (nobody yet), stands on the project's page about rails.");
        return command;
    }

    private static RailBaselines Usable(KeptRails? kept, string walker, int inclineTenths)
    {
        var baselines = kept?.Read() ?? throw new CommandException(
            ExitCode.BadInput,
            $"nothing is kept for walker '{OneLine.Of(walker)}'. Calibrate first: backstep calibrate rails --sensor "
            + $"NAME.");
        return baselines.InclineTenthsPercent == inclineTenths
            ? baselines
            : throw new CommandException(
                ExitCode.BadInput,
                $"the baselines of '{OneLine.Of(walker)}' were taken at "
                + $"{Guide.Incline(baselines.InclineTenthsPercent)}, not at {Guide.Incline(inclineTenths)}: they "
                + $"have expired. Calibrate again, or say --incline as it was then.");
    }

    private static async Task<int> SimulateAsync(CommandEnvironment environment, int inclineTenths, bool json)
    {
        Scenarios.TryGet(SimulatedScenario, 4, out var walker);
        using var device = new VirtualDevice(walker!);
        var pacer = new Pacer(environment.Time, environment.Terminal != null && !json ? 4 : null);
        var bluetooth = new InMemoryBluetooth(new Dictionary<string, VirtualDevice> { [SimulatedAddress] = device },
            pacer.WaitForAsync);
        await using var close = bluetooth.ConfigureAwait(false);
        var found = await SensorFinder.FindAsync(bluetooth, SimulatedAddress, SensorOptions.FindPatience,
            environment.Stop).ConfigureAwait(false);
        await new Guide(environment, json, Simulated: true).GoAsync(bluetooth, found, null, new VirtualTime(device),
            inclineTenths).ConfigureAwait(false);
        return ExitCode.Ok;
    }

    /// <summary>Leads through the steps.</summary>
    private sealed record Guide(CommandEnvironment Environment, bool Json, bool Simulated)
    {
        public static string Incline(int tenths) =>
            tenths == Stride.Missing ? "an incline that nobody told"
                : string.Create(CultureInfo.InvariantCulture, $"{tenths / 10.0:0.#} %");

        public async Task<(RailBaselines Baselines, WristBaseline? Wrist)> GoAsync(IBluetooth bluetooth,
            SensorSighting found, SensorSighting? second, TimeProvider time, int inclineTenths)
        {
            var sensor = new SensorConversation(bluetooth.LinkTo(found), time);
            await using var letGo = sensor.ConfigureAwait(false); // a link that ends cancels what has begun
            if (Simulated)
            {
                Say("SIMULATED: no person walks here, and no sensor is set. On a terminal it goes four times as fast.");
            }

            Say($"Connecting to {sensor.Name} ...");
            await sensor.ConnectAsync(Environment.Stop).ConfigureAwait(false);
            if (second == null)
            {
                return await WalkAsync(sensor, null, inclineTenths).ConfigureAwait(false);
            }

            var listener = new WristListener(bluetooth.LinkTo(second), time);
            await using var letGoOfWrist = listener.ConfigureAwait(false);
            await listener.StartAsync(Environment.Stop).ConfigureAwait(false);
            return await WalkAsync(sensor, listener, inclineTenths).ConfigureAwait(false);
        }

        private async Task<(RailBaselines Baselines, WristBaseline? Wrist)> WalkAsync(SensorConversation sensor,
            WristListener? listener, int inclineTenths)
        {
            Say("Belt at the speed and incline at which you mean to walk: 3.2 km/h (2 mph) or slower. Keep both.");
            Say("1 of 2: hold the rails and walk backward. About a minute.");
            await sensor.PauseAsync(ToFindIn, Environment.Stop).ConfigureAwait(false);
            await StepAsync(sensor, RailStep.Held, listener).ConfigureAwait(false);
            Say("2 of 2: let go when you are at ease, and walk on just so. If you are not: Ctrl+C, and nothing is "
                + "changed.");
            await sensor.PauseAsync(ToLetGo, Environment.Stop).ConfigureAwait(false);
            await StepAsync(sensor, RailStep.Free, listener).ConfigureAwait(false);
            Say("   Hold the rails again.");
            var finished = await sensor.AskAsync(ControlCommand.CalibrateRails(RailStep.Finish), Environment.Stop)
                .ConfigureAwait(false);
            if (finished.Result != ControlResult.Success)
            {
                throw Failed(SensorWords.Of(finished.Result));
            }

            await sensor.PauseAsync(TimeSpan.FromSeconds(1), Environment.Stop).ConfigureAwait(false);
            var shown = await sensor.ReadRailBaselinesAsync(Environment.Stop)
                .ConfigureAwait(false) ?? throw Failed("the sensor shows none");
            var baselines = shown.At(inclineTenths);
            await sensor.WriteRailBaselinesAsync(baselines, Environment.Stop).ConfigureAwait(false);
            var wrist = listener?.Found();
            Tell(sensor.Name, baselines, wrist, listener != null);
            return (baselines, wrist);
        }

        public async Task AdoptAsync(IBluetooth bluetooth, SensorSighting found, TimeProvider time,
            Action<RailBaselines> keep)
        {
            var sensor = new SensorConversation(bluetooth.LinkTo(found), time);
            await using var letGo = sensor.ConfigureAwait(false);
            await sensor.ConnectAsync(Environment.Stop).ConfigureAwait(false);
            var baselines = await sensor.ReadRailBaselinesAsync(Environment.Stop).ConfigureAwait(false)
                ?? throw new CommandException(ExitCode.Sensor,
                    $"{sensor.Name} has no rail baselines. Calibrate: backstep calibrate rails --sensor "
                    + $"\"{sensor.Name}\".");
            keep(baselines);
            Tell(sensor.Name, baselines, null, false);
        }

        public async Task<int> GiveAsync(IBluetooth bluetooth, SensorSighting found, TimeProvider time,
            RailBaselines? baselines)
        {
            var sensor = new SensorConversation(bluetooth.LinkTo(found), time);
            await using var letGo = sensor.ConfigureAwait(false);
            await sensor.ConnectAsync(Environment.Stop).ConfigureAwait(false);
            await sensor.WriteRailBaselinesAsync(baselines, Environment.Stop).ConfigureAwait(false);
            if (baselines == null)
            {
                Say($"{sensor.Name} has no baselines now: whether the rails are held is unknown.");
            }
            else
            {
                Tell(sensor.Name, baselines, null, false);
            }

            return ExitCode.Ok;
        }

        public void Say(string text)
        {
            if (!Json)
            {
                SummaryWriter.Wrap(Environment.Out, text);
                Environment.Out.Flush();
            }
        }

        private static CommandException Failed(string why) =>
            new(ExitCode.Sensor, $"the rails were not calibrated: {why}. The old baselines stay; try again.");

        private async Task StepAsync(SensorConversation sensor, RailStep step, WristListener? wrist)
        {
            wrist?.Take(step == RailStep.Held);
            var reply = await sensor.AskAsync(ControlCommand.CalibrateRails(step), Environment.Stop)
                .ConfigureAwait(false);
            long told = 0;
            while (reply.Result == ControlResult.InProgress)
            {
                reply = await sensor.NextReplyAsync(ControlOperation.CalibrateRails, StepPatience, Environment.Stop)
                    .ConfigureAwait(false);
                if (reply.Result is ControlResult.InProgress or ControlResult.Success && reply.Value >= told + 25)
                {
                    told = reply.Value / 25 * 25;
                    Say(
                        string.Create(CultureInfo.InvariantCulture,
                            $"   {told * RailCalibration.StridesNeeded / 100} of {RailCalibration.StridesNeeded} "
                            + $"strides"));
                }
            }

            wrist?.Take(null);
            if (reply.Result != ControlResult.Success)
            {
                throw Failed(reply.Result == ControlResult.Failed
                    ? "40 strides were not seen within three minutes, or they went another way or at another speed "
                        + "than the step before"
                    : SensorWords.Of(reply.Result));
            }
        }

        private void Tell(string name, RailBaselines baselines, WristBaseline? wrist, bool wristWasWorn)
        {
            bool distinct = RailEstimator.AreDistinct(baselines);
            if (Json)
            {
                JsonOutput.Write(Environment.Out, CalibrateRailsJson.Of(name, Simulated, baselines, distinct, wrist),
                    JsonOutput.Context.CalibrateRailsJson);
                return;
            }

            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{(Simulated ? "Synthetic: s" : "S")}tride time varies by "
                + $"{baselines.Held.StrideTimeHundredthsPercent / 100.0:0.0} % with the rails held and by "
                + $"{baselines.Free.StrideTimeHundredthsPercent / 100.0:0.0} % with free hands, at "
                + $"{baselines.BeltMillimetersPerSecond * 0.0036:0.0} km/h and "
                + $"{Incline(baselines.InclineTenthsPercent)}."));
            Say(distinct
                ? "That is far enough apart: the shoe will say held or free when it is sure, and unknown otherwise. "
                    + "Another speed or incline needs another calibration."
                : "The two overlap: you are about as steady with free hands as with the rails held. From the shoe "
                    + "alone nobody could tell, so the posture stays unknown. A second unit on the wrist can.");
            if (wristWasWorn)
            {
                Say(wrist is { AreDistinct: true }
                    ? "The wrist is clearly stiller on the rail: shoe and wrist together will tell within three "
                        + "seconds."
                    : "The wrist moved as much on the rail as off it, or was not heard: it will tell only when it "
                        + "clearly swings.");
            }
        }
    }

    /// <summary>Hears a second unit, on the wrist, while the shoe is being talked to.</summary>
    private sealed class WristListener(ISensorLink link, TimeProvider time) : IAsyncDisposable
    {
        private readonly SensorConversation _wrist = new(link, time);
        private readonly WristWindow _window = new();
        private readonly WristCalibration _calibration = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly Lock _lock = new();
        private Task _listening = Task.CompletedTask;
        private bool? _held;

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await _wrist.ConnectAsync(cancellationToken).ConfigureAwait(false);
            var configuration = await _wrist.ReadConfigurationAsync(cancellationToken).ConfigureAwait(false);
            if (configuration.Placement != Placement.Wrist)
            {
                throw new CommandException(ExitCode.Sensor,
                    $"{_wrist.Name} is not set to be worn on the wrist. Set it: backstep configure --sensor "
                    + $"\"{_wrist.Name}\" --placement wrist.");
            }

            await _wrist.HearAsync(Uuids.WristMotion, OnRecord, cancellationToken).ConfigureAwait(false);
            _listening = ListenAsync();
        }

        /// <summary>What comes from now on is with the rails held, free, or nothing of either.</summary>
        public void Take(bool? held)
        {
            lock (_lock)
            {
                _held = held;
            }
        }

        public WristBaseline? Found()
        {
            lock (_lock)
            {
                return _calibration.Found();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _wrist.DisposeAsync().ConfigureAwait(false);
            _stop.Dispose();
        }

        private async Task ListenAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                await _wrist.PauseAsync(TimeSpan.FromSeconds(1), _stop.Token).ConfigureAwait(false);
            }
        }

        private void OnRecord(byte[] value)
        {
            lock (_lock)
            {
                if (WristMotion.Decode(value, out _) is { } record && _window.Add(record) is { } features
                    && _held is { } held)
                {
                    _calibration.Add(features, held);
                }
            }
        }
    }
}
