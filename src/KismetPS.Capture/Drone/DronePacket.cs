namespace KismetPS.Capture.Drone;

/// <summary>What a packet frame of either protocol carries. In newcore each part may be missing.</summary>
internal ref struct DronePacket
{
    /// <summary>The captured bytes; empty when the frame only tells a position.</summary>
    public ReadOnlySpan<byte> Data;

    /// <summary>Link type of <see cref="Data"/>; stable does not tell it and sends bare 802.11 (105).</summary>
    public uint LinkType;

    /// <summary>Seconds since 1970 on the drone's clock.</summary>
    public ulong Seconds;

    /// <summary>Microseconds within the second.</summary>
    public ulong Microseconds;

    /// <summary>Radio facts, when there were any.</summary>
    public DroneRadio? Radio;

    /// <summary>The position, when there was one.</summary>
    public DronePosition? Position;

    /// <summary>Newcore: the four bytes of FCS as captured; empty when there was none.</summary>
    public ReadOnlySpan<byte> Fcs;

    /// <summary>Newcore: the source's UUID.</summary>
    public Guid SourceId;

    /// <summary>Stable: the source's name, up to 32 bytes.</summary>
    public ReadOnlySpan<byte> SourceName;

    /// <summary>Stable: the drone held the frame for damaged.</summary>
    public bool IsDamaged;
}
