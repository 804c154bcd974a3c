using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;

namespace KismetPS.Cli.Commands;

/// <summary>A certificate and its key out of files.</summary>
internal static class ServerCertificate
{
    /// <summary>Reads PEM, or else PKCS #12. Throws <see cref="KismetException"/>.</summary>
    /// <param name="file">Certificate.</param>
    /// <param name="key">PEM file with the key; null: the same file.</param>
    /// <param name="passwordFile">File whose first line is the password; null: none.</param>
    public static X509Certificate2 Load(string file, string? key, string? passwordFile)
    {
        try
        {
            string? password = passwordFile is null ? null : File.ReadLines(passwordFile).FirstOrDefault() ?? string.Empty;
            if (!IsPem(file))
            {
                X509Certificate2 loaded = X509CertificateLoader.LoadPkcs12FromFile(file, password);
                return loaded.HasPrivateKey ? loaded : throw new CryptographicException("it has no private key.");
            }

            using X509Certificate2 pem = password is null
                ? X509Certificate2.CreateFromPemFile(file, key)
                : X509Certificate2.CreateFromEncryptedPemFile(file, password, key);

            // Windows serves TLS with stored keys only, which this makes it.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (FileNotFoundException e)
        {
            throw new KismetException(KismetErrorId.FileNotFound, $"'{e.FileName ?? file}' does not exist.", "Check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new KismetException(
                KismetErrorId.FileNotReadable, $"'{file}' cannot be used as a certificate: {e.Message}", "Give a .pfx file, or PEM with certificate and key, and its password by --password-file.", e);
        }
    }

    private static bool IsPem(string file)
    {
        using StreamReader reader = new(file);
        char[] start = new char[4096];
        return new string(start, 0, reader.ReadBlock(start)).Contains("-----BEGIN ", StringComparison.Ordinal);
    }
}
