namespace KismetPS.Capture.Pcap;

/// <summary>Capture file formats.</summary>
public enum CaptureFormat
{
    /// <summary>pcapng (draft-ietf-opsawg-pcapng).</summary>
    PcapNg,

    /// <summary>Classic pcap, nanosecond times.</summary>
    Pcap,
}
