namespace KismetPS.Capture.Pcap;

/// <summary>How frames are written to capture files.</summary>
internal sealed record CaptureWriterOptions
{
    /// <summary>pcap (radiotap, one link type) or pcapng (an interface per origin and link type).</summary>
    public CaptureFormat Format { get; init; } = CaptureFormat.PcapNg;

    /// <summary>When the next file begins; its time is that of the packets.</summary>
    public FileRolling Rolling { get; init; }

    /// <summary>Fails with <see cref="KismetErrorId.FileExists"/> where the file exists.</summary>
    public bool NoClobber { get; init; }
}
