using System.CommandLine;
using System.Net;
using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Link;
using Backstep.Link.BlueZ;
using Backstep.Rehearsal.Room;
using Backstep.Terminal;
using Backstep.Walks;

namespace Backstep.Gym.Commands;

/// <summary>Options that several commands have, worded the same.</summary>
internal static class GymOptions
{
    /// <summary>--gym NAME.</summary>
    public static Option<string> Gym() => new("--gym")
    {
        Description = "The gym's name in the messages.", HelpName = "NAME", DefaultValueFactory = _ => "gym",
    };

    /// <summary>How a service ends: whoever asks it to end is no failure.</summary>
    public static int EndOf(ProgramEnvironment environment) =>
        environment.StopExitCode == ExitCode.Terminated ? ExitCode.Ok : environment.StopExitCode;

    /// <summary>An option for an address to listen on.</summary>
    public static Option<IPAddress?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ADDRESS",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
            {
                return address;
            }

            result.AddError($"{name} takes an address in digits, such as 127.0.0.1 or 0.0.0.0");
            return null;
        },
    };
}

/// <summary>Which broker, and as whom.</summary>
internal sealed class BrokerOptions(string description)
{
    /// <summary>The environment variable with the password: a command line can be read by everybody.</summary>
    public const string PasswordVariable = "BACKSTEP_BROKER_PASSWORD";

    private readonly Option<string?> _broker = new("--broker")
    {
        Description = description, HelpName = "mqtt[s]://HOST[:PORT]",
    };

    private readonly Option<string?> _user = new("--broker-user")
    {
        Description = $"The user at that broker; its password by {PasswordVariable} or --broker-password-file.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _passwordFile = new("--broker-password-file")
    {
        Description = "A file whose first line is that password.", HelpName = "FILE",
    };

    private readonly Option<string?> _authority = new("--broker-ca")
    {
        Description = "A certificate authority to trust for mqtts, instead of the system's.", HelpName = "FILE",
    };

    /// <summary>Adds them.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_broker);
        command.Options.Add(_user);
        command.Options.Add(_passwordFile);
        command.Options.Add(_authority);
    }

    /// <summary>The broker; null when none was named.</summary>
    /// <exception cref="ExplainedException">It is none, or the password cannot be read.</exception>
    public BrokerAddress? Of(ParseResult result, string? usual = null) =>
        (result.GetValue(_broker) ?? usual) is not { } text ? null
        : BrokerAddress.Parse(text) with
        {
            User = result.GetValue(_user),
            Password = result.GetValue(_passwordFile) is { } file ? FirstLine(file)
                : Environment.GetEnvironmentVariable(PasswordVariable),
            Authority = result.GetValue(_authority) is { } of ? TlsCertificate.ReadAuthority(of) : null,
        };

    private static string FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"the password file {OneLine.Of(file)} cannot be read: {OneLine.Of(e.Message)}",
                e);
        }
    }
}

/// <summary>Which clips a gateway follows, and through what.</summary>
internal sealed class RadioOptions(string nameOption, string usualName)
{
    private const int MostLinks = 1000;

    private readonly Option<string> _name = new(nameOption)
    {
        Description = "The gateway's name in the messages; its user at the broker has the same.", HelpName = "NAME",
        DefaultValueFactory = _ => usualName,
    };

    private readonly Option<string[]> _adapters = new("--adapter")
    {
        Description = "A Bluetooth adapter, such as hci1; may be given again. Default: the first that is on.",
        HelpName = "hciN", DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _links = NumberOption.Whole("--links", "Links that one adapter bears at once.",
        GatewayOptions.UsualLinks, MostLinks);

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Follow this clip alone, by name, address or id; may be given again. Default: all that are near.",
        HelpName = "CLIP", DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _room = new("--room")
    {
        Description = "Simulated clips of 'backstep-gym room' instead of Bluetooth, by as many simulated adapters as "
            + "--adapter names.", HelpName = "HOST:PORT",
    };

    private readonly Option<bool> _homeAssistant = new("--home-assistant")
    {
        Description = "Let Home Assistant find the clips by itself (MQTT discovery).",
    };

    private readonly Option<bool> _forget = new("--forget-home-assistant")
    {
        Description = "Take the clips out of Home Assistant again.",
    };

    /// <summary>Adds them.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_name);
        command.Options.Add(_adapters);
        command.Options.Add(_links);
        command.Options.Add(_only);
        command.Options.Add(_room);
        command.Options.Add(_homeAssistant);
        command.Options.Add(_forget);
    }

    /// <summary>The gateway that they tell of.</summary>
    public GatewayPart Part(ParseResult result, string gym, string folder)
    {
        string? room = result.GetValue(_room);
        return new GatewayPart(
            new GatewayOptions(gym, GymTopics.Name(result.GetValue(_name)!, "gateway"))
            {
                DataFolder = folder,
                LinksPerAdapter = result.GetValue(_links) ?? GatewayOptions.UsualLinks,
                Only = result.GetValue(_only)!,
                IsSimulated = room != null,
                HomeAssistantPrefix = result.GetValue(_homeAssistant) || result.GetValue(_forget)
                    ? Gateway.HomeAssistant.UsualPrefix : null,
                ForgetsHomeAssistant = result.GetValue(_forget),
            },
            (time, log) => Adapters(room, result.GetValue(_adapters)!, time, log));
    }

    private static IReadOnlyList<RadioAdapter> Adapters(string? room, string[] names, TimeProvider time, ILogger log)
    {
        if (room != null)
        {
            var (host, port) = Place(room);
            string[] simulated = names.Length == 0 ? ["simulated"] : [.. names.Distinct(StringComparer.Ordinal)];
            return [.. simulated.Select(name => new RadioAdapter(name,
                _ => Task.FromResult<IBluetooth>(new RemoteRoom(host, port, time)), time, log))];
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new BluetoothUnavailableException("a gateway follows clips on Linux only yet: give --no-gateway, or "
                + "look at 'backstep-gym demo', which works here.");
        }

        string?[] wanted = names.Length == 0 ? [BlueZ.SystemBus.Adapter] : [.. names.Distinct(StringComparer.Ordinal)];
        return [.. wanted.Select(name => new RadioAdapter(name ?? "the first adapter", async stop =>
            await BlueZCentral.OpenAsync(BlueZ.SystemBus.Address, BlueZPatience.Usual, stop, new BlueZChoice(name))
                .ConfigureAwait(false), time, log))];
    }

    private static (string Host, int Port) Place(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text[(colon + 1)..], out ushort port) && port > 0
            ? (text[..colon], port) : throw new BadRequestException($"--room takes HOST:PORT, as 'backstep-gym room' "
                + $"prints it, not '{OneLine.Of(text)}'.");
    }
}
