using System.IO.Compression;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>One sender over TCP or TLS: plain or one gzip stream, told apart by the first two bytes.</summary>
internal sealed class StreamClient(Socket socket, ReceiverOptions options, MessageIntake intake, CancellationToken stop)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private bool _welcome = options.Token is null;

    /// <summary>Reads until the sender has gone, or has not said who it is. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            await using var network = new NetworkStream(socket, ownsSocket: true);
            if (options.Protocol != KismetExportProtocol.Tls)
            {
                await ReadAsync(network).ConfigureAwait(false);
                return;
            }

            bool trusted = options.ClientCertificates is null;
            await using var tls = new SslStream(network, leaveInnerStreamOpen: true, (_, certificate, _, _) => trusted || (trusted = IsTrusted(certificate)) || true);
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(stop))
            {
                limit.CancelAfter(options.HandshakeTimeout);
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = options.Certificate, ClientCertificateRequired = options.ClientCertificates is not null },
                    limit.Token).ConfigureAwait(false);
            }

            // A handshake that fails here ends with an ordinary close, by which a sender could take what it sent already for received.
            if (!trusted)
            {
                intake.Count(ReceivedKind.BadCertificate);
                Reset(socket);
                return;
            }

            await ReadAsync(tls).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            intake.Count(ReceivedKind.BadCompression);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
        {
            // The client went away, or is none of ours: its numbers tell what is missing.
        }
    }

    /// <summary>Closes without good order: the sender takes what it sent last for not received, and sends it again.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was over already.
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        int read = 0;
        do
        {
            int more = await stream.ReadAsync(_buffer.AsMemory(read), stop).ConfigureAwait(false);
            if (more == 0)
            {
                break;
            }

            read += more;
        }
        while (read < 2);

        using var whole = new PrefixedStream(_buffer.AsMemory(0, read).ToArray(), stream);
        if (read < 2 || _buffer[0] != 0x1F || _buffer[1] != 0x8B)
        {
            await MessagesAsync(whole).ConfigureAwait(false);
            return;
        }

        await using var gzip = new GZipStream(whole, CompressionMode.Decompress);
        await MessagesAsync(gzip).ConfigureAwait(false);
    }

    private async Task MessagesAsync(Stream stream)
    {
        var framer = new MessageDeframer(options.MaxBytes);
        while (true)
        {
            int read = await stream.ReadAsync(_buffer, stop).ConfigureAwait(false);
            if (read == 0)
            {
                if (framer.TryFinish(out _))
                {
                    intake.Count(ReceivedKind.Cut);
                }

                await intake.EmptyAsync(stop).ConfigureAwait(false);
                return;
            }

            intake.Begin();
            try
            {
                if (!await TakeAsync(framer, read).ConfigureAwait(false))
                {
                    return;
                }
            }
            finally
            {
                intake.Finish();
            }
        }
    }

    // False: the sender did not say who it is.
    private async Task<bool> TakeAsync(MessageDeframer framer, int read)
    {
        framer.Append(_buffer.AsSpan(0, read));
        while (Next(framer, out KismetDevice? device))
        {
            if (!_welcome)
            {
                intake.Count(ReceivedKind.BadToken);
                Reset(socket);
                return false;
            }

            if (device is not null)
            {
                await intake.WriteAsync(device, stop).ConfigureAwait(false);
            }
        }

        return true;
    }

    // False: more bytes are needed.
    private bool Next(MessageDeframer framer, out KismetDevice? device)
    {
        device = null;
        if (!framer.TryRead(out ReadOnlySpan<byte> bytes, out ReceivedKind? problem))
        {
            return false;
        }

        if (!_welcome)
        {
            // Whoever does not begin with the token is not listened to.
            _welcome = problem is null && new MessageReader().Read(bytes) is { Kind: ReceivedKind.Hello, Token: string token } && IsSame(token, options.Token!);
            if (_welcome)
            {
                intake.Count(ReceivedKind.Hello);
            }

            return true;
        }

        if (problem is ReceivedKind bad)
        {
            intake.Count(bad);
        }
        else
        {
            device = intake.Take(bytes, out _);
        }

        return true;
    }

    // In a time that does not tell how much of it was right.
    private static bool IsSame(string given, string wanted) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));

    private bool IsTrusted(X509Certificate? certificate)
    {
        if (certificate is null || options.ClientCertificates is null)
        {
            return false;
        }

        using var shown = new X509Certificate2(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.ClientCertificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }
}
