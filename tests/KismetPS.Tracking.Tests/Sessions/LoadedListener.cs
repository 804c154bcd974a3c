using System.Net;
using System.Net.Sockets;
using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>A real listener on loopback and a thread that sends it TZSP as fast as it can, until disposed.</summary>
internal sealed class LoadedListener : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _sender;

    public LoadedListener(string? capturePath = null, Action<TzspListener>? attach = null, int stations = 2000, int bodyBytes = 0)
    {
        Listener = TzspListener.Start(
            new TzspListenerOptions { Port = FreePort.Next(), Address = IPAddress.Loopback },
            capturePath: capturePath,
            attach: attach);
        byte[][] messages = [.. Enumerable.Range(0, stations).Select(i => Message(FrameBuilder.ProbeRequest(Macs.Invented(i), $"net-{i % 100}").Body(new byte[bodyBytes]).Build()))];
        _sender = new Thread(() => Send(messages)) { IsBackground = true };
        _sender.Start();
    }

    public TzspListener Listener { get; }

    /// <summary>A TZSP message of an 802.11 frame without tags: version, type, encapsulation 18, END.</summary>
    public static byte[] Message(byte[] frame) => [1, 0, 0, 18, 1, .. frame];

    public void Dispose()
    {
        _stop.Cancel();
        _sender.Join();
        Listener.Dispose();
        _stop.Dispose();
    }

    private void Send(byte[][] messages)
    {
        using UdpClient client = new();
        client.Connect(IPAddress.Loopback, Listener.Port);
        for (int i = 0; !_stop.IsCancellationRequested; i = (i + 1) % messages.Length)
        {
            try
            {
                client.Send(messages[i]);
            }
            catch (SocketException)
            {
                // The listener has gone: refused from now on.
            }
        }
    }
}
