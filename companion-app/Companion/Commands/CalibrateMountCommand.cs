using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Terminal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep calibrate mount</c>: stand still, rise on the toes three times, and the sensor knows how it
/// sits.</summary>
public static class CalibrateMountCommand
{

    // The sensor gives up by itself after 30 s and 60 s (firmware/Protocol/README.md, Control).
    private static readonly TimeSpan StandPatience = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan RisePatience = TimeSpan.FromSeconds(65);

    // A clip as people's laces make it: sloped, and turned a little.
    private static readonly SensorPlace SimulatedPlace = new() { PitchUpDegrees = -24, RollDegrees = 6,
        YawDegrees = 9 };

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var sensor = SensorOptions.Sensor(required: false, "Which sensor, as 'backstep scan' lists it.");
        var simulated = new Option<bool>("--simulated") { Description = "A simulated foot in place of a sensor: see "
            + "how it goes." };
        var command = new Command("mount",
            "Find out how the sensor sits on the shoe: stand still, then rise on the toes three times.");
        command.Options.Add(sensor);
        command.Options.Add(simulated);
        command.Validators.Add(result =>
        {
            if (result.GetValue(simulated) == (result.GetValue(sensor) != null))
            {
                result.AddError("give either --sensor NAME or --simulated");
            }
        });
        command.SetAction((result, _) => result.GetValue(sensor) is { } wanted
            ? RunAsync(environment, wanted, result.GetValue(json))
            : SimulateAsync(environment, result.GetValue(json)));
        HelpWithExamples.Attach(
            command,
            [("Teach the sensor on your shoe how it sits", "backstep calibrate mount --sensor Backstep"),
                ("See how it goes, without a sensor", "backstep calibrate mount --simulated")],
            notes: "Do it on a level floor: the incline of belts and hills is measured from there, and a floor that "
                + "slopes by 1 % makes every incline wrong by 1 %. Do it once for each shoe, and again when the clip "
                + "was moved. It takes about 20 seconds. Nothing is changed before the last step has succeeded; Ctrl+C "
                + "leaves the old mount.");
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, string wanted, bool json)
    {
        var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
        await using var closeBluetooth = bluetooth.ConfigureAwait(false);
        var found = await SensorFinder.FindAsync(bluetooth, wanted, SensorOptions.FindPatience, environment.Stop)
            .ConfigureAwait(false);
        var guide = new Guide(environment, json, Truth: null);
        return await guide.RunAsync(bluetooth, found, environment.Time).ConfigureAwait(false);
    }

    private static async Task<int> SimulateAsync(CommandEnvironment environment, bool json)
    {
        // The program needs a second to start and to be connected to, and two of standing still; then the heels rise.
        var walker = new Walker([new Stand(7), new RiseOnToes(MountCalibration.RisesNeeded), new Stand(60)],
            new WalkerSettings { Place = SimulatedPlace });
        using var device = new VirtualDevice(walker);
        int exitCode = ExitCode.Ok;
        await SimulatedCalibration.RunAsync(environment, device, environment.Terminal != null && !json ? 1 : null,
            async (bluetooth, found, time) => exitCode = await new Guide(environment, json, walker.Mount)
                .RunAsync(bluetooth, found, time).ConfigureAwait(false)).ConfigureAwait(false);
        return exitCode;
    }

    /// <summary>Leads through the steps.</summary>
    /// <param name="Environment">Where to.</param>
    /// <param name="Json">Whether only the result is printed.</param>
    /// <param name="Truth">How a simulated chip truly sits; null on a real shoe.</param>
    private sealed record Guide(CommandEnvironment Environment, bool Json, Mount? Truth)
    {
        public async Task<int> RunAsync(IBluetooth bluetooth, SensorSighting found, TimeProvider time)
        {
            var sensor = SensorOptions.Converse(Environment, bluetooth, found, time);
            await using var letGo = sensor.ConfigureAwait(false); // a link that ends cancels what has begun
            if (Truth != null)
            {
                Say("SIMULATED: no person stands here, and no sensor is set.");
            }

            Say($"Connecting to {sensor.Name} ...");
            await sensor.ConnectAsync(Environment.Stop).ConfigureAwait(false);
            var before = await sensor.ReadConfigurationAsync(Environment.Stop).ConfigureAwait(false);

            Say("1 of 2: stand still on a LEVEL floor, both feet flat, for 3 seconds. Not on the belt: the incline of "
                + "belts and hills is measured from this floor.");
            await StepAsync(sensor, MountStep.StandStill, StandPatience,
                "nobody stood still for 3 seconds within 30 seconds").ConfigureAwait(false);
            Say($"2 of 2: rise on your toes and come down again, {MountCalibration.RisesNeeded} times, slowly. The "
                + $"toes stay, the heels rise.");
            await StepAsync(sensor, MountStep.RiseOnToes, RisePatience,
                "three heel raises were not seen, or something else than heels was lifted, or samples were lost")
                    .ConfigureAwait(false);
            var finished = await sensor.AskAsync(ControlCommand.CalibrateMount(MountStep.Finish), Environment.Stop)
                .ConfigureAwait(false);
            if (finished.Result != ControlResult.Success)
            {
                throw Failed(SensorText.Of(finished.Result));
            }

            var after = await ShownAsync(sensor, before, time).ConfigureAwait(false);
            WriteResult(new CalibrateMountJson(
                sensor.Name,
                Truth != null,
                CalibrateMountJson.Rows(after.Mount),
                Math.Round(SensorText.DegreesBetween(before.Mount, after.Mount), 1),
                Truth == null ? null : Math.Round(SensorText.DegreesBetween(Truth, after.Mount), 1)), after.Mount);
            return ExitCode.Ok;
        }

        private static CommandException Failed(string why) =>
            new(ExitCode.Sensor, $"the mount was not found: {why}. The old one stays; try again.");

        /// <summary>The configuration with the new mount: the sensor shows it a moment after it has said so. A mount
        /// found again to the last digit looks like the old one.</summary>
        private async Task<Configuration> ShownAsync(SensorConversation sensor, Configuration before, TimeProvider time)
        {
            long start = time.GetTimestamp();
            Configuration shown;
            do
            {
                shown = await sensor.ReadConfigurationAsync(Environment.Stop).ConfigureAwait(false);
            }
            while (SensorText.DegreesBetween(before.Mount, shown.Mount) == 0
                && time.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
            return shown;
        }

        private async Task StepAsync(SensorConversation sensor, MountStep step, TimeSpan patience, string whyFailed)
        {
            long told = 0;
            var reply = await sensor.CarryOutAsync(ControlCommand.CalibrateMount(step), patience,
                percent =>
                {
                    if (step == MountStep.RiseOnToes && percent > told)
                    {
                        told = percent;
                        Say(string.Create(CultureInfo.InvariantCulture,
                            $"   {Math.Round(told * MountCalibration.RisesNeeded / 100.0):0} of "
                            + $"{MountCalibration.RisesNeeded}"));
                    }
                },
                Environment.Stop).ConfigureAwait(false);
            if (reply.Result != ControlResult.Success)
            {
                throw Failed(reply.Result == ControlResult.Failed ? whyFailed : SensorText.Of(reply.Result));
            }

            if (step == MountStep.StandStill)
            {
                Say("   Good.");
            }
        }

        private void Say(string text)
        {
            if (!Json)
            {
                SummaryWriter.Wrap(Environment.Out, text);
                Environment.Out.Flush();
            }
        }

        private void WriteResult(CalibrateMountJson result, Mount mount)
        {
            if (Json)
            {
                JsonOutput.Write(Environment.Out, result, JsonOutput.Context.CalibrateMountJson);
                return;
            }

            Say($"Done: the sensor knows how it sits. "
                + $"{char.ToUpperInvariant(SensorText.Of(mount)[0])}{SensorText.Of(mount)[1..]}.");
            Say(string.Create(CultureInfo.InvariantCulture, $"That differs from what it thought before by "
                + $"{result.ChangedDegrees:0} degrees."));
            if (result.OffTruthDegrees is { } off)
            {
                Say(string.Create(CultureInfo.InvariantCulture, $"Synthetic: against how the simulated chip truly "
                    + $"sits, that is off by {off:0.0} degrees."));
            }
            else
            {
                Say("Next: 'backstep live' shows whether your steps are seen as you walk them.");
            }
        }
    }
}
