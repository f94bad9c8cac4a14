using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Link;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;
using Spectre.Console;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep scan</c>: which sensors are in the air.</summary>
public static class ScanCommand
{
    private const double DefaultSeconds = 6;
    private const string Unknown = "unknown";

    private static readonly string[] Header = ["name", "address", "signal", "battery", "worn"];

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var seconds = NumberOption.Positive("--seconds", "How long to listen.", DefaultSeconds,
            SensorOptions.LongestSeconds);
        var ask = new Option<bool>("--ask") { Description = "Connect to each one afterwards, and ask for its battery "
            + "and where it is worn. Pairs with it if need be: for your own sensors." };
        var command = new Command("scan",
            "List the sensors in the air: name, address, signal, battery, where they are worn.");
        command.Options.Add(seconds);
        command.Options.Add(ask);
        command.SetAction(
            (result, _) => RunAsync(environment, TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(ask),
                result.GetValue(json)));
        HelpWithExamples.Attach(
            command,
            [
                ("Who is there", "backstep scan"),
                ("With battery and placement, of your own sensors", "backstep scan --ask"),
                ("For a script, half a minute", "backstep scan --seconds 30 --json"),
                ("Then", "backstep live --sensor Backstep"),
            ],
            notes: "A sensor that is connected to a phone does not show. Without --ask the battery shows when the "
                + "system knows it from an earlier connection, and where a sensor is worn "
                + "is not known: it tells that only to who connects. On a terminal the list changes while it listens.");
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, TimeSpan length, bool ask, bool json)
    {
        var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
        await using var _ = bluetooth.ConfigureAwait(false);
        var sensors = environment.Terminal is { } terminal && !json
            ? await WatchAsync(terminal, bluetooth, length, environment.Stop).ConfigureAwait(false)
            : [
                .. (await SensorFinder.ScanAsync(bluetooth, length, null, environment.Stop)
                    .ConfigureAwait(false)).Select(ScannedSensorJson.From)];
        if (ask)
        {
            for (int i = 0; i < sensors.Length && !environment.Stop.IsCancellationRequested; i++)
            {
                sensors[i] = await AskAsync(environment, bluetooth, sensors[i]).ConfigureAwait(false);
            }
        }

        if (json)
        {
            JsonOutput.Write(environment.Out, new ScanJson(Math.Round(length.TotalSeconds, 3), sensors),
                JsonOutput.Context.ScanJson);
        }
        else
        {
            Write(environment.Out, sensors);
        }

        return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
    }

    /// <summary>Shows the list as it changes; it is wiped at the end, and written once more as text.</summary>
    private static async Task<ScannedSensorJson[]> WatchAsync(IAnsiConsole terminal, IBluetooth bluetooth,
        TimeSpan length, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, ScannedSensorJson>();
        await terminal.Live(new Text("Listening ...")).AutoClear(true).StartAsync(async screen =>
        {
            await SensorFinder.ScanAsync(
                bluetooth,
                length,
                sensor =>
                {
                    seen[sensor.Address] = ScannedSensorJson.From(sensor);
                    using var text = new StringWriter();
                    text.WriteLine("Listening ...");
                    Table(seen.Values).WritePlain(text);
                    screen.UpdateTarget(new Text(text.ToString()));
                    screen.Refresh();
                },
                cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. seen.Values];
    }

    /// <summary>A sensor that cannot be asked stays in the list, with the reason.</summary>
    private static async Task<ScannedSensorJson> AskAsync(CommandEnvironment environment, IBluetooth bluetooth,
        ScannedSensorJson sensor)
    {
        var conversation = new SensorConversation(bluetooth.LinkTo(sensor.ToSighting()), environment.Time);
        await using var letGo = conversation.ConfigureAwait(false);
        try
        {
            await conversation.ConnectAsync(environment.Stop).ConfigureAwait(false);
            int? battery = await conversation.ReadBatteryAsync(environment.Stop).ConfigureAwait(false);
            var configuration = await conversation.ReadConfigurationAsync(environment.Stop).ConfigureAwait(false);
            return sensor with { BatteryPercent = battery ?? sensor.BatteryPercent,
                Placement = StrideText.Of(configuration.Placement) };
        }
        catch (SensorLinkException e)
        {
            return sensor with { Problem = OneLine.Of(e.Message) };
        }
        catch (OperationCanceledException) when (environment.Stop.IsCancellationRequested)
        {
            return sensor;
        }
    }

    private static void Write(TextWriter writer, ScannedSensorJson[] sensors)
    {
        if (sensors.Length == 0)
        {
            SummaryWriter.Wrap(writer,
                "No sensor is in the air. Is it switched on, within a few metres, and not connected to a phone?");
            return;
        }

        Table(sensors).WritePlain(writer);
        foreach (var sensor in sensors.Where(sensor => sensor.Problem != null))
        {
            SummaryWriter.Wrap(writer, $"{sensor.Name ?? sensor.Address} could not be asked: {sensor.Problem}");
        }
    }

    private static TextTable Table(IEnumerable<ScannedSensorJson> sensors)
    {
        var table = new TextTable(Header);
        foreach (var sensor in sensors)
        {
            string signal = sensor.SignalDbm is { } dbm ? string.Create(CultureInfo.InvariantCulture, $"{dbm} dBm")
                : Unknown;
            string battery = sensor.BatteryPercent is { } percent
                ? string.Create(CultureInfo.InvariantCulture, $"{percent} %") : Unknown;
            table.Add(sensor.Name ?? "(no name)", sensor.Address, sensor.IsConnected ? "connected" : signal, battery,
                sensor.Placement ?? Unknown);
        }

        return table;
    }
}
