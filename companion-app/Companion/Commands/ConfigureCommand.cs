using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Terminal;
using Backstep.Walks;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep configure</c>: shows how a sensor is set, and sets it.</summary>
public static class ConfigureCommand
{
    private const string BothFeet = "both-feet";
    private const string OneFoot = "one-foot";

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var sensor = SensorOptions.Sensor(required: true, "Which sensor, as 'backstep scan' lists it.");
        var name = new Option<string?>("--name") { Description = "What it shall be called, up to 20 bytes; \"\" for "
            + "the default name.", HelpName = "NAME" };
        var placement = new Option<string?>("--placement") { Description = "Where it is worn. Without a side the "
            + "sideways tilt is not told.", HelpName = "left|right|wrist|unknown" };
        placement.AcceptOnlyFromAmong("left", "right", "wrist", "unknown");
        var cadence = new Option<string?>("--cadence") { Description = "What other apps are told: steps of both "
            + "feet, or of the one with the sensor. For an app that shows half or twice your cadence.",
            HelpName = $"{BothFeet}|{OneFoot}" };
        cadence.AcceptOnlyFromAmong(BothFeet, OneFoot);
        var toe = Degrees("--toe-landing",
            "A foot strike angle at or below this is a toe landing: -63 to 0 degrees, in halves.");
        var heel = Degrees("--heel-landing",
            "A foot strike angle at or above this is a heel landing: 0 to 63 degrees, in halves.");
        var command = new Command("configure",
            "Show how a sensor is set: name, placement, cadence, landing thresholds, mount. Or set it.");
        foreach (var option in new Option[] { sensor, name, placement, cadence, toe, heel })
        {
            command.Options.Add(option);
        }

