using KismetPS.Capture;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>Importing sessions: a file waits for its readers.</summary>
public sealed class ImportTests : IDisposable
{
    private const int Frames = 20_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly TestFolder _folder = new();
    private readonly string _file;

    public ImportTests()
    {
        _file = _folder.At("air.pcap");
        RandomAir air = new(3, 100);
        PcapFileWriter.Write(_file, 105, Enumerable.Range(0, Frames).Select(_ => air.Next()));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_slow_reader_gets_every_frame_of_a_file()
    {
        FrameReader? reader = null;
        using KismetImport import = KismetImport.Start(_file, attach: i => reader = i.OpenFrames(256 * 1024));
        int count = 0;
        int asked = 0;
        while (reader!.Wait(s_patience, CancellationToken.None))
        {
            while (reader.TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info))
            {
                Assert.Equal(packet.Length, info.OriginalLength);
                if (++count % 1000 == 0)
                {
                    // The queue is full and the file waits; the tables can be read all the same.
                    Thread.Sleep(3);
                    asked += import.GetDevices().Count;
                }
            }
        }

        await import.Completion.WaitAsync(s_patience);
        Assert.Equal((Frames, 0L), (count, reader.Dropped));
        Assert.Equal(0, import.Statistics.QueueDropped);
        Assert.True(asked > 0);
        reader.Dispose();
    }

    [Fact]
    public async Task Several_readers_each_get_every_frame()
    {
        List<FrameReader> readers = [];
        using KismetImport import = KismetImport.Start(_file, attach: i => readers.AddRange(i.OpenFrames(256 * 1024), i.OpenFrames(512 * 1024), i.OpenFrames(256 * 1024)));
        int[] counts = await Task.WhenAll(readers.Select((r, i) => Task.Factory.StartNew(() => ReadAll(r, i), TaskCreationOptions.LongRunning))).WaitAsync(s_patience);
        Assert.Equal([Frames, Frames, Frames], counts);
    }

    [Fact]
    public async Task A_reader_that_goes_lets_the_file_go_on()
    {
        FrameReader? reader = null;
        using KismetImport import = KismetImport.Start(_file, attach: i => reader = i.OpenFrames(256 * 1024));
        Assert.True(reader!.Wait(s_patience, CancellationToken.None));
        await Task.Delay(50);
        Assert.False(import.Completion.IsCompleted);
        reader.Dispose();
        reader.Dispose();
        await import.Completion.WaitAsync(s_patience);
        Assert.Equal((KismetSessionState.Stopped, KismetStopReason.EndOfInput), (import.State, import.StopReason));
        Assert.Equal(Frames, import.Statistics.Received);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_a_reader_and_the_reader_ends_too()
    {
        FrameReader? reader = null;
        using KismetImport import = KismetImport.Start(_file, attach: i => reader = i.OpenFrames(256 * 1024));
        Assert.True(reader!.Wait(s_patience, CancellationToken.None));
        await Task.Delay(50);
        Assert.False(import.Completion.IsCompleted);
        await import.StopAsync().WaitAsync(s_patience);
        Assert.Equal((KismetSessionState.Stopped, KismetStopReason.Requested), (import.State, import.StopReason));
        int read = ReadAll(reader, 0);
        KismetStatistic statistics = import.Statistics;
        Assert.InRange(read, 1, Frames - 1);
        Assert.Equal(statistics.Received, read + statistics.QueueDropped);
    }

    [Fact]
    public void A_reader_opened_after_the_end_ends_at_once()
    {
        using KismetImport import = Oracle.Imports.Run(_file);
        using FrameReader reader = import.OpenFrames();
        Assert.False(reader.Wait(s_patience, CancellationToken.None));
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void Frames_read_are_those_of_the_file()
    {
        FrameReader? reader = null;
        using KismetImport import = KismetImport.Start(_file, attach: i => reader = i.OpenFrames(64 * 1024 * 1024));
        RandomAir air = new(3, 100);
        int decoded = 0;
        while (reader!.Wait(s_patience, CancellationToken.None))
        {
            while (reader.TryReadRaw(out ReadOnlySpan<byte> packet, out _))
            {
                Assert.True(packet.SequenceEqual(air.Next()));
                decoded++;
            }
        }

        Assert.Equal(Frames, decoded);
    }

    [Fact]
    public void A_missing_file_is_an_error_at_once()
    {
        Assert.Equal(KismetErrorId.FileNotFound, Assert.Throws<KismetException>(() => KismetImport.Start(_folder.At("none.pcap"))).Id);
    }

    [Fact]
    public void A_timeout_goes_by_the_time_of_the_file()
    {
        // The packets are of 1970, all of one moment: nothing is silent for long in it.
        using KismetImport import = Oracle.Imports.Run(_file, tracker: new TrackerOptions { DeviceTimeout = TimeSpan.FromMinutes(1) });
        Assert.Equal(0, import.Statistics.Expired);
        Assert.NotEmpty(import.GetDevices());
    }

    private static int ReadAll(FrameReader reader, int pauseMs)
    {
        int count = 0;
        while (reader.Wait(s_patience, CancellationToken.None))
        {
            while (reader.TryReadRaw(out _, out _))
            {
                if (++count % 2000 == 0)
                {
                    Thread.Sleep(pauseMs);
                }
            }
        }

        return count;
    }
}
