using System.Diagnostics;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;
using KismetPS.Kismet;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Rest;

namespace KismetPS.Bench.Measures;

/// <summary>A session that polls a scripted server each second; the server is a process of its own.</summary>
internal static class PollMeasure
{
    /// <summary>Measures.</summary>
    public static void Run(int devices, int changes, double seconds)
    {
        using Receiver server = new(Lab.Self("pollserve", $"{devices}", $"{changes}"));
        long start = Stopwatch.GetTimestamp();
        RestLink? link = null;
        using KismetConnection session = KismetConnection.Start(
            new KismetConnectionOptions { ComputerName = "127.0.0.1", Port = server.Port, Protocol = KismetServerProtocol.Rest, MaxDevices = devices * 2 },
            (options, tables) => link = new RestLink(options, tables));
        while (session.Statistics.Devices < devices || link!.Polls.Count < 2)
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > 120 || session.Error is not null)
            {
                throw new TimeoutException($"{session.Statistics.Devices} devices, {session.Error?.Message}");
            }

            Thread.Sleep(20);
            if (session.Statistics.Devices < devices)
            {
                Output.Put("load_ms", (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Output.Put("load_bytes", session.Statistics.Bytes);
            }
        }

        RestPollTotals before = link!.Polls;
        long cpu = CpuClock.ProcessNs;
        long allocated = GC.GetTotalAllocatedBytes();
        start = Stopwatch.GetTimestamp();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        RestPollTotals after = link.Polls;
        long polls = Math.Max(1, after.Count - before.Count);
        Output.Put("polls", polls);
        Output.Put("interval_ms", (long)(elapsed * 1000 / polls));
        Output.Put("poll_us", (long)((after.Time - before.Time).TotalMicroseconds / polls));
        Output.Put("poll_bytes", (after.Bytes - before.Bytes) / polls);
        Output.Put("cpu_permille", (long)((CpuClock.ProcessNs - cpu) / elapsed / 1e6));
        Output.Put("allocated", (GC.GetTotalAllocatedBytes() - allocated) / polls);
        Output.Put("most_in_flight", server.Counters()["most_in_flight"]);
        Output.Put("malformed", session.Statistics.Malformed);
        using Process self = Process.GetCurrentProcess();
        Output.Put("resident", self.WorkingSet64);
        Output.Put("heap", GC.GetTotalMemory(forceFullCollection: true));
        GC.KeepAlive(session);
    }
}
