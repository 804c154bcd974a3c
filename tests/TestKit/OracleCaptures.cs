using Xunit;

namespace KismetPS.TestKit;

/// <summary>
/// Third-party captures with tshark's tables beside them; they are no part of the repository. Their folder: KISMETPS_CAPTURES, else
/// shared/captures beside the checkout. In it: capture files, oracle/FILE.frames.tsv and oracle/FILE.devices.tsv, tzsp/NAME.tzsp.pcap.
/// </summary>
public static class OracleCaptures
{
    /// <summary>Where the captures lie, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Why tests over the captures are skipped; null where they can run.</summary>
    public static string? SkipReason { get; } = Folder is null
        ? "No captures: set KISMETPS_CAPTURES to their folder, or put it beside the checkout as shared/captures."
        : null;

    /// <summary>Every capture that has a frames table, by file name.</summary>
    public static TheoryData<string> All => Select(static _ => true);

    /// <summary>Files that have a frames table, in ordinal order; empty where there are no captures.</summary>
    public static IReadOnlyList<string> Files()
    {
        if (Folder is null)
        {
            return [];
        }

        const string Tail = ".frames.tsv";
        return [.. Directory.EnumerateFiles(System.IO.Path.Combine(Folder, "oracle"), "*" + Tail)
            .Select(static p => System.IO.Path.GetFileName(p)[..^Tail.Length])
            .Where(static f => File.Exists(Path(f)))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The captures whose first packet has one of these link types, as theory data.</summary>
    public static TheoryData<string> WithLink(params int[] linkTypes) =>
        Select(f => PcapFileReader.ReadAll(Path(f)) is [var first, ..] && linkTypes.Contains(first.LinkType));

    /// <summary>Full path of a capture.</summary>
    public static string Path(string file) => System.IO.Path.Combine(Root, file);

    /// <summary>Full path of the same frames wrapped in TZSP inside UDP.</summary>
    public static string TzspPath(string file) =>
        System.IO.Path.Combine(Root, "tzsp", System.IO.Path.GetFileNameWithoutExtension(file) + ".tzsp.pcap");

    /// <summary>The packets of a capture.</summary>
    public static IReadOnlyList<CapturedPacket> Packets(string file) => PcapFileReader.ReadAll(Path(file));

    /// <summary>tshark's table of frames: one row per packet, row 0 is packet 1.</summary>
    public static OracleTable Frames(string file) => OracleTable.Read(System.IO.Path.Combine(Root, "oracle", file + ".frames.tsv"));

    /// <summary>The table of devices made from tshark's fields.</summary>
    public static OracleTable Devices(string file) => OracleTable.Read(System.IO.Path.Combine(Root, "oracle", file + ".devices.tsv"));

    private static string Root => Folder ?? throw new InvalidOperationException(SkipReason);

    private static TheoryData<string> Select(Predicate<string> wanted)
    {
        TheoryData<string> data = [];
        foreach (string file in Files())
        {
            if (wanted(file))
            {
                data.Add(file);
            }
        }

        return data;
    }

    private static string? Find()
    {
        string? told = Environment.GetEnvironmentVariable("KISMETPS_CAPTURES");
        if (!string.IsNullOrEmpty(told))
        {
            return IsCaptures(told) ? told : null;
        }

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "KismetPS.sln")))
            {
                string beside = System.IO.Path.Combine(at.Parent?.FullName ?? at.FullName, "shared", "captures");
                return IsCaptures(beside) ? beside : null;
            }
        }

        return null;
    }

    private static bool IsCaptures(string folder) => Directory.Exists(System.IO.Path.Combine(folder, "oracle"));
}
