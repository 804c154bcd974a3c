namespace KismetPS.Capture;

/// <summary>Why a source did not deliver a message as a frame. Each is a counter under this name.</summary>
internal enum SourceDropReason
{
    /// <summary>Shorter than a TZSP header, or a TZSP tag list without END.</summary>
    TzspTruncated,

    /// <summary>TZSP version other than 1.</summary>
    TzspVersion,

    /// <summary>TZSP type that is not known, or flag bits set and tags unreadable.</summary>
    TzspType,

    /// <summary>TZSP keepalive or port opener: no frame in it.</summary>
    TzspControl,

    /// <summary>TZSP configuration message: no public format.</summary>
    TzspConfiguration,

    /// <summary>TZSP message with no frame behind its tags.</summary>
    TzspEmpty,

    /// <summary>Sender not on the allow-list.</summary>
    SensorNotAllowed,

    /// <summary>The stream carries itself: Ethernet frames that hold TZSP to our own port.</summary>
    Feedback,

    /// <summary>More senders than the table of sensors takes.</summary>
    SensorLimit,

    /// <summary>A capture file record that could not be read.</summary>
    RecordMalformed,

    /// <summary>A capture file packet that is not TZSP where its link type carries IP (not UDP, another port).</summary>
    NotTzsp,

    /// <summary>A piece of a fragmented IP packet in a capture that is, or may be, TZSP: pieces are not put together there.</summary>
    IPFragment,

    /// <summary>A drone's packet that could not be read.</summary>
    DroneMalformed,

    /// <summary>A drone's frame did not begin where it must: the connection was given up.</summary>
    DroneSentinel,

    /// <summary>A drone's frame longer than any the programs send: the connection was given up.</summary>
    DroneTooLong,

    /// <summary>A drone of a protocol version nobody published: the connection was given up.</summary>
    DroneVersion,
}
