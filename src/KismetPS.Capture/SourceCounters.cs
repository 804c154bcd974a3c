namespace KismetPS.Capture;

/// <summary>A source's own counters at one moment.</summary>
internal readonly record struct SourceCounters
{
    /// <summary>Datagrams, packets or records read.</summary>
    public long Received { get; init; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>What the kernel dropped because the buffer was full (SO_RXQ_OVFL, pcap_stats).</summary>
    public long KernelDropped { get; init; }

    /// <summary>Receive buffer in force, bytes; 0 where there is none.</summary>
    public int ReceiveBufferBytes { get; init; }

    /// <summary>Bytes of a finite input consumed so far, for progress; 0 if endless.</summary>
    public long Position { get; init; }

    /// <summary>Length of a finite input in bytes; 0 if endless or unknown.</summary>
    public long Length { get; init; }

    /// <summary>Messages not delivered as frames, by reason (name of <see cref="SourceDropReason"/>).</summary>
    public IReadOnlyDictionary<SourceDropReason, long>? Drops { get; init; }
}
