using System.Diagnostics;
using System.Net;
using KismetPS.Capture.Tzsp;
using KismetPS.Kismet;
using KismetPS.Tracking;

namespace KismetPS.Bench.Measures;

/// <summary>A TZSP listener with a Kismet server over it, on loopback: its ports first, then its counters for each line it reads.</summary>
internal static class ServeMeasure
{
    /// <summary>Serves until standard input ends.</summary>
    public static void Run(int maxClients)
    {
        using TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback });
        using KismetServer server = KismetServer.Start([listener], new KismetServerOptions { Port = 0, MaxClients = maxClients });
        Output.Put("port", listener.Port);
        Output.Put("buffer", listener.Statistics.ReceiveBufferBytes);
        Output.Put("tcp", server.Port);
        Output.Ready();
        while (Console.In.ReadLine() is not null)
        {
            KismetServerClient[] clients = [.. server.Clients];
            Output.Put("received", listener.Statistics.Received);
            Output.Put("networks", server.Statistics.Networks);
            Output.Put("clients", clients.Length);
            Output.Put("dropped", clients.Sum(static c => c.Dropped));
            Output.Put("dropping", clients.Count(static c => c.Dropped > 0));
            Output.Put("most_queued", clients.Length == 0 ? 0 : clients.Max(static c => c.Queued));
            Output.Put("cpu_ns", CpuClock.ProcessNs);
            Output.Put("allocated", GC.GetTotalAllocatedBytes());
            Output.Put("heap", GC.GetTotalMemory(false));
            using Process self = Process.GetCurrentProcess();
            Output.Put("resident", self.WorkingSet64);
            Output.Put("resident_peak", self.PeakWorkingSet64);
            Output.Ready();
        }
    }
}
