namespace KismetPS.Wireless;

/// <summary>Outcome of decoding one packet; everything but <see cref="Ok"/> is a counter of its own in the statistics (DropReasons).</summary>
internal enum DecodeStatus : byte
{
    Ok = 0,

    /// <summary>The bytes are of a kind that carries no 802.11 (Ethernet, raw IP, an unknown link type).</summary>
    NotWireless,

    /// <summary>No bytes at all where a frame should be.</summary>
    Empty,

    /// <summary>The radio header runs past the end of the packet.</summary>
    RadioHeaderTruncated,

    /// <summary>The radio header contradicts itself (version, magic, lengths).</summary>
    RadioHeaderMalformed,

    /// <summary>Frame check sequence wrong: nothing in the frame can be trusted, no address is taken from it.</summary>
    FcsError,

    /// <summary>Frame control names a protocol version other than 0.</summary>
    UnsupportedVersion,

    /// <summary>The frame ends inside its MAC header: no address is taken from it.</summary>
    HeaderTruncated,

    /// <summary>Type and subtype are reserved, or have a layout that is not decoded (extension frames).</summary>
    UnsupportedType,
}
