using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Backstep.Walks;

namespace Backstep.Gym.Mqtt;

/// <summary>Certificates in files: what pages and broker show on a network, and whom a gateway trusts.</summary>
public static class TlsCertificate
{
    /// <summary>Reads one with its key: PKCS #12 without a password, or PEM with both in one file.</summary>
    /// <exception cref="BadInputException">It cannot be used.</exception>
    public static X509Certificate2 Read(string file)
    {
        try
        {
            if (X509Certificate2.GetCertContentType(file) == X509ContentType.Pkcs12)
            {
                return X509CertificateLoader.LoadPkcs12FromFile(file, null);
            }

            var certificate = X509Certificate2.CreateFromPemFile(file);
            return certificate.HasPrivateKey ? certificate : throw new CryptographicException("it has no key.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BadInputException($"the certificate {OneLine.Of(file)} cannot be used: {OneLine.Of(e.Message)} "
                + "It must hold its key, and have no password.", e);
        }
    }

    /// <summary>Reads an authority's, PEM or DER.</summary>
    /// <exception cref="BadInputException">It cannot be used.</exception>
    public static X509Certificate2 ReadAuthority(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BadInputException($"the certificate of an authority, {OneLine.Of(file)}, cannot be used: "
                + OneLine.Of(e.Message), e);
        }
    }
}
