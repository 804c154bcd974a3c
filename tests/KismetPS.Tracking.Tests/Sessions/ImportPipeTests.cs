using System.Diagnostics;
using KismetPS.TestKit;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>Importing from a named pipe: what was written is there although the writer has not ended, and a stop leaves no thread.</summary>
public sealed class ImportPipeTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task What_was_written_is_there_before_more_comes_and_no_thread_stays()
    {
        string whole = _folder.At("air.pcap");
        RandomAir air = new(3, 100);
        PcapFileWriter.Write(whole, (int)LinkType.Ieee80211, Enumerable.Range(0, 1000).Select(_ => air.Next()));
        byte[] bytes = await File.ReadAllBytesAsync(whole);
        string pipe = _folder.At("air");
        using (Process make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }

        // Either end waits for the other to open it.
        Task<KismetImport> start = Task.Run(() => KismetImport.Start(pipe, name: "q7x"));
        using FileStream writer = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0)).WaitAsync(s_patience);
        await writer.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        using KismetImport import = await start.WaitAsync(s_patience);
        await AwaitAsync(() => import.Statistics.Decoded > 100 && Decided(import) == import.Statistics.Received);
        long half = import.Statistics.Received;
        await writer.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        await AwaitAsync(() => import.Statistics.Received == 1000 && Decided(import) == 1000);
        Assert.InRange(half, 101, 999);
        Assert.Equal(KismetSessionState.Running, import.State);
        Assert.Equal(Environment.ProcessorCount > 1 ? 1 : 0, Threads("Tracking q7x"));

        await import.StopAsync().WaitAsync(s_patience);
        Assert.Equal((KismetSessionState.Stopped, KismetStopReason.Requested), (import.State, import.StopReason));
        await AwaitAsync(static () => Threads("Tracking q7x") == 0);
    }

    private static long Decided(KismetImport import) => import.Statistics is var statistics ? statistics.Decoded + statistics.Dropped : 0;

    // As the kernel lists them.
    private static int Threads(string name) => Directory.GetDirectories("/proc/self/task").Count(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd() == name;
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return false;
        }
    });

    private static async Task AwaitAsync(Func<bool> condition)
    {
        for (long start = Stopwatch.GetTimestamp(); !condition(); await Task.Delay(5))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience);
        }
    }
}
