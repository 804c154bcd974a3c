#nullable enable

using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace KismetPS.TestKit.Web;

/// <summary>
/// An HTTP/1.1 and WebSocket server on the loopback that answers as a script says. Like the real one it keeps connections open, sends chunks of any
/// size, and closes a connection without a reply over a body of more than 100,000 bytes.
/// </summary>
public sealed class WebServer : IDisposable
{
    private const int MaxBody = 100_000;

    private readonly TcpListener _listener;
    private readonly Func<WebCall, WebReply> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, Socket> _open = new();
    private readonly Random? _random;
    private int _connections;
    private int _inFlight;
    private int _mostInFlight;
    private long _sent;

    /// <summary>Starts it.</summary>
    /// <param name="answer">The script.</param>
    /// <param name="port">TCP port; 0: any.</param>
    /// <param name="certificate">Speaks TLS with it.</param>
    /// <param name="seed">Cuts and delays answers at random; null: in one piece.</param>
    public WebServer(Func<WebCall, WebReply> answer, int port = 0, X509Certificate2? certificate = null, int? seed = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _random = seed is int s ? new Random(s) : null;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>Each request.</summary>
    public ConcurrentQueue<WebCall> Calls { get; } = new();

    /// <summary>Connections made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections open now.</summary>
    public int Open => _open.Count;

    /// <summary>Most requests that were being answered at one time.</summary>
    public int MostInFlight => Volatile.Read(ref _mostInFlight);

    /// <summary>Bytes of bodies sent, as they went over the wire.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Takes all connections down.</summary>
    public void Cut()
    {
        foreach (Socket socket in _open.Values)
        {
            socket.Close(0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                int number = Interlocked.Increment(ref _connections);
                _open[number] = socket;
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await ServeAsync(socket, number);
                    }
                    catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or AuthenticationException or WebSocketException or OperationCanceledException)
                    {
                        // The client went away, or was sent away.
                    }
                    finally
                    {
                        _open.TryRemove(number, out _);
                        socket.Dispose();
                    }
                });
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        socket.NoDelay = true;
        Stream stream = new NetworkStream(socket);
        if (_certificate is not null)
        {
            SslStream secure = new(stream);
            await secure.AuthenticateAsServerAsync(_certificate);
            stream = secure;
        }

        byte[] buffer = new byte[200_000];
        int length = 0;
        while (true)
        {
            int head = Find(buffer, length);
            if (head < 0)
            {
                // What is no HTTP is shown the door without a word.
                if (length > 0 && (buffer[0] < 'A' || buffer[0] > 'Z'))
                {
                    return;
                }

                int read = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
                if (read == 0)
                {
                    return;
                }

                length += read;
                continue;
            }

            WebCall call = new(Encoding.Latin1.GetString(buffer, 0, head), number);
            int whole = head + 4 + call.Length;
            if (call.Length > MaxBody)
            {
                Calls.Enqueue(call);
                return;
            }

            while (length < whole)
            {
                int read = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
                if (read == 0)
                {
                    return;
                }

                length += read;
            }

            call.Body = Encoding.Latin1.GetString(buffer, head + 4, call.Length);
            Buffer.BlockCopy(buffer, whole, buffer, 0, length - whole);
            length -= whole;
            Calls.Enqueue(call);
            if (call.Headers.ContainsKey("Sec-WebSocket-Key"))
            {
                WebReply talk = Script(call);
                if (talk.Socket is not null)
                {
                    await UpgradeAsync(stream, call, talk.Socket);
                }
                else if (talk.Status != 0)
                {
                    await ReplyAsync(stream, call, talk);
                }

                return;
            }

            int now = Interlocked.Increment(ref _inFlight);
            if (now > _mostInFlight)
            {
                _mostInFlight = now;
            }

            bool answering = true;
            void End()
            {
                if (answering)
                {
                    answering = false;
                    Interlocked.Decrement(ref _inFlight);
                }
            }

            try
            {
                WebReply reply = Script(call);
                if (reply.Status == 0 || !await ReplyAsync(stream, call, reply, End))
                {
                    return;
                }
            }
            finally
            {
                End();
            }

            if (call.Headers.TryGetValue("Connection", out string? wish) && wish.Equals("close", StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }
    }

    // A script that fails is told to who asks, since the test waits there.
    private WebReply Script(WebCall call)
    {
        try
        {
            return _answer(call);
        }
        catch (Exception e)
        {
            return WebReply.Json("The script failed: " + e, 500);
        }
    }

    private static int Find(byte[] buffer, int length) => buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);

    private async Task<bool> ReplyAsync(Stream stream, WebCall call, WebReply reply, Action? ending = null)
    {
        await Task.Delay(reply.Delay, _stop.Token);
        byte[] body = reply.Body;
        StringBuilder head = new($"HTTP/1.1 {reply.Status} X\r\nServer: Kismet\r\nContent-Type: {reply.ContentType}\r\nTransfer-Encoding: chunked\r\n");
        foreach ((string name, string value) in reply.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (reply.Gzip && call.Headers.TryGetValue("Accept-Encoding", out string? takes) && takes.Contains("gzip"))
        {
            using MemoryStream packed = new();
            using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(body);
            }

            body = packed.ToArray();
            head.Append("Content-Encoding: gzip\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        for (int turn = 0; turn < reply.Times; turn++)
        {
            for (int at = 0; at < body.Length;)
            {
                int size = Math.Min(body.Length - at, Next(reply));
                if (reply.CutAfter >= 0 && at + size > reply.CutAfter)
                {
                    size = reply.CutAfter - at;
                }

                if (size > 0)
                {
                    byte[] start = Encoding.ASCII.GetBytes(size.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
                    await stream.WriteAsync(start, _stop.Token);
                    await stream.WriteAsync(body.AsMemory(at, size), _stop.Token);
                    await stream.WriteAsync("\r\n"u8.ToArray(), _stop.Token);
                    Interlocked.Add(ref _sent, size);
                    at += size;
                }

                if (reply.CutAfter >= 0 && at >= reply.CutAfter)
                {
                    await stream.FlushAsync(_stop.Token);
                    return false;
                }

                if (reply.Pause > TimeSpan.Zero)
                {
                    await Task.Delay(reply.Pause, _stop.Token);
                }
            }
        }

        // Who has read this may ask again, on another connection too, before this thread goes on.
        ending?.Invoke();
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), _stop.Token);
        await stream.FlushAsync(_stop.Token);
        return true;
    }

    private int Next(WebReply reply)
    {
        if (_random is null)
        {
            return reply.Pause > TimeSpan.Zero ? 64 : 64 * 1024;
        }

        lock (_random)
        {
            return _random.Next(4) == 0 ? _random.Next(1, 16) : _random.Next(1, 6000);
        }
    }

    private async Task UpgradeAsync(Stream stream, WebCall call, Func<WebSocket, CancellationToken, Task> talk)
    {
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(call.Headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), _stop.Token);
        using WebSocket socket = WebSocket.CreateFromStream(stream, isServer: true, subProtocol: null, keepAliveInterval: Timeout.InfiniteTimeSpan);
        await talk(socket, _stop.Token);
    }
}
