using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Peripheral.BlueZ;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Sensor.Storage;
using Backstep.Terminal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep sensor</c>: this computer is a sensor over Bluetooth; the device's own program runs on it, in
/// real time.</summary>
public static class SensorCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var simulation = new SimulationOptions(SensorOptions.LongestSeconds);
        var seconds =
            NumberOption.PositiveOrNone("--seconds", "How long to be a sensor. Default: until Ctrl+C.",
                SensorOptions.LongestSeconds);
        var name = new Option<string>("--name") { Description = "What it is called in the air, up to 20 bytes.",
            HelpName = "NAME", DefaultValueFactory = _ => Sensor.Bluetooth.Advertiser.DefaultName };
        var wrist = new Option<bool>("--wrist") { Description = "Be a unit on the walker's wrist instead of the one "
            + "on the shoe: start both at once, on two adapters." };
        var passkey = SensorOptions.Passkey();
        passkey.Description =
            "Six digits that a central must enter before it may set the sensor, command it or read its log. Default: "
            + "none.";
        var adapter = new Option<string?>("--adapter") { Description = "Which Bluetooth adapter, such as hci1. "
            + "Default: the first that is on.", HelpName = "hciN" };
        var command = new Command("sensor",
            "Be a sensor: the device's own program on this computer, over its Bluetooth, with a simulated walker "
            + "(Linux).");
        command.Options.Add(simulation.Scenario);
        command.Options.Add(simulation.Seed);
        command.Options.Add(name);
        command.Options.Add(wrist);
        command.Options.Add(passkey);
        command.Options.Add(adapter);
        command.Options.Add(seconds);
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is { } text && Named(text, Placement.Unknown).Check() != ConfigurationField.None)
            {
                result.AddError($"--name takes up to {Configuration.MaxNameBytes} bytes of text in one line");
            }
        });
        command.SetAction((result, _) => RunAsync(
            environment,
            new Request(
                result.GetValue(simulation.Scenario)!,
                result.GetValue(simulation.Seed),
                result.GetValue(name)!,
                result.GetValue(wrist),
                result.GetValue(passkey),
                result.GetValue(adapter),
                result.GetValue(seconds) is { } value ? TimeSpan.FromSeconds(value) : null,
                result.GetValue(json))));
        HelpWithExamples.Attach(
            command,
            [
                ("A sensor to try a phone or a running app with", "backstep sensor"),
                ("On a second adapter, a beginner's walk, one minute",
                    "backstep sensor --adapter hci1 --scenario learning --seconds 60"),
                ("The wrist of who walks with the first one",
                    "backstep sensor --adapter hci2 --scenario rails --wrist --name Wrist"),
                ("With a passkey, as an owner may set one", "backstep sensor --passkey 271828"),
                ("Follow it from another computer", "backstep live --sensor Backstep"),
            ],
            notes: "What it sends is simulated: no person walks. While it runs, the adapter carries the sensor's "
                + "name. With --json each event is an object in a line of its own. "
                + "Linux lets no program choose the digits that it shows, so both sides enter them, 000000 unless "
                + "--passkey says otherwise: 'backstep' does, a phone that wants to show digits of its own cannot pair."
                + Environment.NewLine + Environment.NewLine + SimulationOptions.ListOfScenarios);
        return command;
    }

    private static Configuration Named(string name, Placement placement)
    {
        var usual = ConfigurationStore.Default;
        return new Configuration(placement, usual.Cadence, usual.ToeLandingHalfDegrees, usual.HeelLandingHalfDegrees,
            usual.Mount, name);
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, Request request)
    {
        if (!Scenarios.TryGet(request.Scenario, request.Seed, out var walker))
        {
            string names = string.Join(", ", Scenarios.All.Select(scenario => scenario.Name));
            throw new CommandException(ExitCode.Usage,
                $"there is no scenario '{OneLine.Of(request.Scenario)}'. Choose one of: {names}.");
        }

        var radio = await environment.OpenPeripheral(request.Adapter, environment.Stop).ConfigureAwait(false);
        await using var closeRadio = radio.ConfigureAwait(false);
        var volume = new MemoryVolume();
        new ConfigurationStore(volume).Save(
            Named(request.Name,
                request.IsWrist ? Placement.Wrist : walker.Settings.Side == FootSide.Left ? Placement.LeftShoe
                    : Placement.RightShoe));
        if (request.Passkey is { } digits)
        {
            new PasskeyStore(volume).Save((int)digits);
        }

        using var device = new VirtualDevice(request.IsWrist ? Arm.Of(walker, request.Seed) : walker,
            new VirtualDeviceOptions { Seed = request.Seed, Volume = volume, ExternalRadio = radio });
        var log = new Log(environment.Out, request, device, walker);
        radio.CentralChanged += log.OnCentral;
        radio.PasskeyWanted += log.OnPasskey;

        var clock = new RealTimeDevice(device, radio, environment.Time);
        try
        {
            while (!(device.Elapsed >= request.Length))
            {
                await clock.PassAsync(environment.Stop).ConfigureAwait(false);
                log.Look(radio);
                if (device.Fault is { } fault)
                {
                    throw new CommandException(
                        ExitCode.Sensor,
                        $"the sensor's program has stopped: {fault.GetType().Name}: {OneLine.Of(fault.Message)} "
                        + $"This is a fault in backstep: please report it.", fault);
                }
            }
        }
        catch (OperationCanceledException) when (environment.Stop.IsCancellationRequested)
        {
            // the summary still follows
        }

        log.Close();
        return environment.Stop.IsCancellationRequested ? environment.StopExitCode : ExitCode.Ok;
    }

    private sealed record Request(string Scenario, int Seed, string Name, bool IsWrist, uint? Passkey, string? Adapter,
        TimeSpan? Length, bool Json);

    /// <summary>Tells what happens, in lines for a person or for a program.</summary>
    private sealed class Log(TextWriter writer, Request request, VirtualDevice device, Walker walker)
    {
        private int _contacts;
        private int _hands;
        private int _centrals;
        private bool _isOnAir;
        private string? _problem;

        private double Now => Math.Round(device.Elapsed.TotalSeconds, 3);

        public void Look(BlueZRadio radio)
        {
            if (radio.IsOnAir && !_isOnAir && radio.Adapter is { } adapter)
            {
                _isOnAir = true;
                Say(
                    new SensorOnAirJson(Now, request.Name, adapter.Name, adapter.Address),
                    JsonOutput.Lines.SensorOnAirJson,
                    $"'{request.Name}' is in the air through {adapter.Name} ({adapter.Address}), simulated. Ctrl+C "
                    + $"ends it.");
            }

            _isOnAir &= radio.IsOnAir;
            if (radio.Problem != _problem)
            {
                _problem = radio.Problem;
                if (_problem != null)
                {
                    Say(new SensorProblemJson(Now, _problem), JsonOutput.Lines.SensorProblemJson,
                        $"not in the air: {_problem}");
                }
            }

            if (request.IsWrist)
            {
                WriteHand();
                return;
            }

            for (; _contacts < walker.Strides.Count
                && walker.Strides[_contacts].ContactSeconds <= device.Elapsed.TotalSeconds; _contacts++)
            {
                if (request.Json)
                {
                    JsonOutput.Write(writer,
                        new SensorContactJson(Math.Round(walker.Strides[_contacts].ContactSeconds, 3), _contacts + 1),
                        JsonOutput.Lines.SensorContactJson);
                }
            }
        }

        private void WriteHand()
        {
            for (; _hands < walker.Activities.Count
                && walker.Activities[_hands].StartSeconds <= device.Elapsed.TotalSeconds; _hands++)
            {
                var now = walker.Activities[_hands];
                if (request.Json)
                {
                    JsonOutput.Write(writer,
                        new SensorHandJson(Math.Round(now.StartSeconds, 3), ArmText.Of(now.Hand),
                            StrideText.Of(now.Posture)), JsonOutput.Lines.SensorHandJson);
                }
            }
        }

        public void OnCentral(string? address)
        {
            _centrals += address == null ? 0 : 1;
            Say(
                new SensorCentralJson(Now, address != null, address),
                JsonOutput.Lines.SensorCentralJson,
                address == null ? "the central has gone" : $"connected to {OneLine.Of(address)}");
        }

        public void OnPasskey(int passkey)
        {
            string digits = passkey.ToString("D6", CultureInfo.InvariantCulture);
            Say(new SensorPasskeyJson(Now, digits), JsonOutput.Lines.SensorPasskeyJson,
                $"passkey {digits}: enter it on the other side");
        }

        public void Close()
        {
            Say(
                new SensorSummaryJson(Now, _contacts, _centrals),
                JsonOutput.Lines.SensorSummaryJson,
                string.Create(CultureInfo.InvariantCulture,
                    $"{(request.IsWrist ? "worn on the wrist" : $"{_contacts} strides walked")} in {Now:F0} s, "
                    + $"{_centrals} connections."));
        }

        private void Say<T>(T value, JsonTypeInfo<T> type, string text)
        {
            if (request.Json)
            {
                JsonOutput.Write(writer, value, type);
            }
            else
            {
                writer.WriteLine(text);
            }

            writer.Flush();
        }
    }
}
