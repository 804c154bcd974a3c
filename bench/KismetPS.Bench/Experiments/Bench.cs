using System.Globalization;
using System.Runtime.InteropServices;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Experiments;

/// <summary>The whole of it: says on what it measures, measures, prints the table.</summary>
internal static class Bench
{
    /// <summary>Runs every experiment.</summary>
    /// <param name="folder">Where the built peers lie and the corpora go.</param>
    /// <param name="options">How often, how long, how much.</param>
    public static void Run(string folder, Options options)
    {
        Lab lab = new(folder, options);
        PrintGround(lab, []);
        Console.WriteLine($"Medians of {options.Rounds} runs of {options.Seconds.ToString(CultureInfo.InvariantCulture)} s, ours and the peers' alternately; processor time, one core, unless a rate is said to be live.");
        Console.WriteLine("Ratio: how many times the peer's speed; of processor time, how many times the peer's cost. Noise: largest less smallest run, by the median, ours and the peer's.");
        Console.WriteLine();
        List<Row> rows = [.. new DecodeExperiment(lab).Run(), .. new LiveExperiment(lab).Run(), .. MemoryExperiment.Run(options.Devices)];
        Table.Write(rows, Console.Out);
        Console.WriteLine();
        Console.WriteLine($"Load while measuring (1 min): {Load()}.");
    }

    /// <summary>Says on what is measured, and which peers are not here.</summary>
    public static void PrintGround(Lab lab, IEnumerable<string> alsoAbsent)
    {
        Console.WriteLine($"Corpus: {lab.Description}.");
        Console.WriteLine($"Machine: {Machine()}");
        Console.WriteLine($"Versions: {RuntimeInformation.FrameworkDescription}; {lab.CompilerVersion ?? "no gcc"}; {lab.TsharkVersion ?? "no tshark"}");
        foreach (string peer in lab.Absent().Concat(alsoAbsent))
        {
            Console.WriteLine($"Absent: {peer}.");
        }
    }

    /// <summary>Load average of the last minute.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";

    private static string Machine()
    {
        string processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "?"
            : RuntimeInformation.ProcessArchitecture.ToString();
        return $"{Environment.ProcessorCount} x {processor}, {RuntimeInformation.OSDescription}, load before {Load()}";
    }
}
