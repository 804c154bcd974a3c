using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking;
using KismetPS.Tracking.Engine;

namespace KismetPS.Bench.Measures;

/// <summary>
/// How long the receive thread is away from its socket: from each return of the receive call to the next call, while devices come in and a reader takes
/// snapshots of all of them, so that the collector has work. The loop is that of the listener, with two looks at the clock.
/// </summary>
internal static class GapMeasure
{
    // A microsecond a bucket, up to a second.
    private const int Buckets = 1_000_000;
    private const int BufferBytes = 4 << 20;

    private static readonly int[] s_counts = new int[Buckets];
    private static long s_longest;
    private static long s_batches;
    private static volatile bool s_stop;

    /// <summary>Listens until standard input ends; speaks as <see cref="ReceiveMeasure"/> does.</summary>
    /// <param name="reads">Whether there is a reader.</param>
    public static void Run(bool reads)
    {
        TzspWarmUp.Run();
        using Socket socket = TzspSocket.Bind(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback, ReceiveBuffer = BufferBytes }, out int buffer);
        KernelDrops drops = new(socket);
        OriginTable origins = new();
        CaptureEngine engine = new(new TrackerOptions { MaxDevices = 4_000_000 }, 1, lossless: false, CancellationToken.None);
        TzspIntake intake = new(origins, 4096, new AllowList([]), new FeedbackFilter(TzspReader.DefaultPort, []));
        Thread receive = new(() => Receive(socket, buffer, intake, engine)) { Name = "receive" };
        SnapshotReader reader = new(engine, new SnapshotBuilder(engine.Tracker.Tables, () => origins.Snapshot, static () => "bench", 1));
        int snapshots = 0;
        Thread read = new(() =>
        {
            while (!s_stop)
            {
                List<KismetDevice> all = [];
                reader.Devices(new DeviceFilter(), 0, long.MaxValue, (device, _) =>
                {
                    all.Add(device);
                    return !s_stop;
                });
                snapshots++;
                Thread.Sleep(1000);
            }
        });
        Output.Put("port", ((IPEndPoint)socket.LocalEndPoint!).Port);
        Output.Put("buffer", buffer);
        Output.Ready();
        receive.Start();
        if (reads)
        {
            read.Start();
        }

        while (Console.In.ReadLine() is not null)
        {
            Output.Put("batches", s_batches);
            Output.Put("p999_ns", Percentile(0.999));
            Output.Put("longest_ns", s_longest);
            Output.Put("kernel_dropped", drops.Read());
            Output.Put("devices", engine.Tracker.Tables.Devices.Count);
            Output.Put("snapshots", snapshots);
            Output.Put("gc_longest_ns", LongestPause());
            Output.Ready();

            // Each line begins anew: what is cold at first has lines of its own.
            Array.Clear(s_counts);
            s_longest = 0;
            s_batches = 0;
        }

        s_stop = true;
        receive.Join();
        if (reads)
        {
            read.Join();
        }
    }

    private static void Receive(Socket socket, int buffer, TzspIntake intake, CaptureEngine engine)
    {
        using LinuxReceiver receiver = new(socket, buffer);
        while (!s_stop)
        {
            int count = receiver.Receive(100);
            long left = Stopwatch.GetTimestamp();
            if (count == 0)
            {
                engine.OnIdle();
                continue;
            }

            engine.BeginBatch();
            intake.AcceptBatch(receiver, count, UnixTime.NowNs, engine);
            engine.EndBatch();
            long away = (long)Stopwatch.GetElapsedTime(left).TotalNanoseconds;
            s_counts[Math.Min(Buckets - 1, away / 1000)]++;
            s_longest = Math.Max(s_longest, away);
            s_batches++;
        }
    }

    private static long Percentile(double part)
    {
        long total = s_counts.Sum(static c => (long)c);
        long seen = 0;
        for (int i = 0; i < Buckets; i++)
        {
            seen += s_counts[i];
            if (seen >= total * part)
            {
                return (i + 1) * 1000L;
            }
        }

        return 0;
    }

    // Of the last collection of each kind only, which is what the runtime keeps.
    private static long LongestPause()
    {
        double longest = 0;
        foreach (GCKind kind in (GCKind[])[GCKind.Ephemeral, GCKind.FullBlocking, GCKind.Background])
        {
            foreach (TimeSpan pause in GC.GetGCMemoryInfo(kind).PauseDurations)
            {
                longest = Math.Max(longest, pause.TotalNanoseconds);
            }
        }

        return (long)longest;
    }
}
