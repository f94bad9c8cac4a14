using System.CommandLine;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Live;
using Backstep.Companion.Output;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep live</c>: follows a real sensor.</summary>
public static class LiveCommand
{
    // A key is answered, and the clock moves, that often at least; what comes over the air is shown at once.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var sensor = SensorOptions.Sensor(required: true, "Which sensor, as 'backstep scan' lists it.");
        var seconds = new Option<double?>("--seconds") { Description = "How long to follow it. Default: until q or Ctrl+C.", HelpName = "N" };
        var units = CommonOptions.UnitsOption();
        var command = new Command("live", "Follow a sensor: the live view, over Bluetooth.");
        command.Options.Add(sensor);
        command.Options.Add(seconds);
        command.Options.Add(units);
        command.Validators.Add(result =>
        {
            if (result.GetValue(seconds) is { } value && !(value > 0 && value <= SensorOptions.LongestSeconds))
            {
                result.AddError($"--seconds must be a number above 0 and up to {SensorOptions.LongestSeconds}");
            }
        });
        command.SetAction((result, _) =>
        {
            TimeSpan? length = result.GetValue(seconds) is { } value ? TimeSpan.FromSeconds(value) : null;
            return RunAsync(environment, result.GetValue(sensor)!, length, CommonOptions.UnitsOf(result, units, environment), result.GetValue(json));
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Follow the sensor with that name until q", "backstep live --sensor Backstep"),
                ("By address, ten minutes", "backstep live --sensor AA:BB:CC:DD:EE:FF --seconds 600"),
                ("Every event as a line of JSON", "backstep live --sensor Backstep --json"),
            ],
            notes: "When the link is lost, it is set up again, and the strides walked meanwhile are fetched from the sensor. With --json each event is an object in a line of its own; "
                + "the last one is a summary.");
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, string wanted, TimeSpan? length, Units units, bool json)
    {
        var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
        await using var closeBluetooth = bluetooth.ConfigureAwait(false);
        if (!json)
        {
            environment.Out.WriteLine($"Looking for '{OneLine.Of(wanted)}' ...");
        }

        var found = await SensorFinder.FindAsync(bluetooth, wanted, SensorOptions.FindPatience, environment.Stop).ConfigureAwait(false);
        var sensor = new FollowedSensor(bluetooth, found, environment.Time);
        await using var letGo = sensor.ConfigureAwait(false);
        var log = new LiveLog(environment.Out, json, environment.Time);
        var model = new LiveModel(sensor.Name, simulated: false, length, units, environment.Time);
        sensor.Received += model.Apply;
        sensor.Received += log.Apply;
        await sensor.ConnectAsync(environment.Stop).ConfigureAwait(false);
        await ShowAsync(environment, sensor, model, length, units, json).ConfigureAwait(false);
        log.Close(sensor.Name);
        return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
    }

    private static async Task ShowAsync(CommandEnvironment environment, FollowedSensor sensor, LiveModel model, TimeSpan? length, Units units, bool json)
    {
        using var screen = environment.Terminal is { } terminal && !json ? new LiveScreen(terminal, units) : null;
        var linear = screen == null && !json ? new LinearView(environment.Out, units) : null;
        var pacer = new Pacer(environment.Time, null);
        long start = environment.Time.GetTimestamp();
        try
        {
            while (!(environment.Time.GetElapsedTime(start) >= length))
            {
                await sensor.PumpAsync(Slice, environment.Stop).ConfigureAwait(false);
                var live = model.Snapshot();
                linear?.Show(environment.Time.GetElapsedTime(start), live);
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
        catch (OperationCanceledException) when (environment.Stop.IsCancellationRequested)
        {
            // the summary still follows
        }
    }
}
