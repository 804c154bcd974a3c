using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace KismetPS.Kismet.Text.Server;

/// <summary>A conversation's socket: reads and writes without a thread of its own, and ends when either side does.</summary>
internal sealed class ClientLink(Socket socket, TextHub hub, X509Certificate2? certificate, TimeSpan sendTimeout)
{
    private const int ReadBytes = 4096;

    private static readonly TimeSpan s_goodBye = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _output = new(0, 1);
    private readonly CancellationTokenSource _end = new();
    private int _signaled;
    private volatile bool _closing;

    /// <summary>The conversation; null until TLS is agreed on.</summary>
    public ClientConversation? Conversation { get; private set; }

    /// <summary>Who it is.</summary>
    public string EndPoint { get; } = Name(socket);

    /// <summary>When it came.</summary>
    public DateTimeOffset ConnectedAt { get; } = DateTimeOffset.UtcNow;

    /// <summary>Sends a reason, lets it arrive, and closes.</summary>
    public static async Task RefuseAsync(Socket socket, byte[] reason)
    {
        using (socket)
        {
            try
            {
                using CancellationTokenSource limit = new(s_goodBye);
                await socket.SendAsync(reason, SocketFlags.None, limit.Token).ConfigureAwait(false);
                await GoodByeAsync(socket).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // It did not wait for the reason.
            }
        }
    }

    /// <summary>Talks until either side ends.</summary>
    public async Task RunAsync()
    {
        Stream? stream = null;
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            stream = await OpenAsync().ConfigureAwait(false);
            ClientConversation conversation = hub.Connect();
            conversation.OutputReady = Signal;
            Conversation = conversation;
            Signal();
            Task reading = ReadAsync(stream, conversation);
            Task writing = WriteAsync(stream, conversation);
            await Task.WhenAny(reading, writing).ConfigureAwait(false);
            if (_closing)
            {
                await Task.WhenAny(writing, Task.Delay(s_goodBye)).ConfigureAwait(false);
                await GoodByeAsync(socket).ConfigureAwait(false);
            }

            await _end.CancelAsync().ConfigureAwait(false);
            socket.Dispose();
            await Task.WhenAll(reading, writing).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            // The connection ended, as connections do.
        }
        finally
        {
            socket.Dispose();
            stream?.Dispose();
            if (Conversation is { } ended)
            {
                ended.OutputReady = null;
                hub.Disconnect(ended);
            }
        }
    }

    /// <summary>Sends what waits, then ends.</summary>
    public void Close()
    {
        _closing = true;
        Signal();
    }

    /// <summary>Ends at once.</summary>
    public void Abort()
    {
        _end.Cancel();
        socket.Dispose();
    }

    private static string Name(Socket socket)
    {
        IPEndPoint? remote = socket.RemoteEndPoint as IPEndPoint;
        return remote is null ? string.Empty : new IPEndPoint(remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address, remote.Port).ToString();
    }

    // What the peer sent and we did not read would make closing a reset, which takes the last lines from it.
    private static async Task GoodByeAsync(Socket socket)
    {
        socket.Shutdown(SocketShutdown.Send);
        using CancellationTokenSource limit = new(s_goodBye);
        byte[] rest = new byte[ReadBytes];
        while (await socket.ReceiveAsync(rest, SocketFlags.None, limit.Token).ConfigureAwait(false) > 0)
        {
        }
    }

    private async Task<Stream> OpenAsync()
    {
        NetworkStream plain = new(socket, ownsSocket: false);
        if (certificate is null)
        {
            return plain;
        }

        SslStream secure = new(plain);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(sendTimeout);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, limit.Token).ConfigureAwait(false);
        return secure;
    }

    private async Task ReadAsync(Stream stream, ClientConversation conversation)
    {
        byte[] buffer = new byte[ReadBytes];
        while (!_closing)
        {
            int read = await stream.ReadAsync(buffer, _end.Token).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            conversation.Receive(buffer.AsSpan(0, read));
            while (!conversation.WantsInput && !_closing)
            {
                // It sends commands and does not read the answers: it waits, nobody else does.
                await Task.Delay(50, _end.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(Stream stream, ClientConversation conversation)
    {
        while (true)
        {
            while (conversation.TryTake(out ReadOnlyMemory<byte> bytes))
            {
                using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                limit.CancelAfter(sendTimeout);
                await stream.WriteAsync(bytes, limit.Token).ConfigureAwait(false);
            }

            if (_closing)
            {
                return;
            }

            await _output.WaitAsync(_end.Token).ConfigureAwait(false);
            Volatile.Write(ref _signaled, 0);
        }
    }

    private void Signal()
    {
        if (Interlocked.Exchange(ref _signaled, 1) == 0)
        {
            _output.Release();
        }
    }
}
