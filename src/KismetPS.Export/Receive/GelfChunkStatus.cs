namespace KismetPS.Export.Receive;

/// <summary>What a chunk of a GELF message did.</summary>
internal enum GelfChunkStatus
{
    /// <summary>More are needed.</summary>
    Waiting,

    /// <summary>It was the last one: the message is whole.</summary>
    Complete,

    /// <summary>It is no chunk, does not fit the others, or pushed out a message that was never whole.</summary>
    Bad,
}
