using System.Text;
using KismetPS.Capture;
using KismetPS.Export.Delivery;
using KismetPS.Export.Spooling;
using KismetPS.Export.Tests.Formats;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

public sealed class SpoolTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "kismetps-spool-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void A_file_cut_at_every_byte_opens_clean_and_goes_on_with_the_next_number()
    {
        using (Spool spool = Spool.Open(_folder, 1 << 20, "Json"))
        {
            Fill(spool, 1, 4, size: 20);
        }

        string segment = Directory.GetFiles(_folder, "*.spool").Single();
        byte[] whole = File.ReadAllBytes(segment);
        Assert.Equal(4 * 40, whole.Length);
        for (int cut = 0; cut < whole.Length; cut++)
        {
            Directory.Delete(_folder, recursive: true);
            Directory.CreateDirectory(_folder);
            File.WriteAllBytes(segment, whole[..cut]);
            using Spool spool = Spool.Open(_folder, 1 << 20, "Json");
            int complete = cut / 40;
            Assert.Equal(complete, spool.Last);
            Assert.Equal(cut % 40, spool.TornBytes);
            Fill(spool, complete + 1, 2, size: 20);
            Assert.Equal(Enumerable.Range(1, complete + 2).Select(static n => (long)n), Read(spool, out long damaged));
            Assert.Equal(0, damaged);
        }
    }

    [Fact]
    public void Every_damaged_byte_costs_its_own_message_at_most()
    {
        using (Spool spool = Spool.Open(_folder, 1 << 20, "Json"))
        {
            Fill(spool, 1, 4, size: 20);
        }

        string segment = Directory.GetFiles(_folder, "*.spool").Single();
        byte[] whole = File.ReadAllBytes(segment);
        for (int at = 0; at < 3 * 40; at++)
        {
            Directory.Delete(_folder, recursive: true);
            Directory.CreateDirectory(_folder);
            byte[] bad = [.. whole];
            bad[at] ^= 0x41;
            File.WriteAllBytes(segment, bad);
            List<KismetException> told = [];
            using Spool spool = Spool.Open(_folder, 1 << 20, "Json", told.Add);
            Assert.Equal(4, spool.Last);
            List<long> read = Read(spool, out long damaged);
            Assert.Equal(1, damaged);
            Assert.Equal(new long[] { 1, 2, 3, 4 }.Except([(at / 40) + 1L]), read);
            Assert.Equal(KismetErrorId.SpoolDamaged, told.Single().Id);
        }
    }

    [Fact]
    public void One_writer_at_a_time()
    {
        using Spool first = Spool.Open(_folder, 1 << 20, "Json");
        KismetException e = Assert.Throws<KismetException>(() => Spool.Open(_folder, 1 << 20, "Json"));
        Assert.Equal(KismetErrorId.SpoolInUse, e.Id);
    }

    [Fact]
    public void A_full_folder_gives_up_the_oldest_and_counts_them()
    {
        using Spool spool = Spool.Open(_folder, 256 * 1024, "Json");
        for (int i = 0; i < 100; i++)
        {
            Fill(spool, (i * 10) + 1, 10, size: 1000);
        }

        Assert.True(spool.Bytes <= 256 * 1024);
        Assert.Equal(spool.First - 1, spool.Evicted);
        Assert.InRange(spool.Evicted, 500, 900);
        long cursor = 1, evicted = 0, damaged = 0;
        var sink = new Collector();
        spool.Take(ref cursor, 1000, 1000, sink, ref evicted, ref damaged);
        Assert.Equal(spool.Evicted, evicted);
        Assert.Equal(1000 - evicted, sink.Numbers.Count);
    }

    [Fact]
    public void The_count_goes_on_after_all_was_received()
    {
        string stream;
        using (Spool spool = Spool.Open(_folder, 1 << 20, "Json"))
        {
            stream = spool.StreamId;
            Fill(spool, 1, 10, size: 20);
            spool.Confirm(10);
        }

        Assert.Empty(Directory.GetFiles(_folder, "*.spool"));
        using Spool again = Spool.Open(_folder, 1 << 20, "Csv");
        Assert.Equal((stream, 10, 10), (again.StreamId, again.Last, again.Confirmed));
    }

    [Fact]
    public void Messages_of_another_format_are_not_mixed()
    {
        using (Spool spool = Spool.Open(_folder, 1 << 20, "Json"))
        {
            Fill(spool, 1, 10, size: 20);
        }

        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => Spool.Open(_folder, 1 << 20, "Csv")).Id);
    }

    [Fact]
    public void An_export_goes_on_where_the_last_one_from_the_folder_ended()
    {
        using var receiver = new LineReceiver(start: false);
        ExportOptions options = new()
        {
            Host = "127.0.0.1",
            Port = receiver.Port,
            SpoolPath = _folder,
            Timeout = Waiting.Patience,
            FirstBackOff = TimeSpan.FromMilliseconds(50),
        };
        string stream;
        using (KismetExport away = KismetExport.StartOnce(options with { Timeout = TimeSpan.FromSeconds(1) }))
        {
            stream = away.StreamId;
            Give(away, 50);
            Assert.True(away.Ends());
            Assert.Equal(KismetErrorId.NotDelivered, away.Error!.Id);
            Assert.Equal(50, away.ExportStatistics.Spooled);
        }

        receiver.Start();
        using KismetExport export = KismetExport.StartOnce(options);
        Give(export, 50);
        Assert.True(export.Ends());
        Assert.Null(export.Error);
        Assert.Equal(stream, export.StreamId);
        Assert.Empty(receiver.Gaps(1, 100));
        Assert.Equal(0, export.ExportStatistics.Spooled);
    }

    private static void Give(KismetExport export, int count)
    {
        for (int i = 0; i < count; i++)
        {
            export.Write(Devices.Plain(), expired: false);
        }

        export.Complete();
    }

    private static void Fill(Spool spool, long first, int count, int size)
    {
        var chunk = new MessageChunk(count * size);
        chunk.Reset(first);
        for (int i = 0; i < count; i++)
        {
            Assert.True(chunk.TryAppend(Encoding.ASCII.GetBytes(new string('x', size))));
        }

        spool.Append(chunk, first, first + count - 1);
    }

    private static List<long> Read(Spool spool, out long damaged)
    {
        long cursor = 1, evicted = 0;
        damaged = 0;
        var sink = new Collector();
        spool.Take(ref cursor, spool.Last, int.MaxValue, sink, ref evicted, ref damaged);
        Assert.Equal(0, evicted);
        return sink.Numbers;
    }

    private sealed class Collector : IMessageSink
    {
        public List<long> Numbers { get; } = [];

        public bool Add(long sequence, ReadOnlySpan<byte> message)
        {
            Numbers.Add(sequence);
            return true;
        }
    }
}
