using System.Net;
using Backstep.Gym.Mqtt;
using Backstep.Walks.Strides;

namespace Backstep.Gym.Commands;

/// <summary>What <c>serve</c> and <c>demo</c> ask of the host.</summary>
public sealed record ServeOptions
{
    /// <summary>HTTP's port unless told otherwise. Ours: above 1023, so that no root is needed.</summary>
    public const int UsualPort = 8080;

    /// <summary>The gym's name in topics.</summary>
    public string Gym { get; init; } = "gym";

    /// <summary>Where the store and the outbox lie.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The address to listen on for browsers; loopback: this computer alone.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The port for browsers; 0 for any that is free.</summary>
    public int Port { get; init; } = UsualPort;

    /// <summary>A certificate for TLS (.pfx, or .pem with its key within); null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Names under which browsers may ask.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Proxies that are believed.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>Where phones reach the pages; null: as staff do.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>A broker of somebody else's; null for the embedded one.</summary>
    public BrokerAddress? Broker { get; init; }

    /// <summary>The address of the embedded broker.</summary>
    public IPAddress MqttListen { get; init; } = IPAddress.Loopback;

    /// <summary>The port of the embedded broker; 0 for any that is free.</summary>
    public int MqttPort { get; init; } = BrokerAddress.PlainPort;

    /// <summary>PostgreSQL's connection string; null for SQLite in the data folder.</summary>
    public string? Store { get; init; }

    /// <summary>This server's name among several; null: it is the only one.</summary>
    public string? ServerName { get; init; }

    /// <summary>The gateway within; null for none.</summary>
    public GatewayPart? Gateway { get; init; }

    /// <summary>The language of all pages; null: as each browser asks for.</summary>
    public string? Language { get; init; }

    /// <summary>For cues that name a speed, and for the pages.</summary>
    public Units Units { get; init; } = Units.Metric;

    /// <summary>Whether every other computer is kept out.</summary>
    public bool IsLocal => IPAddress.IsLoopback(Listen);
}

/// <summary>A gateway that runs in the server's own process.</summary>
/// <param name="Options">Its options.</param>
/// <param name="Adapters">Makes its adapters, each by name and how it is opened.</param>
public sealed record GatewayPart(Gateway.GatewayOptions Options,
    Func<TimeProvider, ILogger, IReadOnlyList<Gateway.RadioAdapter>> Adapters);
