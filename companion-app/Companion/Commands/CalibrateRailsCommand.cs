using System.CommandLine;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Store;
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
    private const string SimulatedScenario = "calibrating-rails";

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var sensor = SensorOptions.Sensor(required: false, "The sensor on the shoe, as 'backstep scan' lists it.");
        var wrist = new Option<string?>("--wrist") { Description = "A second unit, on the wrist of the hand that "
            + "leaves the rail last; it learns at the same time how it lies on the rail.", HelpName = "NAME" };
        var simulated = new Option<bool>("--simulated") { Description = "A simulated walker in place of a sensor: "
            + "see how it goes. Nothing is kept." };
        var incline = Incline();
        var store = new StoreOptions();
        var command = new Command("rails",
            "Learn how steadily you walk with the rails held and with free hands: 40 strides of each.")
        {
            sensor, wrist, simulated, incline,
            Use(environment, json), Adopt(environment, json), Forget(environment, json),
        };
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(simulated) == (result.GetValue(sensor) != null))
            {
                result.AddError("give either --sensor NAME or --simulated");
            }
            else if (result.GetValue(simulated) && result.GetValue(wrist) != null)
            {
                result.AddError("--wrist is about real sensors");
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

            return await WithSensorAsync(environment, store, result, result.GetValue(sensor)!, json,
                async (guide, bluetooth, found, archive, walker) =>
                {
                    var second = result.GetValue(wrist) is { } name
                        ? await SensorFinder.FindAsync(bluetooth, name, SensorOptions.FindPatience, environment.Stop)
                            .ConfigureAwait(false) : null;
                    var (baselines, wristBaseline) = await guide.RunAsync(bluetooth, found, second, environment.Time,
                        inclineTenths).ConfigureAwait(false);
                    KeptRails.Of(baselines, wristBaseline, environment.Time.GetUtcNow()).Keep(archive, walker);
                    guide.Say($"Kept with walker '{OneLine.Of(walker.Name)}'.");
                }).ConfigureAwait(false);
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Learn it, at 5 % incline", "backstep calibrate rails --sensor Backstep --incline 5"),
                ("The same with a second unit on the wrist",
                    "backstep calibrate rails --sensor Backstep --wrist Wrist --incline 5"),
                ("See how it goes, without a sensor", "backstep calibrate rails --simulated"),
            ],
            notes: "Walk at the speed and incline at which you mean to walk later; the baselines hold for these "
                + "alone. Do not let go of the rails unless you are at ease: Ctrl+C leaves the old "
                + "baselines. From one shoe this is a statistical guess, and often the answer is unknown; how good "
                + "it is, and on whom it was tried (nobody yet), stands on the project's page about rails.");
        return command;
    }

    private static Option<double?> Incline() => NumberOption.Within("--incline",
        "Incline of the belt in %, for baselines hold for one incline. Default: what the shoe measures, where it can.",
        "PERCENT", -40, 40);

    private static Command Use(CommandEnvironment environment, Option<bool> json)
    {
        var incline = Incline();
        return OfTheShoe(environment, json, "use",
            "Give the sensor the baselines that were kept with this walker, instead of walking again.",
            ("Another walker takes over the sensor ('live' does so by itself)",
                "backstep calibrate rails use --sensor Backstep --walker Ann --incline 5"),
            (result, guide, bluetooth, found, archive, walker) => guide.GiveAsync(bluetooth, found, environment.Time,
                Usable(KeptRails.Of(archive, walker), walker.Name, result.GetValue(incline))),
            incline);
    }

    private static Command Adopt(CommandEnvironment environment, Option<bool> json) => OfTheShoe(
        environment, json, "adopt",
        "Keep the baselines that the sensor has with this walker: they were taken with another computer.",
        ("Calibrated with another computer: keep it here too", "backstep calibrate rails adopt --sensor Backstep"),
        async (_, guide, bluetooth, found, archive, walker) =>
        {
            await guide.AdoptAsync(bluetooth, found, environment.Time,
                baselines => KeptRails.Of(baselines, KeptRails.Of(archive, walker)?.Wrist,
                    environment.Time.GetUtcNow()).Keep(archive, walker)).ConfigureAwait(false);
            guide.Say($"Kept with walker '{OneLine.Of(walker.Name)}'.");
        });

    private static Command Forget(CommandEnvironment environment, Option<bool> json) => OfTheShoe(
        environment, json, "forget", "Take the baselines off the sensor: the posture is unknown again.",
        ("Nothing is said of the rails any more", "backstep calibrate rails forget --sensor Backstep"),
        (_, guide, bluetooth, found, _, _) => guide.GiveAsync(bluetooth, found, environment.Time, null));

    private static Command OfTheShoe(CommandEnvironment environment, Option<bool> json, string name,
        string description, (string About, string Line) example,
        Func<ParseResult, RailGuide, IBluetooth, SensorSighting, SessionStore, WalkerProfile, Task> act,
        params Option[] options)
    {
        var sensor = SensorOptions.Sensor(required: true, "The sensor on the shoe, as 'backstep scan' lists it.");
        var store = new StoreOptions();
        var command = new Command(name, description) { sensor };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        store.AddTo(command);
        command.SetAction((result, _) => WithSensorAsync(environment, store, result, result.GetValue(sensor)!, json,
            (guide, bluetooth, found, archive, walker) => act(result, guide, bluetooth, found, archive, walker)));
        HelpWithExamples.Attach(command, [example]);
        return command;
    }

    private static async Task<int> WithSensorAsync(CommandEnvironment environment, StoreOptions store,
        ParseResult result, string sensor, Option<bool> json,
        Func<RailGuide, IBluetooth, SensorSighting, SessionStore, WalkerProfile, Task> act)
    {
        using var archive = store.Open(result, environment);
        var walker = store.WhoWalks(result, archive);
        var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
        await using var closeBluetooth = bluetooth.ConfigureAwait(false);
        var found = await SensorFinder.FindAsync(bluetooth, sensor, SensorOptions.FindPatience, environment.Stop)
            .ConfigureAwait(false);
        await act(new RailGuide(environment, result.GetValue(json), Simulated: false), bluetooth, found, archive,
            walker)
            .ConfigureAwait(false);
        return ExitCode.Ok;
    }

    private static RailBaselines Usable(KeptRails? kept, string walker, double? incline)
    {
        var baselines = kept?.Read() ?? throw new CommandException(
            ExitCode.BadInput,
            $"nothing is kept for walker '{OneLine.Of(walker)}'. Calibrate first: backstep calibrate rails --sensor "
            + $"NAME.");
        return KeptRails.FitsIncline(baselines, incline)
            ? baselines
            : throw new CommandException(
                ExitCode.BadInput,
                $"the baselines of '{OneLine.Of(walker)}' were taken at "
                + $"{RailGuide.Incline(baselines.InclineTenthsPercent)}, not at "
                + $"{RailGuide.Incline((int)Math.Round(incline!.Value * 10))}: they have expired. Calibrate again, "
                + $"or say "
                + $"--incline as it was then.");
    }

    private static async Task<int> SimulateAsync(CommandEnvironment environment, int inclineTenths, bool json)
    {
        Scenarios.TryGet(SimulatedScenario, 4, out var walker);
        using var device = new VirtualDevice(walker!);
        await SimulatedCalibration.RunAsync(environment, device, environment.Terminal != null && !json ? 4 : null,
            (bluetooth, found, time) => new RailGuide(environment, json, Simulated: true)
                .RunAsync(bluetooth, found, null, time, inclineTenths)).ConfigureAwait(false);
        return ExitCode.Ok;
    }
}
