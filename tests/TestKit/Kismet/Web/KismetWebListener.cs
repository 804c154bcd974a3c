#nullable enable

using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace KismetPS.TestKit.Web;

/// <summary>Who listens to the event bus of a <see cref="KismetWeb"/>: the topics asked for, messages in fragments as the server sends them, its clock each second.</summary>
internal sealed class KismetWebListener
{
    private const int Fragment = 4096;

    private readonly SemaphoreSlim _one = new(1, 1);

    public KismetWebListener(WebSocket socket) => Socket = socket;

    public WebSocket Socket { get; }

    public ConcurrentDictionary<string, JsonArray?> Topics { get; } = new();

    public async Task RunAsync(CancellationToken stop)
    {
        byte[] buffer = new byte[256 * 1024];
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task clock = ClockAsync(ended.Token);
        try
        {
            while (true)
            {
                int length = 0;
                WebSocketReceiveResult part;
                do
                {
                    part = await Socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), stop);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType != WebSocketMessageType.Text)
                {
                    return;
                }

                JsonNode wish = JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, length))!;
                if (wish["SUBSCRIBE"] is { } topic)
                {
                    Topics[topic.GetValue<string>()] = wish["fields"] as JsonArray;
                }
            }
        }
        finally
        {
            ended.Cancel();
            await clock;
        }
    }

    public void Send(string message) => SendAsync(message).GetAwaiter().GetResult();

    private async Task SendAsync(string message)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(message);
        await _one.WaitAsync();
        try
        {
            for (int at = 0; at < bytes.Length; at += Fragment)
            {
                int size = Math.Min(Fragment, bytes.Length - at);
                await Socket.SendAsync(new ArraySegment<byte>(bytes, at, size), WebSocketMessageType.Text, at + size == bytes.Length, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // It went away.
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task ClockAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (Topics.ContainsKey("TIMESTAMP"))
                {
                    await SendAsync($"{{\"TIMESTAMP\": {{\"kismet.system.timestamp.sec\": {DateTimeOffset.UtcNow.ToUnixTimeSeconds()},\"kismet.system.timestamp.usec\": 0}}}}");
                }

                await Task.Delay(1000, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // It is gone.
        }
    }
}
