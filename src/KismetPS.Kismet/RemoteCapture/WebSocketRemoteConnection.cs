using System.Buffers.Binary;
using System.Net;
using System.Net.WebSockets;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Rest;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>A WebSocket at the server's HTTP port. The server takes one frame a message.</summary>
internal sealed class WebSocketRemoteConnection : RemoteConnection
{
    private const string Path = "datasource/remote/remotesource.ws";

    private readonly ClientWebSocket _socket;

    private WebSocketRemoteConnection(ClientWebSocket socket) => _socket = socket;

    /// <summary>Connects. Keys go into a header: an address ends up in the logs of proxies.</summary>
    public static async Task<WebSocketRemoteConnection> OpenAsync(KismetConnectionOptions server, RestCredential credential, CancellationToken stop)
    {
        Uri address = RestHttp.BaseOf(server);
        RestFailure failure = new(address, credential);
        ClientWebSocket socket = new();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(server.ConnectTimeout);
        try
        {
            credential.Apply(socket.Options);
            socket.Options.Proxy = null;
            socket.Options.CollectHttpResponseDetails = true;

            // The server pings in its own protocol, and closes a socket that sends frames of control it does not expect.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            if (server.SkipCertificateCheck)
            {
                socket.Options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
            }

            Uri uri = new UriBuilder(new Uri(address, Path)) { Scheme = address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
            await socket.ConnectAsync(uri, limit.Token).ConfigureAwait(false);
            return new WebSocketRemoteConnection(socket);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            socket.Dispose();
            throw ServerStream.Timeout(server);
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException)
        {
            HttpStatusCode status = socket.HttpStatusCode;
            socket.Dispose();
            throw status switch
            {
                // A key of another role is not known here either.
                HttpStatusCode.Unauthorized when credential.IsKey => new KismetException(
                    KismetErrorId.AuthenticationFailed, $"{address.Host}:{address.Port} does not accept the API key.", "Check the key: it must be of role datasource or admin, and may have been revoked.", e),
                HttpStatusCode.Unauthorized => failure.NotKnown(),
                HttpStatusCode.Forbidden => new KismetException(
                    KismetErrorId.RoleMissing, $"{address.Host}:{address.Port} does not let this key or user send frames.", "A key of role datasource or admin may; one of role readonly may not.", e),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest or HttpStatusCode.OK => new KismetException(
                    KismetErrorId.ServerUnknown,
                    $"{address.Host}:{address.Port} takes no remote captures over a WebSocket (HTTP {(int)status}).",
                    "Check the port, 2501 of Kismet itself, and whether a proxy before it lets WebSockets through. Kismet has them since 2021; older ones take -Protocol Tcp.",
                    e),
                0 => failure.Of(e),
                _ => failure.Of(new RestAnswer { Status = status, Body = [] }, Path, command: false),
            };
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer, cancel).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return 0;
            }

            if (part.Count > 0)
            {
                return part.Count;
            }
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> frames, CancellationToken cancel)
    {
        while (!frames.IsEmpty)
        {
            int length = ExternalFrame.HeaderLength + BinaryPrimitives.ReadInt32BigEndian(frames.Span[8..]);
            await _socket.SendAsync(frames[..length], WebSocketMessageType.Binary, endOfMessage: true, cancel).ConfigureAwait(false);
            frames = frames[length..];
        }
    }

    public override void Dispose() => _socket.Dispose();
}
