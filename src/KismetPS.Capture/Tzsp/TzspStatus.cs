namespace KismetPS.Capture.Tzsp;

/// <summary>What a datagram turned out to be.</summary>
internal enum TzspStatus : byte
{
    /// <summary>A message with a frame.</summary>
    Frame = 0,

    /// <summary>A message that may carry a frame, with no byte behind END.</summary>
    Empty,

    /// <summary>Configuration (type 3).</summary>
    Configuration,

    /// <summary>Keepalive or port opener (types 4 and 5).</summary>
    Control,

    /// <summary>Shorter than the header, a tag past the end, or no END.</summary>
    Truncated,

    /// <summary>A version other than 1.</summary>
    Version,

    /// <summary>A type that is not known, or flag bits set and a tag list that cannot be read.</summary>
    Type,
}
