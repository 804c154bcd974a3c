using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Export;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Bench.Measures;

/// <summary>Devices to a receiver on this machine, from the object to the receiver's confirmed end: one thread makes messages, one sends, one reads.</summary>
internal static class ExportMeasure
{
    /// <summary>Sends so many messages over TCP.</summary>
    public static void Run(DeviceDataFormat format, int messages)
    {
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        new Thread(() => Read(receiver)) { IsBackground = true }.Start();
        KismetDevice[] devices = [.. Enumerable.Range(0, 1000).Select(EncodeMeasure.Device)];
        using KismetExport export = KismetExport.StartOnce(new ExportOptions { Host = "127.0.0.1", Port = ((IPEndPoint)receiver.LocalEndpoint).Port, Format = format });
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < messages; i++)
        {
            export.Write(devices[i % devices.Length], expired: false);
        }

        export.Complete();
        export.Completion.Wait();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Output.Put("delivered", export.ExportStatistics.Delivered ?? 0);
        Output.Put("elapsed_ns", (long)elapsed.TotalNanoseconds);
        Output.Put("per_second", (long)(messages / elapsed.TotalSeconds));
        Output.Put("cpu_ns", CpuClock.ProcessNs);
        Output.Put("allocated_per_message", (GC.GetTotalAllocatedBytes(precise: true) - allocated) / messages);
    }

    private static void Read(TcpListener receiver)
    {
        var buffer = new byte[64 * 1024];
        using Socket connection = receiver.AcceptSocket();
        while (connection.Receive(buffer) > 0)
        {
            // Read and forgotten: what is measured is the way here.
        }
    }
}
