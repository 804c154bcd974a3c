using System.Diagnostics;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>The captures in the formats Wireshark's own writers make of them.</summary>
public sealed class WiresharkToolsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kismetps").FullName;

    public static TheoryData<string> Formats => ["pcap", "nsecpcap", "modpcap", "pcapng"];

    public void Dispose() => Directory.Delete(_folder, true);

    [WiresharkToolsTheory]
    [MemberData(nameof(Formats))]
    public void Every_format_editcap_writes_reads_as_the_original(string format)
    {
        foreach (string file in OracleCaptures.Files())
        {
            Reading original = Reading.OfFile(OracleCaptures.Path(file));
            string path = Path.Combine(_folder, "copy");
            // It warns where the original is cut, as one is.
            Run("editcap", "-F", format, OracleCaptures.Path(file), path);
            Reading copy = Reading.OfFile(path);
            Assert.Null(copy.Damage);
            Assert.Equal(original.Packets.Count, copy.Packets.Count);
            for (int i = 0; i < original.Packets.Count; i++)
            {
                CollectingSink.Packet was = original.Packets[i];
                CollectingSink.Packet now = copy.Packets[i];
                Assert.Equal(was.Bytes, now.Bytes);
                Assert.Equal(was.OriginalLength, now.OriginalLength);
                Assert.Equal(was.LinkType, now.LinkType);
                Assert.Equal(was.TimestampNs - (format is "pcap" or "modpcap" ? was.TimestampNs % 1000 : 0), now.TimestampNs);
            }
        }
    }

    [WiresharkToolsTheory]
    [InlineData("aircrack-test1.pcap", "aircrack-n-02.cap", "aircrack-wpa.cap")]
    public void Captures_merged_keep_their_interfaces_and_their_order_in_time(params string[] files)
    {
        string path = Path.Combine(_folder, "merged.pcapng");
        Run("mergecap", ["-w", path, .. files.Select(static f => OracleCaptures.Path(f))]);
        Reading merged = Reading.OfFile(path);
        Assert.Null(merged.Damage);
        Assert.Equal(3, merged.Origins.Count);
        foreach (string file in files)
        {
            Reading original = Reading.OfFile(OracleCaptures.Path(file));
            Assert.Equal(
                original.Packets.Select(static p => (p.TimestampNs, Convert.ToHexString(p.Bytes))),
                merged.Packets.Where(p => p.LinkType == original.Packets[0].LinkType).Select(static p => (p.TimestampNs, Convert.ToHexString(p.Bytes))));
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(Tshark.Program)!, program), arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
    }

    /// <summary>Skipped where captures, tshark or the tools that come with it are missing.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class WiresharkToolsTheoryAttribute : TheoryAttribute
    {
        public WiresharkToolsTheoryAttribute() => Skip = OracleCaptures.SkipReason ?? Tshark.SkipReason
            ?? (File.Exists(Path.Combine(Path.GetDirectoryName(Tshark.Program)!, "editcap")) && File.Exists(Path.Combine(Path.GetDirectoryName(Tshark.Program)!, "mergecap"))
                ? null
                : "No editcap and mergecap beside tshark.");
    }
}
