using System.CommandLine;
using System.Net;
using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Gym.Pages;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Strides;

namespace Backstep.Gym.Commands;

/// <summary><c>backstep-gym serve</c>: broker, store, board, and the gateway of this room, on this computer.</summary>
public static class ServeCommand
{
    /// <summary>What the gateway of a server calls itself unless told otherwise.</summary>
    public const string GatewayName = "room-1";

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment)
    {
        var gym = GymOptions.Gym();
        var kept = new StoreChoice(environment.Time);
        var listen = GymOptions.Address("--listen", "Address to listen on for browsers. Default: this computer alone. "
            + "0.0.0.0 lets the network in, and wants a staff user first.");
        var port = NumberOption.WholeWithin("--port", $"Port for browsers. Default: {ServeOptions.UsualPort}.", 1,
            ushort.MaxValue);
        var certificate = new Option<string?>("--certificate") { Description = "For TLS: a .pfx without a password, or "
            + "a .pem with its key.", HelpName = "FILE" };
        var hosts = new Option<string[]>("--allow-host") { Description = "A name under which browsers may ask; may be "
            + "given again.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        var proxies = new Option<string[]>("--proxy") { Description = "Address of a reverse proxy that is believed; "
            + "may be given again.", HelpName = "ADDRESS", DefaultValueFactory = _ => [] };
        var address = new Option<string?>("--public-address") { Description = "Where phones reach the pages, for the "
            + "QR codes. Default: as staff reach them.", HelpName = "URL" };
        var broker = new BrokerOptions("An MQTT 5 broker of your own. Default: one within, on --mqtt-port.");
        var mqttListen = GymOptions.Address("--mqtt-listen",
            "Address of the broker within. Default: this computer alone.");
        var mqttPort = NumberOption.WholeWithin("--mqtt-port",
            $"Port of the broker within. Default: {BrokerAddress.PlainPort}.", 1, ushort.MaxValue);
        var server = new Option<string?>("--server-name") { Description = "This server's name where several share the "
            + "work on one broker.", HelpName = "NAME" };
        var noGateway = new Option<bool>("--no-gateway") { Description = "Without the gateway of this room." };
        var radio = new RadioOptions("--gateway-name", GatewayName);
        var language = new Option<string?>("--language") { Description = "Language of all pages: en or de. Default: as "
            + "each browser asks for.", HelpName = "en|de" };
        language.AcceptOnlyFromAmong([.. Texts.Languages.Select(one => one.Language)]);
        var units = CommonOptions.UnitsOption();
        var command = new Command("serve", "The gym's server: broker, store, board for the wall, pages for belts and "
            + "staff, and the gateway of this room.")
        {
            gym, listen, port, certificate, hosts, proxies, address, mqttListen, mqttPort, server,
            noGateway, language, units,
        };
        kept.AddTo(command);
        broker.AddTo(command);
        radio.AddTo(command);
        command.SetAction((result, _) =>
        {
            string name = GymTopics.Name(result.GetValue(gym)!, "gym");
            string folder = kept.Folder(result);
            return RunAsync(environment, new ServeOptions
            {
                Gym = name,
                DataFolder = folder,
                Listen = result.GetValue(listen) ?? IPAddress.Loopback,
                Port = result.GetValue(port) ?? ServeOptions.UsualPort,
                CertificateFile = result.GetValue(certificate),
                AllowedHosts = result.GetValue(hosts)!,
                TrustedProxies = [.. result.GetValue(proxies)!.Select(one => IPAddress.TryParse(one, out var proxy)
                    ? proxy : throw new BadRequestException($"--proxy takes an address in digits, not "
                        + $"'{OneLine.Of(one)}'."))],
                PublicAddress = PublicAddress(result.GetValue(address)),
                Broker = broker.Of(result),
                MqttListen = result.GetValue(mqttListen) ?? IPAddress.Loopback,
                MqttPort = result.GetValue(mqttPort) ?? BrokerAddress.PlainPort,
                Store = kept.Text(result),
                ServerName = result.GetValue(server) is { } among ? GymTopics.Name(among, "server") : null,
                Gateway = result.GetValue(noGateway) ? null : radio.Part(result, name, folder),
                Language = result.GetValue(language),
                Units = CommonOptions.UnitsOf(result, units, environment),
            });
        });
        HelpWithExamples.Attach(
            command,
            [
                ("All on this computer, for this computer's screen", "backstep-gym serve"),
                ("For the room's screens and phones, once 'user add' has made a staff user",
                    "backstep-gym serve --listen 0.0.0.0 --certificate gym.pfx --allow-host board.mygym.example"),
                ("On a broker and a database of your own; the gateways are elsewhere",
                    "backstep-gym serve --no-gateway --broker mqtts://mqtt.mygym.example --broker-user server "
                    + "--store \"Host=db;Database=gym;Username=gym\""),
            ],
            notes: "It listens on this computer alone until --listen says otherwise; then it wants a staff user, and "
                + "browsers want the board's token, which staff make on their page.");
        return command;
    }

    private static async Task<int> RunAsync(ProgramEnvironment environment, ServeOptions options)
    {
        var host = GymHost.Create(options, environment.Time, LogLevel.Information);
        await using var close = host.ConfigureAwait(false);
        await host.RunAsync(ready =>
        {
            environment.Out.WriteLine($"the board: {ready.Address}");
            environment.Out.WriteLine($"staff:     {new Uri(ready.Address, "staff")}");
            environment.Out.WriteLine($"MQTT:      {ready.Broker}");
            environment.Out.Flush();
        }, environment.Stop).ConfigureAwait(false);
        return GymOptions.EndOf(environment);
    }

    private static Uri? PublicAddress(string? text) => text == null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new BadRequestException($"--public-address takes an address as https://board.mygym.example, not "
            + $"'{OneLine.Of(text)}'.");
}
