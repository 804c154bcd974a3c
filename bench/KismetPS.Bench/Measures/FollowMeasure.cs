using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Bench.Corpora;
using KismetPS.Capture.Tzsp;
using KismetPS.Export;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Bench.Measures;

/// <summary>
/// An export that follows a listener whose devices all change each second: a sensor's frame for each device a second, and every look sends all
/// of them. Counted is the process without the threads that play the sensor and the receiver: receiving, decoding, tracking, snapshots,
/// messages, sending.
/// </summary>
internal static class FollowMeasure
{
    /// <summary>Follows so many devices for so long, after five seconds to warm up.</summary>
    public static void Run(DeviceDataFormat format, int devices, double seconds, bool export)
    {
        byte[][] messages = [.. GeneratedFrames.Devices(devices).Select(static (f, i) => TzspWrap.Frame(f.Frame, (uint)i, f.Channel))];
        using TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback });
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        long readerNs = 0;
        new Thread(() => Read(receiver, ref readerNs)) { IsBackground = true }.Start();
        long sensorNs = 0;
        bool over = false;
        Thread sensor = new(() => Send(messages, listener.Port, ref sensorNs, ref over));
        sensor.Start();
        using KismetExport? follower = export
            ? KismetExport.Start([listener], new ExportOptions { Host = "127.0.0.1", Port = ((IPEndPoint)receiver.LocalEndpoint).Port, Format = format, UpdateRate = TimeSpan.FromSeconds(1) })
            : null;
        Thread.Sleep(5000);
        (long cpu, long allocated, long sent, long received) before = Now();
        long start = Stopwatch.GetTimestamp();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        (long cpu, long allocated, long sent, long received) after = Now();
        Output.Put("elapsed_ns", (long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        Output.Put("devices", listener.Statistics.Devices);
        Output.Put("sent", after.sent - before.sent);
        Output.Put("frames", after.received - before.received);
        Output.Put("cpu_ns", after.cpu - before.cpu);
        Output.Put("allocated", after.allocated - before.allocated);
        Output.Put("dropped", (follower?.ExportStatistics.Dropped ?? 0) + listener.Statistics.KernelDropped);
        Volatile.Write(ref over, true);
        sensor.Join();

        (long, long, long, long) Now() => (
            CpuClock.ProcessNs - Interlocked.Read(ref sensorNs) - Interlocked.Read(ref readerNs),
            GC.GetTotalAllocatedBytes(precise: true),
            follower?.ExportStatistics.Sent ?? 0,
            listener.Statistics.Received);
    }

    // Every message once a second, spread over it.
    private static void Send(byte[][] messages, int port, ref long cpu, ref bool over)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Loopback, port);
        long began = CpuClock.ThreadNs;
        long start = Stopwatch.GetTimestamp();
        for (long sent = 0; !Volatile.Read(ref over);)
        {
            long due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * messages.Length);
            for (; sent < due; sent++)
            {
                socket.Send(messages[sent % messages.Length]);
            }

            Interlocked.Exchange(ref cpu, CpuClock.ThreadNs - began);
            Thread.Sleep(5);
        }
    }

    private static void Read(TcpListener receiver, ref long cpu)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            using Socket connection = receiver.AcceptSocket();
            long began = CpuClock.ThreadNs;
            while (connection.Receive(buffer) > 0)
            {
                Interlocked.Exchange(ref cpu, CpuClock.ThreadNs - began);
            }
        }
        catch (SocketException)
        {
            // The measurement is over, or nothing is exported.
        }
    }
}
