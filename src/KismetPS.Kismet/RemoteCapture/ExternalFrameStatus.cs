namespace KismetPS.Kismet.RemoteCapture;

/// <summary>What became of looking for a frame.</summary>
internal enum ExternalFrameStatus
{
    /// <summary>A frame.</summary>
    Ok,

    /// <summary>More bytes are needed.</summary>
    More,

    /// <summary>The bytes are not of this protocol.</summary>
    BadSignature,

    /// <summary>The protocol, in another version: 0 and 2 were spoken up to 2023.</summary>
    OtherVersion,

    /// <summary>Longer than a frame may be.</summary>
    TooLong,
}
