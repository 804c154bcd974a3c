using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using KismetPS.Capture;

namespace KismetPS.Kismet.Connections;

/// <summary>A TCP connection to a server, with TLS where it is asked for. Failures are <see cref="KismetException"/>, one id for each kind.</summary>
internal sealed class ServerStream : IDisposable
{
    private readonly Stream _stream;
    private ReadOnlyMemory<byte> _ahead;

    private ServerStream(Stream stream, string endPoint)
    {
        _stream = stream;
        EndPoint = endPoint;
    }

    /// <summary>Address and port of the other side.</summary>
    public string EndPoint { get; }

    /// <summary>Connects within the time the options give; the token is the session's.</summary>
    public static async Task<ServerStream> OpenAsync(KismetConnectionOptions options, CancellationToken stop)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            IPAddress[] addresses = await ResolveAsync(options, limit.Token).ConfigureAwait(false);
            return await ConnectAsync(options, addresses, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Timeout(options);
        }
    }

    /// <summary>The failure of a connection attempt that took too long.</summary>
    public static KismetException Timeout(KismetConnectionOptions options) => new(
        KismetErrorId.ConnectionTimeout,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{options.ComputerName}:{options.Port} did not answer within {options.ConnectTimeout.TotalSeconds:0.#} seconds."),
        "Check address, port and firewall; -Timeout gives it more time.");

    /// <summary>Reads; 0 at the end. An error of the network is an <see cref="IOException"/> or <see cref="SocketException"/>.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (_ahead.IsEmpty)
        {
            return _stream.ReadAsync(buffer, cancel);
        }

        int count = Math.Min(_ahead.Length, buffer.Length);
        _ahead[..count].CopyTo(buffer);
        _ahead = _ahead[count..];
        return ValueTask.FromResult(count);
    }

    /// <summary>Puts bytes read already before what comes next.</summary>
    public void Unread(ReadOnlySpan<byte> bytes) => _ahead = bytes.ToArray();

    /// <summary>Writes all.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await _stream.WriteAsync(bytes, cancel).ConfigureAwait(false);
        await _stream.FlushAsync(cancel).ConfigureAwait(false);
    }

    public void Dispose() => _stream.Dispose();

    private static async Task<IPAddress[]> ResolveAsync(KismetConnectionOptions options, CancellationToken cancel)
    {
        if (IPAddress.TryParse(options.ComputerName, out IPAddress? address))
        {
            return [address];
        }

        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(options.ComputerName, cancel).ConfigureAwait(false);
            if (addresses.Length > 0)
            {
                // The old servers know IPv4 only.
                return [.. addresses.OrderBy(static a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)];
            }
        }
        catch (SocketException e)
        {
            throw HostNotFound(options, e);
        }
        catch (ArgumentException e)
        {
            throw HostNotFound(options, e);
        }

        throw HostNotFound(options, null);
    }

    private static KismetException HostNotFound(KismetConnectionOptions options, Exception? inner) =>
        new(KismetErrorId.HostNotFound, $"There is no host '{options.ComputerName}'.", "Check the name, or give an address.", inner);

    private static async Task<ServerStream> ConnectAsync(KismetConnectionOptions options, IPAddress[] addresses, CancellationToken cancel)
    {
        SocketException? failure = null;
        foreach (IPAddress address in addresses)
        {
            Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                // One address that swallows everything must not cost the others their time.
                using CancellationTokenSource share = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                share.CancelAfter(options.ConnectTimeout / addresses.Length);
                await socket.ConnectAsync(new IPEndPoint(address, options.Port), share.Token).ConfigureAwait(false);
                SelfConnection.Refuse(socket);
                Stream stream = new NetworkStream(socket, ownsSocket: true);
                return new ServerStream(options.UseTls ? await SecureAsync(options, stream, cancel).ConfigureAwait(false) : stream, socket.RemoteEndPoint!.ToString()!);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failure = e;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                socket.Dispose();
                failure = new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw Failure(options, failure!);
    }

    private static KismetException Failure(KismetConnectionOptions options, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new(KismetErrorId.ConnectionRefused, $"{options.ComputerName} refused the connection on port {options.Port}.", "Check that the server runs and which address and port it listens on.", e),
        SocketError.TimedOut => Timeout(options),
        _ => new(KismetErrorId.NetworkFailure, $"{options.ComputerName}:{options.Port}: {e.Message}", "Check the network between this machine and the server.", e),
    };

    private static async Task<Stream> SecureAsync(KismetConnectionOptions options, Stream stream, CancellationToken cancel)
    {
        SslStream secure = new(stream, leaveInnerStreamOpen: false);
        try
        {
            SslClientAuthenticationOptions tls = new() { TargetHost = options.ComputerName };
            if (options.SkipCertificateCheck)
            {
#pragma warning disable CA5359 // the user asked for it by name
                tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
            }

            await secure.AuthenticateAsClientAsync(tls, cancel).ConfigureAwait(false);
            return secure;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw new KismetException(
                KismetErrorId.TlsFailure,
                $"{options.ComputerName}:{options.Port}: no TLS connection could be made: {e.Message}",
                "Check that the server speaks TLS on this port and that its certificate is trusted; -SkipCertificateCheck takes any.",
                e);
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
