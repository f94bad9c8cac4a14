using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Store;
using Backstep.Walks;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Backstep.Gym.Server;

/// <summary>Where the embedded broker listens.</summary>
/// <param name="Address">Loopback unless told otherwise.</param>
/// <param name="Port">0: any that is free.</param>
public sealed record EmbeddedBrokerOptions(IPAddress Address, int Port)
{
    /// <summary>A file with certificate and key (PKCS #12, or PEM with both); null for no TLS.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Retained messages that are kept at most. Ours: a status for each gateway, a session for each clip, some
    /// ten entities a clip for Home Assistant, and room.</summary>
    public int MostRetained { get; init; } = 5000;
}

/// <summary>The broker within the server, for a gym that has no other: MQTT 5 of MQTTnet, with this product's rules.
/// It keeps queues and retained messages in memory; nothing is lost by that, as gateways keep what is not
/// confirmed.</summary>
public sealed partial class EmbeddedBroker : IAsyncDisposable
{
    private const string RoleKey = "role";

    private readonly EmbeddedBrokerOptions _options;
    private readonly BrokerGuests _guests;
    private readonly BrokerRules _rules;
    private readonly GymMetrics _metrics;
    private readonly ILogger _log;
    private readonly MqttServer _server;
    private readonly HashSet<string> _retained = new(StringComparer.Ordinal);

    /// <summary>Nothing listens before <see cref="StartAsync"/>.</summary>
    /// <exception cref="BadInputException">The certificate cannot be used.</exception>
    public EmbeddedBroker(EmbeddedBrokerOptions options, BrokerGuests guests, BrokerRules rules, GymMetrics metrics,
        ILogger log)
    {
        (_options, _guests, _rules, _metrics, _log) = (options, guests, rules, metrics, log);
        bool isTls = options.CertificateFile != null;
        int port = options.Port == 0 ? FreePort(options.Address) : options.Port;
        int inside = isTls ? FreePort(IPAddress.Loopback) : port;
        var (four, six) = isTls ? (IPAddress.Loopback, IPAddress.None) : Bound(options.Address);
        var built = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(four)
            .WithDefaultEndpointBoundIPV6Address(six)
            .WithDefaultEndpointPort(inside)
            .WithPersistentSessions();
        if (isTls)
        {
            (four, six) = Bound(options.Address);
            built.WithEncryptedEndpoint()
                .WithEncryptedEndpointBoundIPAddress(four)
                .WithEncryptedEndpointBoundIPV6Address(six)
                .WithEncryptedEndpointPort(port)
                .WithEncryptionCertificate(TlsCertificate.Read(options.CertificateFile!));
        }

        _server = new MqttServerFactory().CreateMqttServer(built.Build());
        _server.ValidatingConnectionAsync += LetInAsync;
        _server.InterceptingPublishAsync += OnPublishAsync;
        _server.InterceptingSubscriptionAsync += OnSubscribeAsync;
        Outside = new BrokerAddress(options.Address.ToString(), port, isTls);
        bool isByLoopback = isTls || options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any);
        Plain = new BrokerAddress((isByLoopback ? IPAddress.Loopback : options.Address).ToString(), inside, false);
    }

    /// <summary>Where others find it.</summary>
    public BrokerAddress Outside { get; }

    private BrokerAddress Plain { get; }

    /// <summary>Where, and as whom, a part of this process finds it.</summary>
    public BrokerAddress Inside(GymRole role, string name) => _guests.Inside(Plain, role, name);

    /// <summary>Begins to listen.</summary>
    /// <exception cref="BadRequestException">The port is taken.</exception>
    public async Task StartAsync()
    {
        try
        {
            await _server.StartAsync().ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new BadRequestException($"{Outside} cannot be listened on: {OneLine.Of(e.Message)}. Another broker "
                + "may run on this computer; name it by --broker, or use another port.", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server.IsStarted)
        {
            await _server.StopAsync().ConfigureAwait(false);
        }

        _server.Dispose();
    }

    private async Task LetInAsync(ValidatingConnectionEventArgs args)
    {
        try
        {
            var from = (args.RemoteEndPoint as IPEndPoint)?.Address;
            var role = await _guests.RoleOfAsync(args.UserName, args.Password, from).ConfigureAwait(false);
            args.SessionItems[RoleKey] = role;
            args.ReasonCode = role == null ? MqttConnectReasonCode.BadUserNameOrPassword
                : MqttConnectReasonCode.Success;
            if (role == null)
            {
                _metrics.BrokerRefusal("connection");
                LogRefused(OneLine.Of(args.ClientId), from?.ToString() ?? "nowhere");
            }
        }
        catch (Exception e) when (e is StoreException or CannotWriteException)
        {
            args.ReasonCode = MqttConnectReasonCode.ServerUnavailable;
        }
    }

    private Task OnPublishAsync(InterceptingPublishEventArgs args)
    {
        var message = args.ApplicationMessage;
        bool isFit = message.Payload.Length <= GymMessage.LargestBytes && IsFit(args, message.Payload.ToArray());
        if (!isFit)
        {
            args.ProcessPublish = false;
            args.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            args.Response.ReasonString = "this user may not publish that";
            _metrics.BrokerRefusal("publish");
        }
        else if (message.Retain && !MayRetain(message.Topic, message.Payload.Length))
        {
            args.ProcessPublish = false;
            args.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
            _metrics.BrokerRefusal("publish");
        }

        return Task.CompletedTask;
    }

    private bool IsFit(InterceptingPublishEventArgs args, byte[] payload) =>
        args.SessionItems[RoleKey] is GymRole role && _rules.MayPublish(role, args.UserName ?? "",
            args.ApplicationMessage.Topic, payload, args.ApplicationMessage.Retain);

    private Task OnSubscribeAsync(InterceptingSubscriptionEventArgs args)
    {
        bool isFit = args.SessionItems[RoleKey] is GymRole role
            && _rules.MaySubscribe(role, args.UserName ?? "", args.TopicFilter.Topic);
        if (!isFit)
        {
            args.ProcessSubscription = false;
            args.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            _metrics.BrokerRefusal("subscribe");
        }

        return Task.CompletedTask;
    }

    private bool MayRetain(string topic, long length)
    {
        lock (_retained)
        {
            return length == 0 ? _retained.Remove(topic) || true
                : _retained.Contains(topic) || (_retained.Count < _options.MostRetained && _retained.Add(topic));
        }
    }

    // The library listens on both kinds of addresses unless one is None; IPv6None is another name for "any" (::).
    private static (IPAddress Four, IPAddress Six) Bound(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? (IPAddress.Any, IPAddress.IPv6Any)
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? (IPAddress.None, address)
        : (address, IPAddress.None);

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Client} from {Address} was not let in")]
    private partial void LogRefused(string client, string address);
}
