namespace KismetPS.Export.Receive;

/// <summary>What a received message turned out to be. From <see cref="TooLong"/> on: why it is no message.</summary>
internal enum ReceivedKind
{
    /// <summary>A device as it is now.</summary>
    Device,

    /// <summary>A device that was forgotten, as it was last.</summary>
    Expired,

    /// <summary>An alert: it counts in the sequence.</summary>
    Alert,

    /// <summary>What a sender with a token says first.</summary>
    Hello,

    /// <summary>Longer than the limit.</summary>
    TooLong,

    /// <summary>Its length is no number (RFC 6587 3.4.1), or the connection ended inside it.</summary>
    BadFraming,

    /// <summary>Compressed with gzip, which is not read here.</summary>
    Compressed,

    /// <summary>Neither Json nor a Csv or Simple line.</summary>
    BadFormat,

    /// <summary>No valid JSON.</summary>
    BadJson,

    /// <summary>JSON of a type that is not known.</summary>
    BadType,

    /// <summary>A value of the device is not of its type, or the address is missing.</summary>
    BadData,

    /// <summary>Sequence or stream are not what they must be.</summary>
    BadSequence,
}
