namespace KismetPS.Capture.Pcap;

/// <summary>A TZSP message found inside a captured packet, and who sent it.</summary>
internal ref struct CarriedMessage
{
    /// <summary>The UDP payload as far as it was captured.</summary>
    public ReadOnlySpan<byte> Message;

    /// <summary>IP address of the sender: 4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> SourceAddress;

    /// <summary>IP address it was sent to: 4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> DestinationAddress;

    /// <summary>UDP port of the sender.</summary>
    public ushort SourcePort;

    /// <summary>Bytes of the payload that the capture cut off.</summary>
    public int Missing;
}
