using System.Net;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking;

namespace KismetPS.Bench.Measures;

/// <summary>
/// A real listener on loopback: receives, decodes and tracks. Speaks as recv_loop does: port and buffer first, then its counters for each line
/// it reads.
/// </summary>
internal static class ReceiveMeasure
{
    /// <summary>Listens until standard input ends.</summary>
    public static void Run(int bufferBytes)
    {
        using TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback, ReceiveBuffer = bufferBytes });
        Output.Put("port", listener.Port);
        Output.Put("buffer", listener.Statistics.ReceiveBufferBytes);
        Output.Ready();
        while (Console.In.ReadLine() is not null)
        {
            KismetStatistic statistic = listener.Statistics;
            Output.Put("received", statistic.Received);
            Output.Put("kernel_dropped", statistic.KernelDropped);
            Output.Put("decoded", statistic.Decoded);
            Output.Put("devices", statistic.Devices);
            Output.Put("cpu_ns", CpuClock.ProcessNs);
            Output.Put("allocated", GC.GetTotalAllocatedBytes());
            Output.Ready();
        }
    }
}
