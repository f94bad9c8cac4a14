using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Backstep.Walks;

namespace Backstep.Gym.Mqtt;

/// <summary>Which broker, and as whom: <c>mqtt://host[:port]</c>, or <c>mqtts://</c> with TLS. User and password come
/// apart from it: a command line can be read by everybody on the computer.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="IsTls">Whether the link is encrypted and the broker's certificate checked.</param>
public sealed record BrokerAddress(string Host, int Port, bool IsTls)
{
    /// <summary>MQTT's own port (IANA).</summary>
    public const int PlainPort = 1883;

    /// <summary>MQTT's own port with TLS (IANA).</summary>
    public const int TlsPort = 8883;

    /// <summary>As whom; null for nobody.</summary>
    public string? User { get; init; }

    /// <summary>That user's password.</summary>
    public string? Password { get; init; }

    /// <summary>The certificate authority to trust instead of the system's; null for those.</summary>
    public X509Certificate2? Authority { get; init; }

    /// <summary>From a command line.</summary>
    /// <exception cref="BadRequestException">It is none.</exception>
    public static BrokerAddress Parse(string text)
    {
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "mqtt" or "mqtts"
            && uri is { Host.Length: > 0, AbsolutePath: "/" or "", Query: "", Fragment: "" };
        if (!isAddress)
        {
            throw new BadRequestException($"'{OneLine.Of(text)}' is no address of a broker: mqtt://HOST[:PORT], or "
                + "mqtts://HOST[:PORT] with TLS.");
        }

        if (uri!.UserInfo.Length > 0)
        {
            throw new BadRequestException("a password on a command line can be read by everybody on this computer: "
                + "give --broker-user, and the password by the variable BACKSTEP_BROKER_PASSWORD.");
        }

        bool isTls = uri.Scheme == "mqtts";
        return new BrokerAddress(uri.IdnHost, uri.Port > 0 ? uri.Port : isTls ? TlsPort : PlainPort, isTls);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(IsTls ? "mqtts" : "mqtt")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
