namespace KismetPS.Capture.Pcap;

/// <summary>What a packet that might carry TZSP turned out to be.</summary>
internal enum CarrierStatus
{
    /// <summary>A UDP datagram to the TZSP port.</summary>
    Message,

    /// <summary>Something else: not IP, not UDP, another port, headers cut short.</summary>
    Other,

    /// <summary>A piece of a fragmented IP packet that is, or may be, a UDP datagram to the TZSP port.</summary>
    Fragment,
}
