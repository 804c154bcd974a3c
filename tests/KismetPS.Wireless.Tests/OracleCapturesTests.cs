using System.Globalization;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Wireless.Tests;

/// <summary>The tests' own reader gives what tshark gives: number of packets, times, lengths.</summary>
public sealed class OracleCapturesTests
{
    public static TheoryData<string> Files => OracleCaptures.All;

    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void PacketsAreTsharks(string file)
    {
        IReadOnlyList<CapturedPacket> packets = OracleCaptures.Packets(file);
        OracleTable table = OracleCaptures.Frames(file);
        Assert.Equal(table.Count, packets.Count);
        foreach (CapturedPacket packet in packets)
        {
            int row = packet.Number - 1;
            Assert.Equal(table[row, "frame.number"], packet.Number.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(table[row, "frame.cap_len"], packet.Bytes.Length.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(table[row, "frame.len"], packet.OriginalLength.ToString(CultureInfo.InvariantCulture));

            // aircrack-wep_64_ptw.cap has microseconds of a million and more; tshark prints them as they are, ten digits of nanoseconds.
            string[] time = table[row, "frame.time_epoch"].Split('.');
            Assert.Equal((Number(time[0]) * 1_000_000_000) + Number(time[1]), packet.TimestampNs);
        }
    }

    [CapturesFact]
    public void EveryTableHasItsCapture() => Assert.Equal(Directory.GetFiles(Path.Combine(OracleCaptures.Folder!, "oracle"), "*.frames.tsv").Length, OracleCaptures.Files().Count);

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
