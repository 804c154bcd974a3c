namespace KismetPS.Capture.Pcap;

/// <summary>How frames are written to capture files.</summary>
internal sealed record CaptureWriterOptions
{
    /// <summary>pcap (radiotap, one link type) or pcapng (an interface per origin and link type).</summary>
    public CaptureFormat Format { get; init; } = CaptureFormat.PcapNg;

    /// <summary>Starts a new file after so many bytes; 0: never.</summary>
    public long MaxFileBytes { get; init; }

    /// <summary>Starts a new file after so much packet time; zero: never.</summary>
    public TimeSpan MaxFileAge { get; init; }

    /// <summary>Keeps that many rolled files, deleting the oldest; 0: all.</summary>
    public int MaxFiles { get; init; }

    /// <summary>Fails with <see cref="KismetErrorId.FileExists"/> where the file exists.</summary>
    public bool NoClobber { get; init; }
}
