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

    /// <summary>The connection ended inside it: a sender of ours sends it again.</summary>
    Cut,

    /// <summary>Longer than the limit.</summary>
    TooLong,

    /// <summary>Its length is no number (RFC 6587 3.4.1), or chunks of it (GELF) are missing.</summary>
    BadFraming,

    /// <summary>Compressed data that is damaged.</summary>
    BadCompression,

    /// <summary>None of the formats.</summary>
    BadFormat,

    /// <summary>No valid JSON.</summary>
    BadJson,

    /// <summary>JSON of a type that is not known.</summary>
    BadType,

    /// <summary>No syslog message (RFC 5424) of ours.</summary>
    BadSyslog,

    /// <summary>A value of the device is not of its type, or the address is missing.</summary>
    BadData,

    /// <summary>Sequence or stream are not what they must be.</summary>
    BadSequence,

    /// <summary>The token is missing or wrong: the connection was reset.</summary>
    BadToken,

    /// <summary>No client certificate that is trusted: the connection was reset.</summary>
    BadCertificate,
}
