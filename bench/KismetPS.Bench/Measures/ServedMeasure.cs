using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KismetPS.Bench.Corpora;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Bench.Measures;

/// <summary>Load on a Kismet server in a process of its own: so many clients that want everything, networks that are known, beacons a second from them.</summary>
internal static class ServedMeasure
{
    /// <summary>Measures.</summary>
    /// <param name="clients">Clients that read.</param>
    /// <param name="networks">Networks known.</param>
    /// <param name="perSecond">Changes a second: beacons, each of another network.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="stuck">Clients more that never read.</param>
    public static void Run(int clients, int networks, int perSecond, double seconds, int stuck)
    {
        using Receiver server = new(Lab.Self("serve", (clients + stuck).ToString(CultureInfo.InvariantCulture)));
        using Socket sensor = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sensor.Connect(IPAddress.Loopback, server.Port);
        uint number = 0;
        for (int i = 0; i < networks; i++)
        {
            sensor.Send(Beacon(i, number++));
            if (i % 50 == 49)
            {
                Thread.Sleep(5);
            }
        }

        WaitFor(() => server.Counters()["networks"] >= networks);
        IReadOnlyDictionary<string, long> idle = server.Counters();
        long start = Stopwatch.GetTimestamp();
        List<LoadClient> all = [];
        for (int i = 0; i < clients + stuck; i++)
        {
            LoadClient client = new();
            client.Start((int)server.First["tcp"], stuck: i >= clients);
            all.Add(client);
        }

        List<LoadClient> reading = all[..clients];
        WaitFor(() => reading.TrueForAll(static c => c.IsReady));
        Output.Put("dumped_ms", (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        Output.Put("dump_bytes", reading.Sum(static c => c.Bytes));
        IReadOnlyDictionary<string, long> before = server.Counters();
        long bytes = reading.Sum(static c => c.Bytes);
        long from = UnixTime.NowNs / 1000;
        reading.ForEach(c => c.From = from);
        start = Stopwatch.GetTimestamp();
        int sent = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            int due = (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond);
            for (; sent < due; sent++)
            {
                sensor.Send(Beacon(sent % networks, number++));
            }

            Thread.Sleep(2);
        }

        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        IReadOnlyDictionary<string, long> after = server.Counters();
        bytes = reading.Sum(static c => c.Bytes) - bytes;
        int expected = sent;
        bool complete = TryWaitFor(() => reading.TrueForAll(c => c.Changes >= expected));
        long[] lags = [.. reading.Select(static c => c.MaxLagUs).Order()];
        Output.Put("sent", sent);
        Output.Put("complete", complete ? 1 : 0);
        Output.Put("fewest_changes", reading.Min(static c => c.Changes));
        Output.Put("max_lag_us", lags[^1]);
        Output.Put("median_lag_us", lags[lags.Length / 2]);
        Output.Put("bytes_per_second", (long)(bytes / elapsed));
        Output.Put("cpu_permille", (long)((after["cpu_ns"] - before["cpu_ns"]) / elapsed / 1e6));
        Output.Put("allocated_per_second", (long)((after["allocated"] - before["allocated"]) / elapsed));
        Output.Put("heap_idle", idle["heap"]);
        Output.Put("heap", after["heap"]);
        Output.Put("resident_idle", idle["resident"]);
        Output.Put("resident_peak", after["resident_peak"]);
        Output.Put("dropped", after["dropped"]);
        Output.Put("dropping", after["dropping"]);
        Output.Put("most_queued", after["most_queued"]);
        all.ForEach(static c => c.Dispose());
    }

    private static byte[] Beacon(int network, uint number)
    {
        int channel = 1 + (network % 11);
        byte[] frame = FrameBuilder.Beacon(new MacAddress(0x000C_4200_0000UL + (uint)network), $"Network {network}", channel, SecurityPreset.Wpa2Psk, (ulong)(UnixTime.NowNs / 1000)).Build();
        return TzspWrap.Frame(frame, number, channel);
    }

    private static void WaitFor(Func<bool> condition)
    {
        if (!TryWaitFor(condition))
        {
            throw new TimeoutException("The server did not come to that.");
        }
    }

    private static bool TryWaitFor(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > 60)
            {
                return false;
            }

            Thread.Sleep(50);
        }

        return true;
    }
}
