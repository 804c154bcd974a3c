namespace KismetPS.Capture.Live;

/// <summary>How an interface is captured from.</summary>
internal sealed record LiveCaptureOptions
{
    /// <summary>Interface name as the system knows it.</summary>
    public required string Interface { get; init; }

    /// <summary>pcap filter expression, null: everything.</summary>
    public string? Filter { get; init; }

    /// <summary>Channel to tune to (1 to 14: 2.4 GHz, 32 to 181: 5 GHz), or its frequency in MHz (6 GHz needs that); null: as it is. Linux only.</summary>
    public int? Channel { get; init; }

    /// <summary>Bytes kept of each packet.</summary>
    public int SnapLength { get; init; } = 65535;

    /// <summary>Kernel buffer, bytes.</summary>
    public int BufferBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>UDP port that TZSP is looked for on where the interface gives Ethernet or IP.</summary>
    public int TzspPort { get; init; } = Tzsp.TzspReader.DefaultPort;
}
