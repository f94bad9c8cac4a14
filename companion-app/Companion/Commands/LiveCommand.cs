using System.CommandLine;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Live;
using Backstep.Companion.Output;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep live</c>: follows a real sensor, or several that one walker wears.</summary>
public static class LiveCommand
{
    // A key is answered, and the clock moves, that often at least; what comes over the air is shown at once.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var sensor = SensorOptions.Sensors("Which sensor, as 'backstep scan' lists it. Give it again for a second one: the other shoe, or the wrist.");
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
                ("Shoe and wrist, or both shoes", "backstep live --sensor Shoe --sensor Wrist"),
                ("By address, ten minutes", "backstep live --sensor AA:BB:CC:DD:EE:FF --seconds 600"),
                ("Every event as a line of JSON", "backstep live --sensor Backstep --json"),
            ],
            notes: "When the link is lost, it is set up again, and the strides walked meanwhile are fetched from the sensor. With --json each event is an object in a line of its own; "
                + "the last one of each sensor is a summary. Of several sensors the first that is not worn on a wrist makes the session that is shown.");
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, string[] wanted, TimeSpan? length, Units units, bool json)
    {
        var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
        await using var closeBluetooth = bluetooth.ConfigureAwait(false);
        if (!json)
        {
            environment.Out.WriteLine($"Looking for {string.Join(" and ", wanted.Select(word => $"'{OneLine.Of(word)}'"))} ...");
        }

        var found = await SensorFinder.FindAllAsync(bluetooth, wanted, SensorOptions.FindPatience, environment.Stop).ConfigureAwait(false);
        var sensors = new SensorGroup(bluetooth, found, environment.Time);
        await using var letGo = sensors.ConfigureAwait(false);
        var logs = sensors.Sensors.ToDictionary(sensor => sensor, sensor => new LiveLog(environment.Out, json, sensor.Label, environment.Time));
        var model = new LiveModel(string.Join(" + ", sensors.Sensors.Select(sensor => sensor.Label)), simulated: false, length, units, environment.Time);
        sensors.Received += (sensor, received) =>
        {
            logs[sensor].Apply(received);
            if (sensor == sensors.Leader)
            {
                model.Apply(received);
            }
        };
        await sensors.ConnectAsync(environment.Stop).ConfigureAwait(false);
        await ShowAsync(environment, sensors, model, length, units, json).ConfigureAwait(false);
        foreach (var log in logs.Values)
        {
            log.Close();
        }

        return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
    }

    private static async Task ShowAsync(CommandEnvironment environment, SensorGroup sensors, LiveModel model, TimeSpan? length, Units units, bool json)
    {
        using var screen = environment.Terminal is { } terminal && !json ? new LiveScreen(terminal, units) : null;
        var linear = screen == null && !json ? new LinearView(environment.Out, units) : null;
        var pacer = new Pacer(environment.Time, null);
        long start = environment.Time.GetTimestamp();
        try
        {
            while (!(environment.Time.GetElapsedTime(start) >= length))
            {
                await sensors.PumpAsync(Slice, environment.Stop).ConfigureAwait(false);
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
