using System.Globalization;
using KismetPS.Capture.Pcap;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>Every capture, packet by packet against tshark's table: number, time, both lengths.</summary>
public class OracleCaptureTests
{
    public static TheoryData<string> Captures => OracleCaptures.All;

    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public void Packets_times_and_lengths_are_those_of_tshark(string file)
    {
        OracleTable table = OracleCaptures.Frames(file);
        var sink = new CollectingSink();
        using var source = new CaptureFileSource(OracleCaptures.Path(file), new CaptureFileOptions());
        source.Open();
        source.Run(sink, CancellationToken.None);
        sink.AssertClosed();

        // A stray byte stands behind the last packet of this one; tshark says "cut short in the middle of a packet" as well.
        bool stray = file == "scapy-bad_rsn_parsing_overrides_ssid.pcap";
        Assert.Equal(stray, source.Damage?.Message.Contains("damaged at offset 359: the file ends inside a packet record", StringComparison.Ordinal) ?? false);
        Assert.Equal(stray, source.Damage != null);
        Assert.Equal(table.Count, sink.Packets.Count);
        for (int i = 0; i < table.Count; i++)
        {
            CollectingSink.Packet packet = sink.Packets[i];
            Assert.Equal((i + 1).ToString(CultureInfo.InvariantCulture), table[i, "frame.number"]);
            Assert.Equal(Carried(table[i, "frame.time_epoch"]), Epoch(packet.TimestampNs));
            Assert.Equal(table[i, "frame.len"], packet.OriginalLength.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(table[i, "frame.cap_len"], packet.Bytes.Length.ToString(CultureInfo.InvariantCulture));
        }

        SourceCounters counters = source.ReadCounters();
        Assert.Equal(table.Count, counters.Received);
        Assert.Equal(new FileInfo(OracleCaptures.Path(file)).Length, counters.Length);
        Assert.Equal(counters.Length, counters.Position + (stray ? 1 : 0));
        Assert.Empty(counters.Drops!);
        Assert.Equal(table.Count, source.Origins.Sum(static o => o.Counters.Received));
    }

    // The big WEP capture has microsecond fields of a million and more; tshark prints them without the carry (".1000046000"), we carry.
    private static string Carried(string epoch)
    {
        int dot = epoch.IndexOf('.', StringComparison.Ordinal);
        long seconds = long.Parse(epoch.AsSpan(0, dot), CultureInfo.InvariantCulture);
        long fraction = long.Parse(epoch.AsSpan(dot + 1), CultureInfo.InvariantCulture);
        return Epoch((seconds * 1_000_000_000) + fraction);
    }

    private static string Epoch(long ns) => string.Create(CultureInfo.InvariantCulture, $"{ns / 1_000_000_000}.{ns % 1_000_000_000:D9}");
}