        command.SetAction((result, _) =>
        {
            var changes = new Changes(result.GetValue(name), result.GetValue(placement), result.GetValue(cadence),
                result.GetValue(toe), result.GetValue(heel));
            return RunAsync(environment, result.GetValue(sensor)!, changes, result.GetValue(json));
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Show", "backstep configure --sensor Backstep"),
                ("Name it and say where it is worn",
                    "backstep configure --sensor Backstep --name Left --placement left"),
                ("An app shows half the cadence, or twice", "backstep configure --sensor Left --cadence one-foot"),
            ],
            notes: "A setting that is refused changes nothing, and the reason is told. The mount is found by "
                + "'backstep calibrate mount'. A new name is in the air from the sensor's next start on.");
        return command;
    }

    private static Option<int?> Degrees(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DEG",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!NumberText.TryRead(text, out double value) || !(Math.Abs(value) < 1000)
                || value * 2 != Math.Round(value * 2))
            {
                result.AddError($"{name} must be a number of degrees, in halves, {NumberText.Not(text)}");
                return null;
            }

            return (int)(value * 2);
        },
    };

    private static async Task<int> RunAsync(CommandEnvironment environment, string wanted, Changes changes, bool json)
    {
        var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
        await using var closeBluetooth = bluetooth.ConfigureAwait(false);
        var found = await SensorFinder.FindAsync(bluetooth, wanted, SensorOptions.FindPatience, environment.Stop)
            .ConfigureAwait(false);
        var sensor = SensorOptions.Converse(environment, bluetooth, found, environment.Time);
        await using var letGo = sensor.ConfigureAwait(false);
        await sensor.ConnectAsync(environment.Stop).ConfigureAwait(false);
        string? firmware = await sensor.ReadTextAsync(Uuids.FirmwareRevision, environment.Stop).ConfigureAwait(false);
        int? battery = await sensor.ReadBatteryAsync(environment.Stop).ConfigureAwait(false);
        var configuration = await sensor.ReadConfigurationAsync(environment.Stop).ConfigureAwait(false);
        if (changes.Any)
        {
            configuration = await ChangeAsync(sensor, changes.ApplyTo(configuration), environment.Stop)
                .ConfigureAwait(false);
        }

        var summary = ConfigureJson.From(found, sensor.Name, firmware, battery, configuration, changes.Any);
        if (json)
        {
            JsonOutput.Write(environment.Out, summary, JsonOutput.Context.ConfigureJson);
        }
        else
        {
            Write(environment.Out, summary, configuration);
        }

        return ExitCode.Ok;
    }

    private static async Task<Configuration> ChangeAsync(SensorConversation sensor, Configuration wanted,
        CancellationToken cancellationToken)
    {
        if (wanted.Check() is var field and not ConfigurationField.None)
        {
            throw new CommandException(ExitCode.Usage, $"{SensorText.Of(field)}. Nothing was changed.");
        }

        Configuration shown;
        try
        {
            shown = await sensor.WriteConfigurationAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (SensorLinkException e) when (e.AttError is { } code)
        {
            throw new CommandException(ExitCode.Sensor,
                $"the sensor refuses: {SensorText.OfAttError(code) ?? e.Message}. Nothing was changed.", e);
        }

        return Same(shown, wanted)
            ? shown
            : throw new CommandException(ExitCode.Sensor,
                "the sensor took the settings but could not keep them: its flash cannot be written. "
                + "The old ones stay.");
    }

    private static bool Same(Configuration one, Configuration other)
    {
        byte[] first = new byte[Configuration.MaxLength];
        byte[] second = new byte[Configuration.MaxLength];
        return first.AsSpan(0, one.Encode(first, 0)).SequenceEqual(second.AsSpan(0, other.Encode(second, 0)));
    }

    private static void Write(TextWriter writer, ConfigureJson summary, Configuration configuration)
    {
        string battery = summary.BatteryPercent is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"battery {percent} %") : "battery unknown";
        var lines = new SummaryWriter(writer, 14);
        lines.Line("sensor",
            $"{OneLine.Of(summary.Sensor)} ({summary.Address}), firmware {summary.Firmware ?? "unknown"}, {battery}");
        lines.Line("name", summary.Name.Length > 0 ? OneLine.Of(summary.Name) : "none given");
        lines.Line("worn", configuration.Placement switch
        {
            Placement.LeftShoe => "left shoe",
            Placement.RightShoe => "right shoe",
            Placement.Wrist => "wrist",
            _ => "not told; --placement sets it",
        });
        lines.Line("cadence",
            configuration.Cadence == CadenceConvention.OneFoot ? "other apps are told steps of one foot"
                : "other apps are told steps of both feet");
        lines.Line("toe landing",
            string.Create(CultureInfo.InvariantCulture,
                $"foot strike at {summary.ToeLandingDegrees:0.#} degrees or less"));
        lines.Line("heel landing",
            string.Create(CultureInfo.InvariantCulture,
                $"foot strike at {summary.HeelLandingDegrees:0.#} degrees or more"));
        lines.Line("mount", SensorText.Of(configuration.Mount));
        if (MountWords.NoIncline(configuration) is { } why)
        {
            SummaryWriter.Wrap(writer, why);
        }

        if (summary.WasChanged)
        {
            writer.WriteLine();
            writer.WriteLine("Set. The sensor keeps it.");
        }
    }

    /// <summary>What is to be set; null stays as it is.</summary>
    private sealed record Changes(string? Name, string? Placement, string? Cadence, int? ToeHalfDegrees,
        int? HeelHalfDegrees)
    {
        public bool Any =>
            Name != null || Placement != null || Cadence != null || ToeHalfDegrees != null || HeelHalfDegrees != null;

        public Configuration ApplyTo(Configuration now) => new(
            Placement switch
            {
                "left" => Protocol.Placement.LeftShoe,
                "right" => Protocol.Placement.RightShoe,
                "wrist" => Protocol.Placement.Wrist,
                "unknown" => Protocol.Placement.Unknown,
                _ => now.Placement,
            },
            Cadence switch
            {
                BothFeet => CadenceConvention.BothFeet,
                OneFoot => CadenceConvention.OneFoot,
                _ => now.Cadence,
            },
            ToeHalfDegrees ?? now.ToeLandingHalfDegrees,
            HeelHalfDegrees ?? now.HeelLandingHalfDegrees,
            now.Mount,
            Name ?? now.Name);
    }
}
