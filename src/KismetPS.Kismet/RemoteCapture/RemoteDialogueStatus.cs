namespace KismetPS.Kismet.RemoteCapture;

/// <summary>What a frame of the server leads to.</summary>
internal enum RemoteDialogueStatus
{
    /// <summary>It goes on.</summary>
    Ok,

    /// <summary>The server ends the connection.</summary>
    Ended,

    /// <summary>The server tells of a failure; what it says is in <see cref="RemoteDialogue.ServerText"/>.</summary>
    Failed,

    /// <summary>A frame that cannot be what it says it is.</summary>
    Malformed,
}
