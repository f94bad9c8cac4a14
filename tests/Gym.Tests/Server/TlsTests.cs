using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Backstep.Gym.Keeping;
using Backstep.Gym.Mqtt;
using Backstep.Gym.Server;
using Backstep.Walks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Backstep.Gym.Tests.Server;

/// <summary>Certificates in files: the broker shows one, a gateway trusts its authority and nobody else's.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tls").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TlsTests()
    {
        var request = new CertificateRequest("CN=gym", _key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, true);
    }

    [Theory]
    [InlineData("gym.pem")]
    [InlineData("gym.crt")]
    [InlineData("gym.pfx")]
    public async Task A_gateway_that_trusts_its_authority_comes_in_and_no_other(string name)
    {
        string file = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(file, name.EndsWith("pfx", StringComparison.Ordinal)
            ? _certificate.Export(X509ContentType.Pfx)
            : System.Text.Encoding.ASCII.GetBytes(
                $"{_certificate.ExportCertificatePem()}\n{_key.ExportPkcs8PrivateKeyPem()}\n"),
            TestContext.Current.CancellationToken);
        string authority = Path.Combine(_folder, "authority.pem");
        await File.WriteAllTextAsync(authority, _certificate.ExportCertificatePem(),
            TestContext.Current.CancellationToken);
        await using var room = await TestRoom.OpenAsync(isBrokerEmbedded: true);
        await using var broker = new EmbeddedBroker(
            new EmbeddedBrokerOptions(IPAddress.Loopback, 0) { CertificateFile = file },
            new BrokerGuests(room.Store.Store, room.Time, true), new BrokerRules(room.Gym, room.Owners), room.Metrics,
            NullLogger.Instance);
        await broker.StartAsync();
        Assert.True(broker.Outside.IsTls);
        var inside = broker.Inside(GymRole.Reader, "screen");
        var outside = broker.Outside with { User = inside.User, Password = inside.Password };

        await using var trusting = new MqttPeer(
            outside with { Authority = TlsCertificate.ReadAuthority(authority) }, new MqttPeerOptions("one"),
            TimeProvider.System, NullLogger.Instance);
        await using var other = new MqttPeer(outside, new MqttPeerOptions("two"), TimeProvider.System,
            NullLogger.Instance);
        using var end = new CancellationTokenSource();
        Task[] run = [trusting.RunAsync(end.Token), other.RunAsync(end.Token)];
        await TestRoom.UntilAsync(() => Task.FromResult(trusting.IsConnected && other.Trouble != null));
        Assert.False(other.IsConnected);
        await end.CancelAsync();
        await Task.WhenAll(run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
            | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public void What_cannot_be_used_is_said_and_is_no_fault_of_the_program()
    {
        string missing = Path.Combine(_folder, "missing.pem");
        string garbage = Path.Combine(_folder, "garbage.pem");
        string keyless = Path.Combine(_folder, "keyless.pem");
        string secret = Path.Combine(_folder, "secret.pfx");
        File.WriteAllText(garbage, "no certificate");
        File.WriteAllText(keyless, _certificate.ExportCertificatePem());
        File.WriteAllBytes(secret, _certificate.Export(X509ContentType.Pfx, "a password"));
        foreach (string file in (string[])[missing, garbage, keyless, secret])
        {
            var said = Assert.Throws<BadInputException>(() => TlsCertificate.Read(file));
            Assert.StartsWith($"the certificate {file} cannot be used: ", said.Message, StringComparison.Ordinal);
        }

        Assert.Throws<BadInputException>(() => TlsCertificate.ReadAuthority(missing));
        Assert.Throws<BadInputException>(() => TlsCertificate.ReadAuthority(garbage));
    }
}
