namespace KismetPS.Export.Messages;

/// <summary>What tells messages apart on a stream (TCP, TLS). A datagram is one message without any of it.</summary>
internal enum MessageFraming
{
    /// <summary>A line feed behind each message.</summary>
    LineFeed,

    /// <summary>Its length in bytes, decimal, and a blank in front of each message (RFC 6587 3.4.1, RFC 5425 4.3).</summary>
    OctetCount,

    /// <summary>A NUL byte behind each message (GELF over TCP).</summary>
    Nul,
}
