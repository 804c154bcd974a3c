# A Kismet server's side of a remote capture: takes connections in turn, opens the source (unless told to close instead), and keeps what it is sent.
if (-not ('TestCaptureServer' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading;

public sealed class TestCaptureServer : IDisposable
{
    static readonly byte[] Open = { 0xDE, 0xCA, 0xFB, 0xAD, 0xA9, 0xA9, 0, 3, 0, 0, 0, 4, 0, 12, 0, 1, 0, 0, 0, 1, 0x81, 1, 0xA1, 0x78 };
    readonly TcpListener tcp;
    readonly HttpListener http;
    readonly string key;
    volatile bool refuse;
    TcpClient client;
    public readonly int Port;
    public readonly ConcurrentQueue<byte[]> Frames = new ConcurrentQueue<byte[]>();

    public TestCaptureServer(string key, bool refuse)
    {
        this.key = key;
        this.refuse = refuse;
        for (int left = 10; ; left--)
        {
            tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            Port = ((IPEndPoint)tcp.LocalEndpoint).Port;
            if (key == null) break;

            // Somebody else may take the port in between.
            tcp.Stop();
            http = new HttpListener();
            http.Prefixes.Add("http://127.0.0.1:" + Port + "/");
            try { http.Start(); break; } catch (HttpListenerException) { if (left == 0) throw; }
        }

        new Thread(() => { try { if (key == null) Tcp(); else WebSocket(); } catch (Exception) { } }) { IsBackground = true }.Start();
    }

    public void Drop() { client.Client.LingerState = new LingerOption(true, 0); client.Close(); }

    public void Dispose() { tcp.Stop(); if (http != null) http.Abort(); if (client != null) client.Close(); }

    void Tcp()
    {
        while (true)
        {
            client = tcp.AcceptTcpClient();
            try
            {
                NetworkStream stream = client.GetStream();
                if (refuse) { Fill(stream, new byte[20], 0, 20); client.Close(); continue; }
                Frames.Enqueue(Read(stream));
                stream.Write(Open, 0, Open.Length);
                while (true) Frames.Enqueue(Read(stream));
            }
            catch (IOException) { }
            catch (ObjectDisposedException) { }
        }
    }

    void WebSocket()
    {
        while (true)
        {
            HttpListenerContext context = http.GetContext();
            if (!context.Request.Url.AbsolutePath.EndsWith("/datasource/remote/remotesource.ws")) { context.Response.StatusCode = 404; context.Response.Close(); continue; }
            if (context.Request.Headers["Cookie"] != "KISMET=" + key) { context.Response.StatusCode = 401; context.Response.Close(); continue; }
            new Thread(() => { try { Serve(context.AcceptWebSocketAsync(null).Result.WebSocket); } catch (Exception) { } }) { IsBackground = true }.Start();
        }
    }

    void Serve(WebSocket socket)
    {
        byte[] buffer = new byte[16384];
        for (bool open = false; ; open = true)
        {
            int length = 0;
            WebSocketReceiveResult part;
            do { part = socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), CancellationToken.None).Result; length += part.Count; } while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) return;
            byte[] frame = new byte[length];
            Array.Copy(buffer, frame, length);
            Frames.Enqueue(frame);
            if (!open) socket.SendAsync(new ArraySegment<byte>(Open), WebSocketMessageType.Binary, true, CancellationToken.None).Wait();
        }
    }

    static byte[] Read(Stream stream)
    {
        byte[] header = new byte[20];
        Fill(stream, header, 0, 20);
        int length = (header[8] << 24) | (header[9] << 16) | (header[10] << 8) | header[11];
        byte[] frame = new byte[20 + length];
        header.CopyTo(frame, 0);
        Fill(stream, frame, 20, length);
        return frame;
    }

    static void Fill(Stream stream, byte[] into, int at, int count)
    {
        while (count > 0)
        {
            int read = stream.Read(into, at, count);
            if (read == 0) throw new IOException("closed");
            at += read;
            count -= read;
        }
    }
}
'@
}

# Frames of that command that the server was sent.
function Get-TestCaptureFrame($Server, [int] $Command) { , @($Server.Frames.ToArray() | Where-Object { $_[13] -eq $Command }) }
