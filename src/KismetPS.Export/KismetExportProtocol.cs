namespace KismetPS.Export;

/// <summary>How messages travel.</summary>
public enum KismetExportProtocol
{
    /// <summary>TCP: in order, sent again after an interruption.</summary>
    Tcp = 1,

    /// <summary>UDP: one datagram after the other, nothing is known about their arrival.</summary>
    Udp,

    /// <summary>TLS over TCP.</summary>
    Tls,
}
