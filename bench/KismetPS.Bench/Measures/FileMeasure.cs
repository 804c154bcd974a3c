using System.Diagnostics;
using KismetPS.Bench.Report;
using KismetPS.Capture.Pcap;
using KismetPS.Tracking;

namespace KismetPS.Bench.Measures;

/// <summary>A capture file to devices, as Import-KismetCapture and kismetps import do it: again and again in one process that is warm.</summary>
internal static class FileMeasure
{
    /// <summary>Measures.</summary>
    public static void Run(string path, double seconds)
    {
        long devices = 0;
        long frames = Import(path, ref devices);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 1;)
        {
            Import(path, ref devices);
            Thread.Sleep(20);
        }

        Series wall = new();
        long imported = 0;
        long used = CpuClock.ProcessNs;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
        {
            long began = Stopwatch.GetTimestamp();
            imported += Import(path, ref devices);
            wall.Add(Stopwatch.GetElapsedTime(began).TotalNanoseconds);
        }

        Output.Put("cpu_ns", CpuClock.ProcessNs - used);
        Output.Put("frames", imported);
        Output.Put("in_file", frames);
        Output.Put("median_ns", (long)wall.Median);
        Output.Put("fastest_ns", (long)wall.Min);
        Output.Put("imports", wall.Count);
        Output.Put("devices", devices);
    }

    private static long Import(string path, ref long devices)
    {
        using KismetImport import = KismetImport.Start(path, new CaptureFileOptions());
        import.Completion.Wait();
        devices = import.Statistics.Devices;
        return import.Statistics.Received;
    }
}
