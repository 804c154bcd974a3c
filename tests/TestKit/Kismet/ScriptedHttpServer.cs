using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KismetPS.TestKit;

/// <summary>An HTTP/1.1 server on the loopback that answers as a script says, one answer a connection, in pieces of any size.</summary>
public sealed class ScriptedHttpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, (int Status, byte[] Body)> _answer;
    private readonly int _seed;

    /// <summary>Starts it; the script takes method and path, as <c>GET /system/status.json</c>. Status 0 closes the connection in the middle of the body.</summary>
    public ScriptedHttpServer(Func<string, (int Status, byte[] Body)> answer, int seed = 0)
    {
        (_answer, _seed) = (answer, seed);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>Head and body of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync();
                _ = Task.Run(() => ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using NetworkStream stream = new(socket, ownsSocket: true);
        try
        {
            StringBuilder text = new();
            byte[] buffer = new byte[65536];
            int body = -1;
            while (body < 0 || text.Length < body)
            {
                int read = await stream.ReadAsync(buffer);
                if (read == 0)
                {
                    return;
                }

                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                int end = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end >= 0)
                {
                    string? length = text.ToString()[..end].Split("\r\n").FirstOrDefault(static l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                    body = end + 4 + (length is null ? 0 : int.Parse(length["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture));
                }
            }

            string request = text.ToString();
            Requests.Enqueue(request);
            (int status, byte[] answer) = _answer(string.Join(' ', request.Split(' ').Take(2)));
            Random random = new(_seed);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {(status == 0 ? 200 : status)} X\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n{(status / 100 == 3 ? "Location: http://elsewhere.invalid/\r\n" : "")}\r\n"));
            int whole = status == 0 ? answer.Length / 2 : answer.Length;
            for (int at = 0; at < whole;)
            {
                int size = Math.Min(whole - at, random.Next(1, 20_000));
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{size:x}\r\n"));
                await stream.WriteAsync(answer.AsMemory(at, size));
                await stream.WriteAsync("\r\n"u8.ToArray());
                at += size;
            }

            if (status != 0)
            {
                await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The client went away.
        }
    }
}
