namespace KismetPS.Capture.Pcap;

/// <summary>Outcome of one step of a capture reader.</summary>
internal enum CaptureReadStatus
{
    /// <summary>A packet was read.</summary>
    Packet,

    /// <summary>Something that is no packet was read (a header, an interface, statistics), or a part of a block to be skipped.</summary>
    Skipped,

    /// <summary>The bytes end before the record does; <see cref="CaptureReader.Needed"/> says how many it takes.</summary>
    NeedMore,

    /// <summary>One record contradicts itself, but where the next begins is known: it was passed over (<see cref="CaptureReader.Problem"/>).</summary>
    Malformed,

    /// <summary>Where the next record begins can no longer be told: reading ends here (<see cref="CaptureReader.Problem"/>).</summary>
    Damaged,
}
