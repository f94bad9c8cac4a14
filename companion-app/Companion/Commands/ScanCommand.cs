using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Output;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep scan</c>: which sensors are in the air.</summary>
public static class ScanCommand
{
    private const double DefaultSeconds = 6;

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var seconds = SimulationOptions.Positive("--seconds", "How long to listen.", DefaultSeconds, SensorOptions.LongestSeconds);
        var command = new Command("scan", "List the sensors in the air: name, address, signal, battery.");
        command.Options.Add(seconds);
        command.SetAction((result, _) => RunAsync(environment, TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(json)));
        HelpWithExamples.Attach(
            command,
            [("Who is there", "backstep scan"), ("For a script, half a minute", "backstep scan --seconds 30 --json"), ("Then", "backstep live --sensor Backstep")],
            notes: "A sensor that is connected to a phone does not show. The battery shows when the system knows it from an earlier connection.");
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, TimeSpan length, bool json)
    {
        var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
        await using var _ = bluetooth.ConfigureAwait(false);
        var found = await SensorFinder.ScanAsync(bluetooth, length, null, environment.Stop).ConfigureAwait(false);
        if (json)
        {
            JsonOutput.Write(environment.Out, new ScanJson(Math.Round(length.TotalSeconds, 3), found), JsonOutput.Context.ScanJson);
        }
        else
        {
            Write(environment.Out, found);
        }

        return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
    }

    private static void Write(TextWriter writer, IReadOnlyList<SensorSighting> sensors)
    {
        if (sensors.Count == 0)
        {
            SummaryWriter.Paragraph(writer, "No sensor is in the air. Is it switched on, within a few metres, and not connected to a phone?");
            return;
        }

        var table = new TextTable("name", "address", "signal", "battery");
        foreach (var sensor in sensors)
        {
            string signal = sensor.SignalDbm is { } dbm ? string.Create(CultureInfo.InvariantCulture, $"{dbm} dBm") : "unknown";
            string battery = sensor.BatteryPercent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} %") : "unknown";
            table.Add(sensor.Name ?? "(no name)", sensor.Address, sensor.IsConnected ? "connected" : signal, battery);
        }

        table.WritePlain(writer);
    }
}
