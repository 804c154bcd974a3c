namespace KismetPS.Capture;

/// <summary>The catalogue of errors: the name is the stable error id that scripts test for. One per condition, never reused.</summary>
public enum KismetErrorId
{
    /// <summary>The UDP or TCP port is in use.</summary>
    AddressInUse,

    /// <summary>The local address does not exist here.</summary>
    AddressNotAvailable,

    /// <summary>Port or interface needs more rights.</summary>
    PermissionDenied,

    /// <summary>A host name could not be resolved.</summary>
    HostNotFound,

    /// <summary>A connection or datagram was refused.</summary>
    ConnectionRefused,

    /// <summary>Any other failure of the network.</summary>
    NetworkFailure,

    /// <summary>The other side did not answer within the time to connect.</summary>
    ConnectionTimeout,

    /// <summary>The other side went away and the connection is not to be made again.</summary>
    ConnectionLost,

    /// <summary>TLS could not be agreed on, or the certificate is not trusted.</summary>
    TlsFailure,

    /// <summary>The server does not know the user, password or API key.</summary>
    AuthenticationFailed,

    /// <summary>The user or API key is known, but has not the role for what was asked.</summary>
    RoleMissing,

    /// <summary>The server sends on to another address; keys are never sent after it.</summary>
    ServerRedirect,

    /// <summary>The server, or a proxy before it, could not answer.</summary>
    ServerFailure,

    /// <summary>The answer is not what a Kismet server says: cut off, no JSON, or of another kind.</summary>
    AnswerInvalid,

    /// <summary>What answers is no Kismet server of a kind that is known.</summary>
    ServerUnknown,

    /// <summary>The server refused a command; the message has its words.</summary>
    CommandRefused,

    /// <summary>The server's generation has no way to do what was asked.</summary>
    CommandNotSupported,

    /// <summary>No such capture source at the server.</summary>
    SourceNotFound,

    /// <summary>A line is no sentence of the Kismet text protocol.</summary>
    SentenceInvalid,

    /// <summary>The file does not exist.</summary>
    FileNotFound,

    /// <summary>The file exists and must not be overwritten.</summary>
    FileExists,

    /// <summary>The file cannot be opened or read.</summary>
    FileNotReadable,

    /// <summary>The file cannot be written.</summary>
    FileNotWritable,

    /// <summary>The path is not one of the file system.</summary>
    PathNotFileSystem,

    /// <summary>The file is no capture file that is known.</summary>
    CaptureFormatUnknown,

    /// <summary>The capture file is damaged from some offset on; what came before was read.</summary>
    CaptureDamaged,

    /// <summary>libpcap or Npcap is not installed.</summary>
    PcapLibraryMissing,

    /// <summary>No such capture interface.</summary>
    InterfaceNotFound,

    /// <summary>The interface cannot do what was asked (monitor mode, channel).</summary>
    InterfaceNotCapable,

    /// <summary>The capture filter does not compile.</summary>
    FilterInvalid,

    /// <summary>The file is not in the format asked for.</summary>
    FormatInvalid,

    /// <summary>A line or record of a file could not be read; the others were.</summary>
    RecordInvalid,

    /// <summary>Bytes are no TZSP message.</summary>
    TzspInvalid,

    /// <summary>Bytes are no 802.11 frame.</summary>
    FrameInvalid,

    /// <summary>No such session.</summary>
    SessionNotFound,

    /// <summary>A session of that name runs already.</summary>
    SessionNameInUse,

    /// <summary>No such device.</summary>
    DeviceNotFound,

    /// <summary>The wait ended before the condition came true.</summary>
    Timeout,

    /// <summary>Parameters that contradict each other.</summary>
    ArgumentInvalid,

    /// <summary>A limit of ours was reached.</summary>
    LimitExceeded,

    /// <summary>Something that should not happen: a defect of ours, with the cause inside.</summary>
    InternalFailure,

    /// <summary>The other end took the connection down (reset) before everything was read.</summary>
    ConnectionReset,

    /// <summary>The other end closed the connection in good order.</summary>
    ConnectionClosed,

    /// <summary>The other machine has stopped answering; the connection was still open for us.</summary>
    ConnectionDead,

    /// <summary>The other machine answers, but the program there has stopped reading.</summary>
    ReceiverStalled,

    /// <summary>The other end's certificate has expired or is not valid yet.</summary>
    CertificateExpired,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Another export writes to the spool folder.</summary>
    SpoolInUse,

    /// <summary>A part of the spool cannot be read; the rest was.</summary>
    SpoolDamaged,

    /// <summary>Messages that could not be delivered within the time given.</summary>
    NotDelivered,

    /// <summary>A subscription to events has that name already.</summary>
    SourceIdentifierInUse,

    /// <summary>The server did not take, or gave up, the capture source that frames were sent as.</summary>
    SourceRefused,
}
