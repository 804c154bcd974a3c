namespace KismetPS.TestKit;

/// <summary>
/// Recordings of the real Kismet programs, no part of the repository: transcripts/, pcaps/ and fields-by-release.json in the folder
/// reference/kismet-text that lies beside the captures (see <see cref="OracleCaptures"/>).
/// </summary>
public static class KismetReference
{
    /// <summary>Where they lie, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Why tests over them are skipped; null where they can run.</summary>
    public static string? SkipReason { get; } = Folder is null
        ? "No recordings of Kismet: put them beside the captures as reference/kismet-text, the captures being at KISMETPS_CAPTURES or shared/captures beside the checkout."
        : null;

    /// <summary>The transcripts by file name, for theories; one empty name where there are none, as xunit wants data even for what is skipped.</summary>
    public static IReadOnlyList<string> Transcripts { get; } = Folder is null
        ? [""]
        : [.. Directory.EnumerateFiles(System.IO.Path.Combine(Folder, "transcripts"), "*.txt").Select(static p => System.IO.Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    /// <summary>Full path of something in the folder.</summary>
    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Folder ?? throw new InvalidOperationException(SkipReason), .. parts]);

    /// <summary>A recorded conversation.</summary>
    public static IReadOnlyList<TranscriptLine> Transcript(string file) => TranscriptLine.ReadAll(Path("transcripts", file));

    /// <summary>The two directions of the one connection in a capture.</summary>
    public static IReadOnlyList<TcpStream> Streams(string file) => TcpStream.ReadAll(PcapFileReader.ReadAll(Path("pcaps", file)));

    private static string? Find()
    {
        string? captures = OracleCaptures.Folder;
        string? shared = captures is null ? null : System.IO.Path.GetDirectoryName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(captures)));
        string? folder = shared is null ? null : System.IO.Path.Combine(shared, "reference", "kismet-text");
        return Directory.Exists(folder) ? folder : null;
    }
}
