using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Export;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Bench.Measures;

/// <summary>Devices to a receiver on this machine, from the object to the receiver's confirmed end: one thread makes messages, one sends, one reads and forgets.</summary>
internal static class ExportMeasure
{
    private static long s_received;
    private static long s_readerNs;

    /// <summary>Sends so many messages.</summary>
    public static void Run(DeviceDataFormat format, KismetExportProtocol protocol, int messages)
    {
        bool udp = protocol == KismetExportProtocol.Udp;
        using var receiver = new Socket(AddressFamily.InterNetwork, udp ? SocketType.Dgram : SocketType.Stream, udp ? ProtocolType.Udp : ProtocolType.Tcp);
        receiver.ReceiveBufferSize = udp ? 8 << 20 : receiver.ReceiveBufferSize;
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (!udp)
        {
            receiver.Listen();
        }

        Thread reader = new(() => Read(receiver, protocol)) { IsBackground = true };
        reader.Start();
        KismetDevice[] devices = [.. Enumerable.Range(0, 1000).Select(EncodeMeasure.Device)];
        using KismetExport export = KismetExport.StartOnce(new ExportOptions
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)receiver.LocalEndPoint!).Port,
            Protocol = protocol,
            Format = format,
            DatagramRate = 0,
            SkipCertificateCheck = protocol == KismetExportProtocol.Tls,
        });
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long cpu = CpuClock.ProcessNs;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < messages; i++)
        {
            export.Write(devices[i % devices.Length], expired: false);
        }

        export.Complete();
        export.Completion.Wait();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        cpu = CpuClock.ProcessNs - cpu;
        receiver.Dispose();
        reader.Join(TimeSpan.FromSeconds(5));
        Output.Put("delivered", export.ExportStatistics.Delivered ?? 0);
        Output.Put("sent", export.ExportStatistics.Sent);
        Output.Put("received", s_received);
        Output.Put("elapsed_ns", (long)elapsed.TotalNanoseconds);
        Output.Put("per_second", (long)(messages / elapsed.TotalSeconds));
        Output.Put("cpu_ns", cpu - s_readerNs);
        Output.Put("allocated", GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    // Messages are counted over UDP, bytes else.
    private static void Read(Socket receiver, KismetExportProtocol protocol)
    {
        var buffer = new byte[64 * 1024];
        long began = CpuClock.ThreadNs;
        try
        {
            if (protocol == KismetExportProtocol.Udp)
            {
                while (receiver.Receive(buffer) > 0)
                {
                    s_received++;
                }
            }

            using Socket connection = receiver.Accept();
            using Stream stream = protocol == KismetExportProtocol.Tls ? Tls(connection) : new NetworkStream(connection);
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                s_received += read;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // All was sent.
        }

        s_readerNs = CpuClock.ThreadNs - began;
    }

    private static SslStream Tls(Socket connection)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var tls = new SslStream(new NetworkStream(connection));
        tls.AuthenticateAsServer(certificate);
        return tls;
    }
}
