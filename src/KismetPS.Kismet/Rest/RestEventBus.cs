using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using KismetPS.Capture;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// The server's event bus: what is new is told at once instead of at the next poll. It tells no updates of devices and keeps nothing for those who were
/// away, so that polls go on beside it and one follows at once after each gap.
/// </summary>
internal sealed class RestEventBus(RestHttp http, RestCredential credential)
{
    // A device has a few hundred bytes as we ask for it; one of the server's own records up to twenty thousand.
    private const int MaxMessage = 1024 * 1024;

    private static readonly string[] s_topics =
    [
        "TIMESTAMP", "ALERT", "MESSAGE", "NEW_DATASOURCE", "DATASOURCE_OPENED", "DATASOURCE_CLOSED", "DATASOURCE_ERROR", "DATASOURCE_PAUSED", "DATASOURCE_RESUMED",
    ];

    // A connection that stood for so long was a good one: the next is tried soon. One that ends at once must not make a poll each time.
    private static readonly TimeSpan s_good = TimeSpan.FromSeconds(30);

    // Releases before 2020 have no event bus, and some proxies pass none: polls do without, and this asks for it now and then.
    private static readonly TimeSpan s_none = TimeSpan.FromMinutes(5);

    /// <summary>Time without a word after which the connection is dead: the server says the time each second.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Takes what a topic says: its JSON value, which is gone afterwards.</summary>
    public required Action<string, byte[]> Told { get; init; }

    /// <summary>Called when messages may have been missed.</summary>
    public required Action Gap { get; init; }

    /// <summary>Whether it is connected now.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Messages taken.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages that could not be read.</summary>
    public long Malformed { get; private set; }

    /// <summary>Bytes received.</summary>
    public long Bytes { get; private set; }

    /// <summary>Listens until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using HttpMessageInvoker invoker = new(http.Handler, disposeHandler: false);
        BackOff backoff = new();
        while (!stop.IsCancellationRequested)
        {
            using ClientWebSocket socket = new();
            long opened = long.MaxValue;
            bool none = false;
            try
            {
                await ConnectAsync(socket, invoker, stop).ConfigureAwait(false);
                IsOpen = true;
                opened = Environment.TickCount64;
                Gap();
                await ListenAsync(socket, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException or System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                none = socket.HttpStatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    or (>= HttpStatusCode.OK and < HttpStatusCode.BadRequest);
            }

            IsOpen = false;
            if (Environment.TickCount64 - opened > s_good.TotalMilliseconds)
            {
                backoff.Reset();
            }

            try
            {
                await Task.Delay(none ? s_none : backoff.Next(), stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static string Subscription(string topic) => $"{{\"SUBSCRIBE\":\"{topic}\"}}";

    private async Task ConnectAsync(ClientWebSocket socket, HttpMessageInvoker invoker, CancellationToken stop)
    {
        credential.Apply(socket.Options);
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        Uri uri = new UriBuilder(new Uri(http.Base, "eventbus/events.ws")) { Scheme = http.Base.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timer.CancelAfter(Silence);
        await socket.ConnectAsync(uri, invoker, timer.Token).ConfigureAwait(false);
        foreach (string topic in s_topics)
        {
            await SendAsync(socket, Subscription(topic), timer.Token).ConfigureAwait(false);
        }

        await SendAsync(socket, $"{{\"SUBSCRIBE\":\"NEW_DEVICE\",\"fields\":{DeviceQuery.Facts}}}", timer.Token).ConfigureAwait(false);
    }

    private static Task SendAsync(ClientWebSocket socket, string text, CancellationToken cancel) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancel);

    private async Task ListenAsync(ClientWebSocket socket, CancellationToken stop)
    {
        byte[] buffer = new byte[16 * 1024];
        int length = 0;
        bool tooLong = false;
        bool ticks = false;
        while (true)
        {
            using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
            if (ticks)
            {
                timer.CancelAfter(Silence);
            }

            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), timer.Token).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            Bytes += part.Count;
            length += part.Count;
            if (!part.EndOfMessage)
            {
                // Messages over 4096 bytes come in parts.
                if (length == buffer.Length)
                {
                    if (buffer.Length >= MaxMessage)
                    {
                        (length, tooLong) = (0, true);
                    }
                    else
                    {
                        Array.Resize(ref buffer, buffer.Length * 2);
                    }
                }

                continue;
            }

            if (tooLong || !Take(buffer.AsSpan(0, length), ref ticks))
            {
                Malformed++;
            }

            Messages++;
            (length, tooLong) = (0, false);
        }
    }

    // {"TOPIC":{…}}, some with two topics.
    private bool Take(ReadOnlySpan<byte> message, ref bool ticks)
    {
        try
        {
            Utf8JsonReader reader = new(message);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string topic = Encoding.UTF8.GetString(reader.ValueSpan);
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                ticks |= topic == "TIMESTAMP";
                Told(topic, message[start..(int)reader.BytesConsumed].ToArray());
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
