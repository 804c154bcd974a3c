using KismetPS.Bench.Corpora;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking;
using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Tables;

namespace KismetPS.Bench.Measures;

/// <summary>What a device costs in memory: the managed heap and the tables' memory outside it, before and after so many were heard, both collected.</summary>
internal static class MemoryMeasure
{
    /// <summary>Measures.</summary>
    public static void Run(int devices)
    {
        // Once in small, so that what is made only once is not counted for the devices.
        Fill(100);
        long before = Held();
        CaptureEngine engine = Fill(devices);
        long after = Held();
        Output.Put("devices", engine.Tracker.Tables.Devices.Count);
        Output.Put("networks", engine.Tracker.Tables.Networks.Count);
        Output.Put("names", engine.Tracker.Tables.Names.Count);
        Output.Put("bytes", after - before);
        Output.Put("table_bytes", engine.Tracker.Tables.MemoryBytes);
        GC.KeepAlive(engine);
    }

    private static long Held()
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers();
        return managed + TableBlock.NativeBytes;
    }

    private static CaptureEngine Fill(int devices)
    {
        CaptureEngine engine = new(new TrackerOptions { MaxDevices = Math.Max(devices, 250_000) }, 1, lossless: false, CancellationToken.None);
        TzspIntake intake = new(new OriginTable(), 4096);
        SensorAddress sender = new(0, 1, 0, 40_000);
        uint number = 0;
        foreach ((byte[] frame, int channel) in GeneratedFrames.Devices(devices))
        {
            engine.BeginBatch();
            intake.Accept(TzspWrap.Frame(frame, number++, channel), sender, UnixTime.NowNs, engine);
            engine.EndBatch();
        }

        return engine;
    }
}
