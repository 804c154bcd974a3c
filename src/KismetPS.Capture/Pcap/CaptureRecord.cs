namespace KismetPS.Capture.Pcap;

/// <summary>One packet of a capture file: where it lies in the bytes given to the reader, and what the file says of it.</summary>
internal struct CaptureRecord
{
    /// <summary>Offset of the packet's first byte in the span given to the reader.</summary>
    public int Offset;

    /// <summary>Bytes kept in the file.</summary>
    public int Length;

    /// <summary>Length on the air or wire, never less than <see cref="Length"/>.</summary>
    public int OriginalLength;

    /// <summary>UTC nanoseconds since 1970-01-01; 0 where <see cref="HasTimestamp"/> is false.</summary>
    public long TimestampNs;

    /// <summary>False for a pcapng Simple Packet Block, which has no time.</summary>
    public bool HasTimestamp;

    /// <summary>The interface that heard it.</summary>
    public CaptureInterface Interface;
}
