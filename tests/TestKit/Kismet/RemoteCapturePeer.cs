using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KismetPS.TestKit;

/// <summary>A Kismet server's side of one connection of a remote capture, played by a script: over TCP, TLS or a WebSocket.</summary>
public sealed class RemoteCapturePeer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly Stream _stream;
    private readonly WebSocket? _socket;
    private uint _sequence;

    private RemoteCapturePeer(Stream stream, WebSocket? socket, string request) => (_stream, _socket, Request) = (stream, socket, request);

    /// <summary>Head of the request that opened the WebSocket.</summary>
    public string Request { get; }

    /// <summary>Takes the next connection as TCP, or TLS with a certificate.</summary>
    public static async Task<RemoteCapturePeer> AcceptAsync(ScriptedPeer listener, X509Certificate2? certificate = null)
    {
        Stream stream = new NetworkStream(await listener.AcceptAsync(), ownsSocket: true);
        if (certificate is not null)
        {
            SslStream secure = new(stream);
            await secure.AuthenticateAsServerAsync(certificate).WaitAsync(s_patience);
            stream = secure;
        }

        return new RemoteCapturePeer(stream, null, string.Empty);
    }

    /// <summary>Takes the next connection as a WebSocket where the request has what must be in it; answers 401 and gives null else.</summary>
    public static async Task<RemoteCapturePeer?> AcceptWebSocketAsync(ScriptedPeer listener, string mustHave, int refusal = 401)
    {
        NetworkStream stream = new(await listener.AcceptAsync(), ownsSocket: true);
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
        }

        string request = head.ToString();
        if (!request.Contains(mustHave, StringComparison.Ordinal))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {refusal} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            await stream.DisposeAsync();
            return null;
        }

        string key = request.Split("\r\n").Single(static l => l.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))["Sec-WebSocket-Key:".Length..].Trim();
#pragma warning disable CA5350 // RFC 6455 4.2.2
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        return new RemoteCapturePeer(stream, WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero }), request);
    }

    /// <summary>The next frame; null at the end. A WebSocket message is checked to be one frame.</summary>
    public async Task<RemoteFrame?> ReadAsync()
    {
        byte[]? header;
        byte[] content;
        if (_socket is not null)
        {
            byte[] message = new byte[16384];
            int length = 0;
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(message.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(s_patience);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                length += part.Count;
                if (part.EndOfMessage)
                {
                    break;
                }
            }

            header = message[..20];
            content = message[20..length];
            if (BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8)) != content.Length)
            {
                throw new InvalidDataException("A message is not one frame.");
            }
        }
        else
        {
            header = await ReadExactlyAsync(20);
            if (header is null)
            {
                return null;
            }

            content = await ReadExactlyAsync(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8))) ?? throw new EndOfStreamException();
        }

        if (BinaryPrimitives.ReadUInt64BigEndian(header) != 0xDECAFBADA9A90003)
        {
            throw new InvalidDataException($"No frame: {Convert.ToHexString(header)}.");
        }

        return new RemoteFrame(
            BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(12)),
            BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(14)),
            BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(16)),
            MessagePackValue.ReadMap(content),
            content);
    }

    /// <summary>The next frame of that command; others before it are passed over.</summary>
    public async Task<RemoteFrame> ReadAsync(int command)
    {
        while (true)
        {
            RemoteFrame frame = await ReadAsync() ?? throw new EndOfStreamException($"The connection ended before command {command}.");
            if (frame.Command == command)
            {
                return frame;
            }
        }
    }

    /// <summary>Sends a frame with content as it is given in hexadecimal; gives its number.</summary>
    public async Task<uint> SendAsync(int command, string content = "", int code = 1)
    {
        byte[] body = Convert.FromHexString(content);
        byte[] frame = new byte[20 + body.Length];
        BinaryPrimitives.WriteUInt64BigEndian(frame, 0xDECAFBADA9A90003);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(8), body.Length);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)command);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(14), (ushort)code);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(16), ++_sequence);
        body.CopyTo(frame, 20);
        await SendRawAsync(frame);
        return _sequence;
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendRawAsync(byte[] bytes)
    {
        if (_socket is not null)
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, CancellationToken.None);
        }
        else
        {
            await _stream.WriteAsync(bytes);
            await _stream.FlushAsync();
        }
    }

    /// <summary>Reads what the source says of itself, opens it, and gives both frames.</summary>
    public async Task<(RemoteFrame New, RemoteFrame Open)> OpenAsync()
    {
        RemoteFrame source = await ReadAsync() ?? throw new EndOfStreamException("No source.");

        // {1: "x"}
        await SendAsync(12, "8101a178");
        return (source, await ReadAsync(13));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _stream.Dispose();
    }

    private async Task<byte[]?> ReadExactlyAsync(int count)
    {
        byte[] bytes = new byte[count];
        int read = await _stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false).AsTask().WaitAsync(s_patience);
        return read == count ? bytes : read == 0 ? null : throw new EndOfStreamException("Ended within a frame.");
    }
}
